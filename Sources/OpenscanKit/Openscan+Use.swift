import OpenscanBytes
import OpenscanUnpacking

extension Openscan {
    /// May it be done? With the duties that fall due.
    public func answer(_ useCase: UseCase, _ dossier: Dossier) -> UseCaseAnswer {
        Judge(rules).answer(useCase, dossier)
    }

    /// The answers for a case in a format, with a line end.
    /// - Throws: the encoder's error.
    public func writtenUse(
        _ dossier: Dossier, _ useCase: UseCase, as format: DocumentFormat, style: Style = .plain,
        language: Language = .en
    ) throws -> String {
        let answer = self.answer(useCase, dossier)
        let words = Words(language, rules: rules)
        switch format {
        case .text:
            return UseReport.text(dossier, useCase, answer, rules: rules, style: style, words: words)
        case .markdown: return UseReport.markdown(dossier, useCase, answer, rules: rules, words: words)
        case .html: return try reviewPage(dossier, context: reviewContext(), language: language)
        case .json, .jsonl:
            return try JSON.text(UseReport.Value(dossier, useCase, answer), isPretty: format == .json) + "\n"
        }
    }

    /// A file that goes along with a release: its name and bytes.
    public struct ShippedFile: Sendable {
        /// Its name, of letters, figures, points, dashes and underlines.
        public var name: String
        /// Its bytes.
        public var bytes: [UInt8]
    }

    /// What has to be shipped along with the release at a path: copies of its files as they are, and an index of them.
    /// - Throws: `ScanRefusal` where the release cannot be opened.
    public func shippedAlong(
        _ dossier: Dossier, path: String, limits: Limits = Limits(), language: Language = .en
    ) throws(ScanRefusal) -> [ShippedFile] {
        let plan = Judge(rules).shippingPlan(dossier)
        let found: [String: [UInt8]]
        do throws(ReadError) {
            found = try ReleaseFiles.read(
                Set(plan.files.map(\.path)), of: try ReleaseLocation.find(path), limits: limits)
        } catch { throw .unreadable(error) }
        var out: [ShippedFile] = []
        var names: [String: String] = [:]
        for file in plan.files {
            guard let bytes = found[file.path] else { continue }
            let name = Self.copyName(file.path, number: out.count + 1)
            names[file.path] = name
            out.append(ShippedFile(name: name, bytes: bytes))
        }
        let words = Words(language, rules: rules)
        var seen = Set<String>()
        let notices = plan.notices.compactMap(\.text).filter { seen.insert($0).inserted }
        if !notices.isEmpty {
            out.append(ShippedFile(name: "NOTICE", bytes: Array((notices.joined(separator: "\n\n") + "\n").utf8)))
        }
        let index = ShippingIndex.text(
            plan, release: dossier.release.name, written: names, rules: rules, words: words)
        out.append(ShippedFile(name: "INDEX.md", bytes: Array(index.utf8)))
        return out
    }

    private static let longestName = 80

    /// A name that no release chooses: a number, and the last name with nothing in it that a system takes for a sign.
    private static func copyName(_ path: String, number: Int) -> String {
        let last = path.split(separator: "/").last ?? ""
        let safe = last.unicodeScalars.map { scalar -> Character in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == ".")
                ? Character(scalar) : scalar == "-" ? "-" : "_"
        }
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits + "-" + String(safe.prefix(longestName))
    }
}
