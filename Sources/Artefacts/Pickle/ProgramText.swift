import OpenscanBytes

/// Whether a text is one of a program in Python, by what such texts do and others do not.
enum ProgramText {
    private static let doing: [StaticString] = [
        "__import__(", "os.system(", "subprocess.", "exec(", "eval(", "compile(", "importlib.", "builtins.", "getattr(",
    ]

    static func isProgram(_ text: UnsafeRawBufferPointer) -> Bool {
        doing.contains { text.contains($0) } || imports(text)
    }

    /// `import x` or `from x import y` at the beginning of a statement.
    private static func imports(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.contains("import ") else { return false }
        var isStart = true
        for place in text.indices {
            let byte = text[place]
            if byte == 0x0A || byte == UInt8(ascii: ";") {
                isStart = true
            } else if byte != 0x20, byte != 0x09, isStart {
                if text.starts(with: "import ", at: place) { return true }
                if text.starts(with: "from ", at: place), text.slice(place..<text.count).contains(" import ") {
                    return true
                }
                isStart = false
            }
        }
        return false
    }
}
