import OpenscanBytes
import OpenscanKit

/// Changes in words, as lines of JSON, and as a feed.
public enum ChangeWriter {
    /// A line for people.
    public static func text(_ change: ChangeList.Change) -> String {
        let what = change.subject.map { "\(change.what) \(Printable.text($0, limit: 200))" } ?? change.what
        let name = Printable.text(change.name, limit: 200)
        let run = "run \(change.run)"
        switch change.what {
        case "added", "back": return "\(run)  \(name)  \(change.what)\(change.after.map { ": \($0)" } ?? "")"
        case "gone": return "\(run)  \(name)  gone from \(Printable.path(change.location))"
        default:
            let (before, after) = (shown(change.before), shown(change.after))
            return "\(run)  \(name)  \(what): \(before) -> \(after)"
        }
    }

    private static func shown(_ value: String?) -> String { value.map { Printable.text($0, limit: 300) } ?? "none" }

    /// A line of JSON.
    /// - Throws: the encoder's error.
    public static func line(_ change: ChangeList.Change) throws -> String {
        try JSON.text(change, isPretty: false)
    }

    /// The first lines of an Atom feed (RFC 4287).
    /// - Parameters:
    ///   - id: what tells this feed from others, an address or a URN.
    ///   - updated: when the last run began.
    public static func feedHead(title: String, id: String, updated: String) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
        <title>\(escaped(title))</title>
        <id>\(escaped(id))</id>
        <updated>\(escaped(updated))</updated>
        <generator>openscan</generator>
        <author><name>openscan</name></author>

        """
    }

    /// The last line of a feed.
    public static let feedEnd = "</feed>\n"

    /// The changes of one release in one run as an entry of a feed.
    public static func entry(_ changes: [ChangeList.Change], feed id: String) -> String {
        guard let first = changes.first else { return "" }
        let titles = changes.map { change in
            change.subject.map { "\(change.what) \($0)" } ?? change.what
        }
        let shownTitles =
            titles.prefix(3).joined(separator: ", ") + (titles.count > 3 ? " and \(titles.count - 3) more" : "")
        let lines = changes.map { text($0) }.joined(separator: "\n")
        return """
            <entry>
            <title>\(escaped("\(first.name): \(shownTitles)"))</title>
            <id>\(escaped("\(id)/run/\(first.run)/change/\(first.id)"))</id>
            <updated>\(escaped(first.at))</updated>
            <content type="text">\(escaped(lines))</content>
            </entry>

            """
    }

    /// Text between the tags of the feed.
    private static func escaped(_ text: String) -> String { XMLText.escaped(Printable.text(text, limit: 20_000)) }
}
