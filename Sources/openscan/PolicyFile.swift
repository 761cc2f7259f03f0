import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

/// Where a policy comes from: a preset, a file that was named, or openscan.yml in a folder above the release.
enum PolicyFile {
    /// - Throws: `Stop` of a wrong call, with line and column.
    static func read(_ word: String, _ openscan: Openscan) throws(Stop) -> Policy {
        do throws(PolicyProblem) {
            if openscan.policyPresets.contains(word) { return try openscan.policy(preset: word) }
            guard let bytes = try bytes(word) else {
                throw PolicyProblem(
                    "no such file, nor a policy of the program: \(openscan.policyPresets.joined(separator: ", "))")
            }
            let folder = folder(of: word)
            return try openscan.policy(bytes, name: word) { (other) throws(PolicyProblem) in
                try PolicyFile.bytes(other.hasPrefix("/") ? other : folder + other)
            }
        } catch { throw .usage(message(error, word)) }
    }

    private static func message(_ problem: PolicyProblem, _ word: String) -> String {
        let place = problem.place.map { ":\($0.line):\($0.column)" } ?? ""
        return "\(problem.file ?? word)\(place): \(problem.message)"
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// `nil` where there is none.
    private static func bytes(_ path: String) throws(PolicyProblem) -> [UInt8]? {
        var status = stat()
        guard SystemPath.withCString(path, { stat($0, &status) }) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { throw PolicyProblem("no file", file: path) }
        do throws(ReadError) {
            let file = try FileBytes(path: path, followLinks: true)
            return try file.bytes(at: 0, count: PolicyFileReader.sizeLimit + 1)
        } catch { throw PolicyProblem(error.message, file: path) }
    }

    /// The nearest openscan.yml in the folders above a release, `nil` without one. Never one inside it: a release does not say what is asked of
    /// it. Only what the caller or the system's owner wrote counts, as anybody may put files into shared folders.
    static func above(_ release: String) -> String? {
        guard let real = SystemPath.withCString(release, { realpath($0, nil) }) else { return nil }
        defer { free(real) }
        var path = SystemPath.text(real)
        while path != "/", let slash = path.lastIndex(of: "/") {
            path = String(path[..<slash])
            let candidate = path + "/" + PolicyFileReader.fileName
            var status = stat()
            let isThere = SystemPath.withCString(candidate) { lstat($0, &status) } == 0
            if isThere, status.st_mode & S_IFMT == S_IFREG, status.st_mode & S_IWOTH == 0,
                status.st_uid == geteuid() || status.st_uid == 0
            {
                return candidate
            }
            if path.isEmpty { break }
        }
        return nil
    }

    /// The day by which exceptions hold: what SOURCE_DATE_EPOCH says, else the clock's.
    static var today: StatedDate? {
        let seconds = SourceDate.seconds ?? time(nil)
        guard seconds >= 0 else { return nil }
        let date = UTCTime.date(seconds / 86_400)
        return StatedDate(year: date.year, month: date.month, day: date.day)
    }
}
