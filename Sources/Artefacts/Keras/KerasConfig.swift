import OpenscanBytes
import OpenscanFacts

/// What a Keras configuration asks the loader to build: layers with code of their own, objects from outside Keras.
enum KerasConfig {
    static func inspect(_ bytes: [UInt8], into facts: inout ArtefactFacts) {
        let root: JSONValue
        do throws(JSONValue.Problem) {
            root = try bytes.withUnsafeBytesJSON()
        } catch {
            facts.find(.badJSON, .medium, "the model's configuration is not JSON")
            return
        }
        if let name = root["class_name"]?.string { facts.note("class_name", name) }
        var walk = Walk(facts: facts)
        walk.visit(root, depth: 0)
        facts = walk.facts
        if walk.layers > 0 { facts.note("layers", walk.layers) }
    }

    private struct Walk {
        var facts: ArtefactFacts
        var layers = 0

        mutating func visit(_ value: JSONValue, depth: Int) {
            guard depth < JSONValue.deepest else { return }
            switch value {
            case .array(let items): for item in items { visit(item, depth: depth + 1) }
            case .object(let members):
                object(value)
                for member in members { visit(member.value, depth: depth + 1) }
            default: break
            }
        }

        private mutating func object(_ value: JSONValue) {
            guard let type = value["class_name"]?.string else { return }
            let config = value["config"]
            if config?["name"] != nil { layers += 1 }
            let name = config?["name"]?.string ?? value["name"]?.string ?? "without a name"
            let shortType = type.split(whereSeparator: { $0 == ">" || $0 == "." }).last.map(String.init) ?? type
            if shortType == "Lambda" {
                facts.find(.embeddedCode, .high, "Lambda layer \(name): Python code that is stored in the model")
            }
            if type == "__lambda__" {
                facts.find(.embeddedCode, .high, "a function that is stored as marshalled Python code")
            }
            if let module = value["module"]?.string, !isKeras(module) {
                let isNamedFunction = module == "builtins" && type == "function"
                if !isNamedFunction || PickleGlobals.isDangerousBuiltin(config?.string ?? "") {
                    facts.find(
                        .embeddedCode, .high, "\(type) comes from the module \(module), which the loader imports")
                }
            }
            if let package = value["registered_name"]?.string, package.contains(">") {
                facts.find(
                    .customOperator, .low, "\(package) is a class that the user of the model must have registered")
            }
            // A path in place of words makes the loader read that file.
            if let vocabulary = config?["vocabulary"]?.string, vocabulary.contains("/") || vocabulary.contains(".") {
                facts.find(.externalLink, .medium, "layer \(name) reads \(vocabulary) when it is loaded")
            }
        }

        private func isKeras(_ module: String) -> Bool {
            let first = module.split(separator: ".").first.map(String.init) ?? ""
            // Keras imports any submodule of itself that is named: only those that hold layers and the like.
            if module.contains("saving") || module.contains("utils.file") || module.contains("dtensor") { return false }
            return [
                "keras", "keras_core", "keras_nlp", "keras_cv", "keras_hub", "tf_keras", "tensorflow",
                "tensorflow_addons", "tensorflow_text",
            ].contains(first)
        }
    }
}

/// A Keras 3 archive: configuration, metadata and weights as HDF5.
enum KerasZip {
    static func member(_ input: ArtefactInput, name: String, into facts: inout ArtefactFacts) throws(ArtefactStop) {
        if name.hasSuffix(".h5") {
            var part = ArtefactFacts(format: "hdf5", status: .ok)
            // The library at the end of a stream wants it in memory; so long a member is stored as it is.
            ArtefactReader.guarded(&part) { part throws(ArtefactStop) in try HDF5Formats.read(&part, input) }
            part.metadata["superblock"] = nil
            return facts.include(part, member: name)
        }
        let bytes = try input.whole(limit: 8 << 20, of: "a configuration")
        if name == "config.json" { return KerasConfig.inspect(bytes, into: &facts) }
        guard let root = try? bytes.withUnsafeBytesJSON() else {
            return facts.find(.badJSON, .medium, "\(name) is not JSON")
        }
        for key in ["keras_version", "date_saved"] { if let value = root[key]?.string { facts.note(key, value) } }
    }
}

extension Array where Element == UInt8 {
    /// The bytes as JSON.
    func withUnsafeBytesJSON(itemLimit: Int = 400_000) throws(JSONValue.Problem) -> JSONValue {
        var problem: JSONValue.Problem?
        let value: JSONValue? = withUnsafeBytes { bytes in
            do throws(JSONValue.Problem) { return try JSONValue.parse(bytes, itemLimit: itemLimit) } catch {
                problem = error
                return nil
            }
        }
        if let problem { throw problem }
        return value ?? .null
    }
}
