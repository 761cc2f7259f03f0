import OpenscanBytes
import OpenscanFacts

/// Who looks at the entries. One visitor serves one worker; calls come one at a time.
public protocol EntryVisitor: AnyObject {
    func visit(_ entry: Entry, content: EntryContent)
    /// Something about an entry (or, with an empty path, the whole) that is reported whether or not it can be read.
    func report(_ finding: Finding, path: String)
}
