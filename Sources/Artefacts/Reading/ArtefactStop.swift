import OpenscanBytes
import OpenscanFacts

/// Why a reader stops before the end of its format.
enum ArtefactStop: Error {
    /// The file is not what its format wants; the finding says where.
    case malformed(Finding)
    /// A limit or a missing part; the reason is given.
    case notInspected(Wording)
    /// A version of the format that is not read.
    case unsupported(Finding)
    case unreadable(ReadError)

    static func malformed(_ id: FindingID, _ detail: Wording, at offset: Int? = nil) -> ArtefactStop {
        .malformed(Finding(id, .high, detail, offset: offset))
    }
}
