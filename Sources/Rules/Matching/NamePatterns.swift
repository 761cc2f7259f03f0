import OpenscanBytes

/// Names as rules write them: whole, or with `*` for anything (`test_*.py`, `*lora*`). Compared in lower case.
public struct NamePatterns: Sendable {
    private let whole: Set<String>
    private let beginnings: [String]
    private let endings: [String]
    private let inner: [String]
    /// What none of the quick ways covers.
    private let others: [Glob]

    /// - Parameter patterns: in lower case.
    public init(_ patterns: some Sequence<String>) {
        var whole: Set<String> = []
        var beginnings: [String] = []
        var endings: [String] = []
        var inner: [String] = []
        var others: [Glob] = []
        for pattern in patterns {
            let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
            switch (parts.count, parts.first?.isEmpty, parts.last?.isEmpty) {
            case (1, _, _): whole.insert(pattern)
            case (3, true, true): inner.append(parts[1])
            case (2, false, true): beginnings.append(parts[0])
            case (2, true, false): endings.append(parts[1])
            default: others.append(Glob(pattern))
            }
        }
        self.whole = whole
        self.beginnings = beginnings
        self.endings = endings
        self.inner = inner
        self.others = others
    }

    /// - Parameter name: in lower case.
    public func matches(_ name: String) -> Bool {
        whole.contains(name) || beginnings.contains(where: name.hasPrefix) || endings.contains(where: name.hasSuffix)
            || inner.contains(where: name.holds) || others.contains { $0.matches(name) }
    }

    /// Whether any of the names is one of these.
    public func matches(any names: some Sequence<String>) -> Bool { names.contains(where: matches) }
}
