import OpenscanBytes
import Foundation

/// The folder of everything that people edit, read and held against its schemas.
struct EditedFolder {
    /// Files that were checked, with their schemas.
    let documents: [(file: EditedFile, schema: DocumentSchema)]
    /// Where each id is defined, by kind.
    private(set) var places: [Kind: [String: SourcePlace]] = [:]

    /// Reads and checks every document.
    /// - Parameter licences: ids of the compiled index; what Licenses/ itself adds is added.
    /// - Throws: `Mistakes` with everything that is wrong.
    static func checked(_ path: String, licences: Set<String>) throws(Mistakes) -> EditedFolder {
        let (names, frameworks) = (files(path), files(path + "/frameworks"))
        let schemas = Schemas.all(
            frameworks: frameworks.map { "frameworks/" + $0 },
            policies: files(path + "/policies").map { "policies/" + $0 })
        let known = schemas.map(\.name).filter { !$0.contains("/") }
        let unread = names.filter { !known.contains($0) }.map { name in
            Mistake(
                place: SourcePlace(file: "\(path)/\(name).yml"), words: "no document of this name is read",
                meant: Nearest.to(name, among: known.filter { !names.contains($0) }))
        }
        var folder = try read(path, schemas, alreadyWrong: unread)
        folder.places = try folder.check(licences: licences)
        return folder
    }

    /// Reads documents and checks them as far as that goes without knowing the licences.
    /// - Throws: `Mistakes` with everything that is wrong.
    static func read(_ path: String, _ schemas: [DocumentSchema], alreadyWrong: [Mistake] = []) throws(Mistakes)
        -> EditedFolder
    {
        var mistakes = alreadyWrong
        var documents: [(EditedFile, DocumentSchema)] = []
        for schema in schemas {
            do throws(Mistakes) {
                documents.append((try EditedFile(path: "\(path)/\(schema.name).yml"), schema))
            } catch {
                mistakes += error.all
            }
        }
        do throws(Mistakes) {
            // Ids of documents that cannot be read are not missed.
            if mistakes.isEmpty { try SchemaCheck.run(documents, outside: [:], missing: [.licence]) }
        } catch {
            mistakes += error.all
        }
        if !mistakes.isEmpty { throw Mistakes(mistakes) }
        return EditedFolder(documents: documents)
    }

    /// Checks references to licences too.
    /// - Throws: `Mistakes` with everything that is wrong.
    @discardableResult func check(licences: Set<String>) throws(Mistakes) -> [Kind: [String: SourcePlace]] {
        let own = Schemas.licenceRecords.flatMap { schema in
            self[schema.name]?.root["licences"]?.sequence?.compactMap { $0["id"]?.string } ?? []
        }
        return try SchemaCheck.run(documents, outside: [.licence: licences.union(own)], missing: [])
    }

    /// A document by its name.
    subscript(_ name: String) -> EditedFile? { documents.first { $0.schema.name == name }?.file }

    /// Names of the YAML files right in a folder, without the ending, sorted.
    private static func files(_ path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
    }
}
