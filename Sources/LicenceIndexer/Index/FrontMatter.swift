import OpenscanBytes
import OpenscanFacts

/// The head between dashes and the body behind it, as the pinned package's files have them.
enum FrontMatter {
    static func split(_ content: String) -> (head: String, body: String)? {
        guard content.hasPrefix("---\n"),
            let end = content.range(
                of: "\n---", range: content.index(content.startIndex, offsetBy: 3)..<content.endIndex)
        else { return nil }
        let head = content[content.index(content.startIndex, offsetBy: 4)..<end.lowerBound]
        let body = content[end.upperBound...].drop { $0 != "\n" }
        return (String(head), String(body))
    }
}
