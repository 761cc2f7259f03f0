import OpenscanBytes
import OpenscanOpenness

/// Reads reports that were saved: what this program writes, and what schema 1 wrote.
public enum SavedReport {
    /// Bytes that a report has at most.
    public static let sizeLimit = 256 << 20
    /// Values that a report has at most.
    static let itemLimit = 8_000_000

    /// Whether a text is meant to be a report: an object with a schema version.
    public static func isReport(_ text: String) -> Bool {
        text.first { !$0.isWhitespace && $0 != "\u{FEFF}" } == "{" && text.holds("\"schemaVersion\"")
    }

    /// What a saved report tells. A report of schema 1 knows no verdict, no terms and no reasons; its yardsticks are
    /// not taken over: all of that is to be judged again.
    /// - Throws: `SavedReportProblem`, with the place in the report.
    public static func read(_ bytes: UnsafeRawBufferPointer) throws(SavedReportProblem) -> Dossier {
        guard bytes.count <= sizeLimit else {
            throw SavedReportProblem("", "\(bytes.count) bytes; reports have at most \(sizeLimit)")
        }
        let root = try parse(bytes)
        guard root.members != nil else { throw SavedReportProblem("", "no report: not an object") }
        guard let version = root["schemaVersion"]?.int else {
            throw SavedReportProblem("schemaVersion", "no report: there is no schema version")
        }
        do {
            switch version {
            case 1: return try ReportVersion1(from: JSONValueDecoder(root)).dossier
            case Report.schemaVersion: return try Report(from: JSONValueDecoder(root)).dossier
            default:
                throw SavedReportProblem(
                    "schemaVersion", "\(version) is unknown here; this program reads 1 to \(Report.schemaVersion)")
            }
        } catch let problem as SavedReportProblem {
            throw problem
        } catch {
            throw SavedReportProblem(error)
        }
    }

    /// What a saved report tells.
    /// - Throws: `SavedReportProblem`, with the place in the report.
    public static func read(_ bytes: [UInt8]) throws(SavedReportProblem) -> Dossier {
        try bytes.withUnsafeBytes { bytes in
            Result { () throws(SavedReportProblem) -> Dossier in try read(bytes) }
        }.get()
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer) throws(SavedReportProblem) -> JSONValue {
        do {
            return try JSONValue.parse(bytes, itemLimit: itemLimit)
        } catch {
            switch error {
            case .unexpected(let offset): throw SavedReportProblem("byte \(offset)", "not well formed JSON")
            case .tooDeep(let offset):
                throw SavedReportProblem("byte \(offset)", "nested deeper than \(JSONValue.deepest) levels")
            case .tooMany(let offset): throw SavedReportProblem("byte \(offset)", "more than \(itemLimit) values")
            }
        }
    }
}

/// Why a saved report cannot be read.
public struct SavedReportProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where: `components[3].status`, or a byte; empty for the whole.
    public let place: String
    /// What is wrong there.
    public let reason: String

    /// A problem with its place.
    public init(_ place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    init(_ error: any Error) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): self.init(Self.place(context.codingPath + [key]), "missing")
        case .valueNotFound(_, let context): self.init(Self.place(context.codingPath), "missing")
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            let isKey = context.debugDescription.hasPrefix("Could not convert key")
            self.init(Self.place(context.codingPath), isKey ? "not known there" : context.debugDescription)
        default: self.init("", "not readable")
        }
    }

    /// Where and what.
    public var message: String { place.isEmpty ? reason : "\(place): \(reason)" }
    /// Where and what.
    public var description: String { message }

    private static func place(_ path: [any CodingKey]) -> String {
        var out = ""
        for key in path {
            if let number = key.intValue, out.last != nil {
                out += "[\(number)]"
            } else {
                out += (out.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return Printable.text(out, limit: 200)
    }
}
