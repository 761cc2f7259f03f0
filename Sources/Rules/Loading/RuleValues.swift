import OpenscanBytes

/// How compiled documents are read: every scalar is text, what is missing is empty.
extension JSONValue {
    func text(_ key: String) -> String { self[key]?.string ?? "" }
    func optionalText(_ key: String) -> String? { self[key]?.string }
    func list(_ key: String) -> [String] { self[key]?.strings ?? [] }
    func items(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }
    func pairs(_ key: String) -> [Member] { self[key]?.members ?? [] }
    func number(_ key: String) -> Int? { self[key]?.int }
    func flag(_ key: String) -> Bool { text(key) == "true" }
    func phrases(_ key: String) -> Phrases { Phrases(list(key)) }
    func patterns(_ key: String) -> NamePatterns { NamePatterns(list(key)) }

    /// Identifiers of an enumeration; those that it has not are refused when rules are compiled.
    func cases<Value: RawRepresentable<String>>(_ key: String, of type: Value.Type = Value.self) -> [Value] {
        list(key).compactMap(Value.init(rawValue:))
    }
}
