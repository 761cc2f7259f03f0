import Foundation
import OpenscanLicensing

/// Ids of a compiled index, for references from rules.
enum KnownLicences {
    /// - Parameter path: a compiled index; the one that is linked in where there is none.
    /// - Throws: `IndexProblem`, or the system's error where the file cannot be read.
    static func ids(_ path: String?) throws -> Set<String> {
        guard let path else { return ids(try LicenceIndex.embedded()) }
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try data.withUnsafeBytes { ids(try LicenceIndex($0)) }
    }

    private static func ids(_ index: LicenceIndex) -> Set<String> {
        Set((0..<index.recordCount).map { index.record($0).id.rawValue })
    }
}
