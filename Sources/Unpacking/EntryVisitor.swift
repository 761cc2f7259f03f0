import OpenscanBytes
import OpenscanFacts

/// Who looks at the entries. One visitor serves one worker; calls come one at a time.
public protocol EntryVisitor: AnyObject {
    /// An entry to be read; the content ends with the call. An archive comes before its members.
    func visit(_ entry: Entry, content: EntryContent)
    /// Something about an entry (or, with an empty path, the whole) that is reported whether or not it can be read.
    func report(_ finding: Finding, path: String)
}
