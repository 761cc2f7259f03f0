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
