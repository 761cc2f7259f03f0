/// What a file of metadata says of the licences of others, by patterns over their paths (REUSE.toml, .reuse/dep5).
public struct LicenceAnnotation: Sendable, Hashable, Codable {
    /// What counts where a file says something itself (REUSE specification 3.3).
    public enum Precedence: String, Sendable, Hashable, Codable, CaseIterable {
        /// The file's own words, else the annotation.
        case closest
        /// Both.
        case aggregate
        /// The annotation alone, also of annotations nearer to the file.
        case override
    }

    /// Patterns of paths below the folder that the annotation speaks for.
    public var patterns: [PathPattern]
    /// What counts where a file says something itself.
    public var precedence: Precedence
    /// The licences; several hold together.
    public var value: LicenceValue
    /// Its line.
    public var evidence: Evidence

    /// An annotation as read.
    public init(patterns: [PathPattern], precedence: Precedence, value: LicenceValue, evidence: Evidence) {
        self.patterns = patterns
        self.precedence = precedence
        self.value = value
        self.evidence = evidence
    }

    /// Ending of a file that speaks for the one beside it.
    public static let sideFileEnding = ".license"
}

/// A pattern over paths with `/` between names, compared as written.
public struct PathPattern: Sendable, Hashable, Codable {
    private enum Part: Sendable, Hashable, Codable {
        case byte(UInt8)
        /// One character.
        case any
        /// Anything within one name.
        case withinName
        /// Anything.
        case anything
    }

    private let parts: [Part]

    /// Longest pattern and path that are compared.
    private static let longest = 1024

    /// REUSE.toml: `*` stands for anything but a slash, `**` for anything, a backslash takes a sign's meaning away.
    public init(reuse text: String) { self.init(text) { $0 == 1 ? .withinName : .anything } }

    /// Copyright files of Debian: `*` stands for anything, `?` for one character.
    public init(debian text: String) { self.init(text, one: true) { _ in .anything } }

    private init(_ text: String, one: Bool = false, stars: (Int) -> Part) {
        let bytes = Array(text.utf8.prefix(Self.longest))
        var parts: [Part] = []
        var index = bytes.starts(with: "./".utf8) ? 2 : 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                parts.append(.byte(bytes[index + 1]))
                index += 2
            case UInt8(ascii: "*"):
                let count = bytes[index...].prefix { $0 == UInt8(ascii: "*") }.count
                parts.append(stars(count))
                index += count
            case UInt8(ascii: "?") where one:
                parts.append(.any)
                index += 1
            default:
                parts.append(.byte(bytes[index]))
                index += 1
            }
        }
        self.parts = parts
    }

    /// Whether a path is one of these; in steps of at most the product of both lengths.
    public func matches(_ path: some StringProtocol) -> Bool {
        let path = Array(path.utf8)
        guard path.count <= Self.longest else { return false }
        // Places of the pattern that the path read so far can have reached.
        var reached = [Bool](repeating: false, count: parts.count + 1)
        reached[0] = true
        skipStars(&reached)
        for byte in path {
            var next = [Bool](repeating: false, count: parts.count + 1)
            var isAny = false
            for (place, part) in parts.enumerated() where reached[place] {
                switch part {
                case .byte(let wanted): if byte == wanted { next[place + 1] = true }
                case .any: next[place + 1] = true
                case .withinName: if byte != UInt8(ascii: "/") { next[place] = true }
                case .anything: next[place] = true
                }
                isAny = isAny || next[place] || next[place + 1]
            }
            guard isAny else { return false }
            skipStars(&next)
            reached = next
        }
        return reached[parts.count]
    }

    /// A star may stand for nothing.
    private func skipStars(_ reached: inout [Bool]) {
        for (place, part) in parts.enumerated() where reached[place] {
            if part == .withinName || part == .anything { reached[place + 1] = true }
        }
    }
}
