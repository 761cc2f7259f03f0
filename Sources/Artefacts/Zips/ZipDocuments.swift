import OpenscanBytes
import OpenscanFacts

/// What the tree of a skops file would import (skops, io/_utils.py): each object names its module and class.
enum SkopsSchema {
    /// Packages whose classes the library builds without being asked to trust them, or that its users have anyway.
    private static let known: Set<String> = [
        "builtins", "numpy", "scipy", "sklearn", "collections", "datetime", "functools", "operator", "pandas",
        "quantile_forest", "lightgbm", "xgboost", "catboost", "sortedcontainers", "skops",
    ]
    private static let most = 20

    static func read(_ input: ArtefactInput, into facts: inout ArtefactFacts) throws(ArtefactStop) {
        let bytes = try input.whole(limit: 16 << 20, of: "a schema")
        guard let root = try? bytes.withUnsafeBytesJSON() else {
            return facts.spoil(.badJSON, "schema.json is not JSON")
        }
        if let version = root["_skops_version"]?.string { facts.note("skops_version", version) }
        if let name = root["__class__"]?.string { facts.note("class", name) }
        var foreign: Set<String> = []
        visit(root, depth: 0, &foreign)
        for name in foreign.sorted().prefix(most) {
            let global = name.split(separator: " ").map(String.init)
            let isDangerous =
                global.count == 2 && global[0] == "builtins" && PickleGlobals.isDangerousBuiltin(global[1])
            facts.find(
                isDangerous ? .dangerousGlobal : .unknownGlobal, isDangerous ? .high : .medium,
                "the file asks for \(name), which its loader builds only when told to trust it")
        }
    }

    private static func visit(_ value: JSONValue, depth: Int, _ foreign: inout Set<String>) {
        guard depth < JSONValue.deepest else { return }
        switch value {
        case .array(let items): for item in items { visit(item, depth: depth + 1, &foreign) }
        case .object(let members):
            if let module = value["__module__"]?.string, let name = value["__class__"]?.string, foreign.count < 1000 {
                let first = module.split(separator: ".").first.map(String.init) ?? module
                let isBuiltin = module == "builtins" && PickleGlobals.isDangerousBuiltin(name)
                if !known.contains(first) || isBuiltin {
                    foreign.insert(Printable.text(module, limit: 100) + " " + Printable.text(name, limit: 100))
                }
            }
            for member in members { visit(member.value, depth: depth + 1, &foreign) }
        default: break
        }
    }
}

/// The manifest of a package of TorchServe: which file is the weights, and which program is run with them.
enum ServeManifest {
    static func read(_ input: ArtefactInput, into facts: inout ArtefactFacts) throws(ArtefactStop) {
        let bytes = try input.whole(limit: 1 << 20, of: "a manifest")
        guard let root = try? bytes.withUnsafeBytesJSON(), let model = root["model"] else {
            return facts.find(.badJSON, .medium, "the manifest is not JSON that names a model")
        }
        for key in ["modelName", "modelVersion", "serializedFile", "modelFile", "handler"] {
            if let value = model[key]?.string { facts.note(key, value) }
        }
        if let handler = model["handler"]?.string, handler.hasSuffix(".py") || handler.contains(":") {
            facts.find(
                .remoteCode, .medium,
                "\(Printable.text(handler, limit: 100)) is a program of the package, which the server runs")
        }
    }
}
