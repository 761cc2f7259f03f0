import Licensing
import Openness
import Unpacking

/// Languages that reports are written in.
public enum Language: String, Sendable, CaseIterable { case en, zh }

/// The catalogue of words: what the program writes in English, in another language (Licenses/words.yml, and the frameworks' own names).
public struct Words: Sendable {
    private let table: [String: String]

    public init(_ language: Language) { table = language == .zh ? Self.chinese : [:] }

    private static let chinese: [String: String] = {
        let root = LicenceIndex.embedded.document("words").flatMap { try? JSONValue.parse($0) }
        var table = Framework.chineseNames
        for member in root?["zh"]?.members ?? [] { table[member.key] = member.value.string }
        return table
    }()

    /// The words in the language; English where there are none. {0}, {1} ... take the parts.
    public func callAsFunction(_ english: String, _ parts: String...) -> String {
        var text = table[english] ?? english
        for (number, part) in parts.enumerated() {
            let pieces = text.split(separator: "{\(number)}", omittingEmptySubsequences: false)
            text = pieces.joined(separator: part)
        }
        return text
    }
}
