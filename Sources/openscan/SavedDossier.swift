import OpenscanBytes
import OpenscanKit

/// A report that was saved, as options name it.
enum SavedDossier {
    /// - Throws: `Stop` of a wrong call where it is none.
    static func read(_ path: String, _ openscan: Openscan) throws(Stop) -> Dossier {
        let bytes: [UInt8]
        do throws(ReadError) {
            let file = try FileBytes(path: path, followLinks: true)
            bytes = try file.bytes(at: 0, count: SavedReport.sizeLimit + 1)
        } catch { throw .usage(error.message) }
        do throws(SavedReportProblem) { return try SavedReport.read(bytes) } catch {
            throw .usage("\(path): \(error.message)")
        }
    }
}
