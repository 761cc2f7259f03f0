import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Reads files that give licences to other files by patterns (REUSE specification 3.3): REUSE.toml and .reuse/dep5.
public enum AnnotationReader {
    static let mostAnnotations = 500
    static let mostPatterns = 2000
    private static let mostLines = 20_000

    /// What a file of this path says; `nil` where it is none of these.
    /// - Parameters:
    ///   - text: the file.
    ///   - path: its path in the release.
    ///   - licences: resolves what it names.
    public static func read(_ text: String, path: String, licences: any LicenceCatalogue) -> [LicenceAnnotation]? {
        guard isAnnotationFile(path) else { return nil }
        let lines = text.lines(limit: mostLines)
        return Entry.name(of: path) == "REUSE.toml"
            ? ReuseToml.read(lines, path, licences) : DebianCopyright.read(lines, path, licences)
    }

    /// Whether the path is one of such a file.
    public static func isAnnotationFile(_ path: String) -> Bool {
        Entry.name(of: path) == "REUSE.toml" || path == ".reuse/dep5" || path.hasSuffix("/.reuse/dep5")
    }
}

/// The part of TOML that annotations are written in: tables, texts and lists of texts.
enum ReuseToml {
    static func read(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue) -> [LicenceAnnotation] {
        var out: [LicenceAnnotation] = []
        var table = Table()
        var patterns = 0
        var isAnnotation = false
        var number = 0
        func close() {
            patterns += table.patterns.count
            if let annotation = table.annotation(path, licences), out.count < AnnotationReader.mostAnnotations,
                patterns <= AnnotationReader.mostPatterns
            {
                out.append(annotation)
            }
            table = Table()
        }
        while number < lines.count {
            let line = lines[number].trimmed
            let start = number
            number += 1
            if line.hasPrefix("[") {
                close()
                isAnnotation = line.hasPrefix("[[annotations]]")
                continue
            }
            guard isAnnotation, !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            let key = line[..<equals].trimmed.filter { $0 != "\"" && $0 != "'" }
            var value = TomlTexts(line[line.index(after: equals)...])
            while value.isOpen, number < lines.count {
                value.add(lines[number])
                number += 1
            }
            switch key {
            case "path": table.patterns = value.texts
            case "precedence": table.precedence = value.texts.first.flatMap { .init(rawValue: $0) } ?? .closest
            case "SPDX-License-Identifier":
                table.licences = value.texts
                table.line = start + 1
                table.quote = String(lines[start])
            default: continue
            }
        }
        close()
        return out
    }

    private struct Table {
        var patterns: [String] = []
        var precedence = LicenceAnnotation.Precedence.closest
        var licences: [String] = []
        var line = 0
        var quote = ""

        func annotation(_ path: String, _ catalogue: any LicenceCatalogue) -> LicenceAnnotation? {
            guard !patterns.isEmpty, !licences.isEmpty else { return nil }
            let whole = licences.count == 1 ? licences[0] : licences.map { "(\($0))" }.joined(separator: " AND ")
            return LicenceAnnotation(
                patterns: patterns.map(PathPattern.init(reuse:)), precedence: precedence,
                value: catalogue.value(whole),
                evidence: Evidence(path: path, lines: LineRange(line), quote: quote))
        }
    }
}

/// A text or a list of texts, over several lines where need be.
private struct TomlTexts {
    private(set) var texts: [String] = []
    /// Whether a list goes on in the next line.
    private(set) var isOpen = false

    init(_ text: Substring) { add(text) }

    mutating func add(_ line: Substring) {
        var current: String?
        var quote: Character = "\""
        var isEscaped = false
        for character in line {
            if let text = current {
                if isEscaped {
                    // Of the escapes only those for quotes and backslashes stand in paths.
                    current = text + (character == "\\" || character == quote ? "" : "\\") + String(character)
                    isEscaped = false
                } else if character == "\\", quote == "\"" {
                    isEscaped = true
                } else if character == quote {
                    texts.append(text)
                    current = nil
                } else {
                    current = text + String(character)
                }
                continue
            }
            switch character {
            case "\"", "'":
                quote = character
                current = ""
            case "[": isOpen = true
            case "]": isOpen = false
            case "#": return
            default: continue
            }
        }
    }
}

/// Copyright files of Debian, as REUSE takes them (Machine-readable debian/copyright file 1.0): the last paragraph that fits counts.
enum DebianCopyright {
    static func read(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue) -> [LicenceAnnotation] {
        var out: [LicenceAnnotation] = []
        var files: [String] = []
        var isInFiles = false
        var patterns = 0
        for (number, line) in lines.enumerated() {
            if line.trimmed.isEmpty {
                files = []
                isInFiles = false
            } else if line.hasPrefix("Files:") {
                files = line.dropFirst(6).split(whereSeparator: \.isWhitespace).map(String.init)
                isInFiles = true
            } else if line.first == " " || line.first == "\t" {
                if isInFiles { files += line.split(whereSeparator: \.isWhitespace).map(String.init) }
            } else if line.hasPrefix("License:"), !files.isEmpty {
                isInFiles = false
                patterns += files.count
                guard out.count < AnnotationReader.mostAnnotations, patterns <= AnnotationReader.mostPatterns else {
                    continue
                }
                out.append(
                    LicenceAnnotation(
                        patterns: files.map(PathPattern.init(debian:)), precedence: .aggregate,
                        value: licences.value(line.dropFirst(8).trimmed),
                        evidence: Evidence(path: path, lines: LineRange(number + 1), quote: String(line))))
            } else {
                isInFiles = false
            }
        }
        return out
    }
}
