import OpenscanBytes
import OpenscanKit

/// The file that `--decisions` names.
struct DecisionFile: Sendable {
    private let path: String
    /// As it lies there.
    let bytes: [UInt8]
    private static let largest = 4 << 20

    /// - Throws: `Stop` of a wrong call where it cannot be read.
    init(path: String) throws(Stop) {
        self.path = path
        do throws(ReadError) {
            let file = try FileBytes(path: path, followLinks: true)
            bytes = try file.bytes(at: 0, count: Self.largest + 1)
        } catch { throw .usage(error.message) }
        guard bytes.count <= Self.largest else {
            throw .usage("\(path): more than \(Self.largest) bytes, which no file of decisions has")
        }
    }

    /// - Throws: `Stop` of a wrong call, with line and column.
    func review(_ openscan: Openscan, _ dossier: Dossier, _ context: ReviewContext) throws(Stop) -> Review {
        do throws(ReviewFileProblem) {
            return try openscan.review(dossier, context: context, decisions: bytes)
        } catch {
            let place = [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
            throw .usage("\(path)\(place): \(error.message)")
        }
    }
}
