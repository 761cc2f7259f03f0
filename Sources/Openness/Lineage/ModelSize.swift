import OpenscanFacts
import OpenscanRules

/// Parameters of a model of which there may be several copies: parts of a set are added up, copies are counted once.
struct ModelSize {
    /// Files that hold one copy of the model, or of a part of it.
    private struct Copy {
        let folder: String
        var files: [ArtefactFacts]
        var isIndexed = false

        var parameters: Int { files.reduce(0) { $0.saturatingSum($1.parameters ?? 0) } }
        var names: Set<UInt64> { files.reduce(into: []) { $0.formUnion($1.tensorNames) } }
    }

    private let files: [FileFacts]
    private let rules: ComponentRules.Weights
    /// The set that a file belongs to by an index.
    private let sets: [String: String]

    init(_ files: [FileFacts], _ rules: ComponentRules.Weights) {
        self.rules = rules
        var sets: [String: String] = [:]
        for file in files {
            for name in file.shardIndex?.files ?? [] { sets[file.folder + name] = file.path }
        }
        self.sets = sets
        self.files = files.filter { file in
            guard let artefact = file.artefact, artefact.standsForWeights, artefact.pointer == nil,
                artefact.parameters != nil, !artefact.isAdapter
            else { return false }
            return rules.areWeights(artefact, at: file.place.path) && !rules.beside.matches(file.place.name)
                && !rules.isBeside(artefact)
        }
    }

    /// Of the first kind of copy that is there, else of the largest set of another format.
    var parameters: Int? {
        for kind in rules.copies {
            let copies = copies {
                kind.formats.contains($0.artefact?.format ?? "") && kind.names?.matches($0.place.name) ?? true
            }
            if !copies.isEmpty { return Self.sum(copies) }
        }
        return copies { _ in true }.map(\.parameters).max()
    }

    private func copies(_ isOne: (FileFacts) -> Bool) -> [Copy] {
        var out: [String: Copy] = [:]
        for file in files where isOne(file) {
            guard let artefact = file.artefact else { continue }
            let set = sets[file.path]
            let key = set ?? ShardName(file.path)?.set ?? Self.unnumbered(file.path)
            out[key, default: Copy(folder: file.folder, files: [])].files.append(artefact)
            if set != nil { out[key]?.isIndexed = true }
        }
        return out.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Adds up what is no copy of what was added before.
    private static func sum(_ copies: [Copy]) -> Int {
        var sum = 0
        for copies in Dictionary(grouping: copies, by: \.folder).values {
            // A set with an index is the model, or one of several files; what lies beside it may be the same once more.
            let ordered = copies.sorted {
                ($0.isIndexed ? 1 : 0, $0.files.count, $0.parameters) > (
                    $1.isIndexed ? 1 : 0, $1.files.count, $1.parameters
                )
            }
            var counted: [Copy] = []
            for copy in ordered where !counted.contains(where: { isSame($0, copy) }) {
                counted.append(copy)
                sum = sum.saturatingSum(copy.parameters)
            }
        }
        return sum
    }

    /// Whether two sets of a folder hold the same model: as large within two of a hundred, or with the same tensors for the most.
    private static func isSame(_ left: Copy, _ right: Copy) -> Bool {
        let (few, many) = (min(left.parameters, right.parameters), max(left.parameters, right.parameters))
        if many - few <= many / 50 { return true }
        let (names, others) = (left.names, right.names)
        let least = min(names.count, others.count)
        return least > 0 && names.intersection(others).count * 2 > least
    }

    /// A path without numbers of two digits and more that stand alone (`consolidated.00.pth`).
    private static func unnumbered(_ path: String) -> String {
        let folder = Entry.folder(of: path)
        var out = folder
        var run = ""
        func isWord(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber } ?? false }
        for character in path.dropFirst(folder.count) {
            if isWord(character) {
                run.append(character)
                continue
            }
            out += run.count > 1 && run.allSatisfy(\.isNumber) ? "" : run
            out.append(character)
            run = ""
        }
        return out + run
    }
}
