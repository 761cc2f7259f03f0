/// An identifier that data files define, so that adding one touches no Swift: a string that is not mixed up with others.
public protocol StringIdentifier: RawRepresentable<String>, Hashable, Codable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral, Sendable
{
    /// The identifier as written.
    init(rawValue: String)
}

extension StringIdentifier {
    /// The identifier as written.
    public init(_ text: String) { self.init(rawValue: text) }

    /// The identifier as written.
    public init(stringLiteral text: String) { self.init(rawValue: text) }

    /// The identifier as written.
    public var description: String { rawValue }

    /// By bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// A kind of term of licences; the list is `Licenses/clauses.yml`.
public struct ClauseID: StringIdentifier {
    /// The identifier as written.
    public let rawValue: String

    /// The identifier as written.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A licence: its SPDX id, or `LicenseRef-` and a key.
public struct LicenceID: StringIdentifier {
    /// The identifier as written.
    public let rawValue: String

    /// The identifier as written.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A text that no record knows.
    public static let unknown: LicenceID = "LicenseRef-unknown"

    /// The id of a licence that is declared by a name which stands for no text known here: the name itself, as far as an id may hold it.
    public static func named(_ name: String) -> LicenceID? {
        var out: [UInt8] = []
        for byte in name.utf8.prefix(longestName) {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."): out.append(byte)
            default: if let last = out.last, last != UInt8(ascii: "-") { out.append(UInt8(ascii: "-")) }
            }
        }
        while let last = out.last, last == UInt8(ascii: "-") || last == UInt8(ascii: ".") { out.removeLast() }
        return out.isEmpty ? nil : LicenceID("LicenseRef-" + String(decoding: out, as: UTF8.self))
    }

    private static let longestName = 100

    /// The id for expressions of a text that is this licence's with changes.
    public var modified: LicenceID {
        LicenceID("LicenseRef-modified-" + (isReference ? String(rawValue.dropFirst(11)) : rawValue))
    }

    /// Whether SPDX has no id for it.
    public var isReference: Bool { rawValue.hasPrefix("LicenseRef-") }
}

/// A file format; each is named where its reader stands, and in the project's vocabulary.
public struct FormatID: StringIdentifier {
    /// The identifier as written.
    public let rawValue: String

    /// The identifier as written.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A rule that raises a flag; the list is `Licenses/flags.yml`.
public struct FlagID: StringIdentifier {
    /// The identifier as written.
    public let rawValue: String

    /// The identifier as written.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Something that documents tell of a release; the list is `Licenses/disclosures.yml`.
public struct DisclosureID: StringIdentifier {
    /// The identifier as written.
    public let rawValue: String

    /// The identifier as written.
    public init(rawValue: String) { self.rawValue = rawValue }
}
