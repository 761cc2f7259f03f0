import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Scripts and notebooks that download code and run it, or run what they have unpacked from a string.
public enum FetchAndRun {
    /// Findings about a program's text. A statement counts when it both gets something and runs it, or runs a name that was got before.
    /// - Parameter facts: what the same text was read as; most programs run nothing.
    public static func findings(
        _ bytes: UnsafeRawBufferPointer, language: CodeRoleRules.Language, facts: CodeFacts, path: String
    ) -> [Finding] {
        guard language != .cLike, facts.mentionsRunner else { return [] }
        return findings(bytes, language: language, path: path)
    }

    /// - Parameter place: line of the file for a line of the program text.
    private static func findings(
        _ bytes: UnsafeRawBufferPointer, language: CodeRoleRules.Language, path: String,
        place: (Int) -> Int = { $0 }
    ) -> [Finding] {
        if language == .notebook {
            guard let notebook = NotebookCode(bytes) else { return [] }
            return notebook.code.withUnsafeBytes {
                findings($0, language: .python, path: path, place: notebook.line)
            }
        }
        var out: [Finding] = []
        var fetched: Set<String> = []
        let isSetup = Entry.name(of: path) == "setup.py"
        var number = 1
        var counted = 0
        var done = 0
        markers.forEach(in: bytes) { _, behind in
            // One look a line, and only at lines with a telling word.
            guard behind > done, out.count < 10 else { return }
            var start = behind - 1
            while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
            let end = bytes.offset(of: "\n", from: behind) ?? bytes.count
            done = end
            number += bytes.slice(counted..<start).newlineCount
            counted = start
            while start < end, bytes[start] <= 0x20 { start += 1 }
            guard start < end, bytes[start] != UInt8(ascii: "#") else { return }
            let line = bytes.slice(start..<min(end, start + 2000))
            if let found = statement(line, fetched: &fetched, isShell: language == .shell, isSetup: isSetup) {
                out.append(
                    Finding(.fetchAndRun, found.severity, "line \(place(number)): \(Wording(found.words))", offset: nil)
                )
            }
        }
        return out
    }

    /// Of what a statement gets or runs, some word is among these.
    private static let markers = PhraseSet([
        "exec(", "eval(", "curl", "wget", "requests.", "urlopen(", "urllib", "httpx.", "urlretrieve(", "decode(",
        "decompress(", "loads(", "fromhex(", "unhexlify(", "rot13", "os.system(", "subprocess", "popen(",
    ])
    private static let sources: [StaticString] = [
        "requests.get(", "requests.post(", "urlopen(", "urllib.request.", "httpx.get(", "urllib2.", "urlretrieve(",
    ]
    private static let unpackers: [StaticString] = [
        "b64decode(", "b32decode(", "zlib.decompress(", "marshal.loads(", "bytes.fromhex(", "unhexlify(",
        "codecs.decode(", "rot13", "lzma.decompress(",
    ]
    private static let shells: [StaticString] = [
        "| sh", "|sh", "| bash", "|bash", "| sudo bash", "| sudo sh", "| python", "|python", "| zsh",
    ]

    private static func statement(
        _ text: UnsafeRawBufferPointer, fetched: inout Set<String>, isShell: Bool, isSetup: Bool
    ) -> (severity: Severity, words: String)? {
        let gets = sources.contains { text.contains($0) }
        let unpacks = unpackers.contains { text.contains($0) }
        // `name = requests.get(...)`: what is in the name came from outside.
        if gets || unpacks, let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 0, equals + 1 < text.count,
            text[equals + 1] != UInt8(ascii: "=")
        {
            let name = text.slice(0..<equals).repairedText.trimmed
            if name.utf8.count < 40, name.utf8.allSatisfy({ CodeReader.isNameByte($0) }), fetched.count < 100 {
                fetched.insert(name)
            }
        }
        let runs = text.offset(of: "exec(") ?? text.offset(of: "eval(")
        if let runs, isCall(text, runs) {
            if unpacks { return (.high, "runs code that it unpacks from a string") }
            if gets { return (.high, "runs code that it downloads") }
            let argument = text.slice(runs + 5..<min(text.count, runs + 60)).repairedText
            let name = argument.prefix { $0 != "." && $0 != ")" && $0 != "," && $0 != "(" }
            if fetched.contains(String(name).trimmed) { return (.high, "runs code that it has downloaded or unpacked") }
        }
        // In a program such a line is mostly a hint to the reader: it counts where something runs it.
        let isRun =
            isShell || text.first == UInt8(ascii: "!") || text.contains("os.system(") || text.contains("subprocess")
            || text.contains("popen(") || text.contains("check_call(") || text.contains("check_output(")
        let downloads =
            isRun
            && (text.contains("curl ") || text.contains("wget ") || text.contains("\"curl\"")
                || text.contains("'curl'"))
        if downloads,
            shells.contains(where: { text.contains($0) }) || text.contains("bash <(") || text.contains("sh -c \"$(")
                || text.contains("bash -c \"$(")
        {
            return (.medium, "pipes a download into a shell")
        }
        if isSetup, text.contains("os.system(") || text.contains("subprocess.") && text.contains("("), downloads || gets
        {
            return (.medium, "the set-up script downloads and runs programs")
        }
        return nil
    }

    /// `exec(` as a call of its own, not the end of another name or a method such as `cursor.exec(`.
    private static func isCall(_ text: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        guard place > 0 else { return true }
        let before = text[place - 1]
        return !CodeReader.isNameByte(before) && before != UInt8(ascii: ".")
    }
}
