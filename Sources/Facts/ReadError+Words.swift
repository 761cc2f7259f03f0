import OpenscanBytes

extension ReadError {
    /// What happened, the path first.
    public var words: Wording {
        switch self {
        case .system(let operation, let path, let code):
            "\(path): cannot \(Wording(operation)): \(Wording(Self.words(code)))"
        case .notAFile(let path): "\(path): neither a regular file nor a directory"
        case .badArchive(let path, let message): "\(path): not a readable archive: \(Wording(message))"
        case .limit(let path, let name, let value): "\(path): over the limit of \(value) \(Wording(name))"
        case .unsupported(let path, let what): "\(path): \(Wording(what))"
        case .unseen(let path, let offset): "\(path): the bytes from \(offset) on were not fetched"
        }
    }

    /// The same in English, in one line.
    public var message: String { words.description }
}
