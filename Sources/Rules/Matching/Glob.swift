/// A shell pattern with `*` and `?`, compared without regard to case in time proportional to both lengths.
struct Glob: Sendable {
    let text: String
    /// Characters that are no wildcards.
    let literals: Int
    private let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        bytes = Array(text.lowercased().utf8)
        literals = bytes.count { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    }

    /// The part behind the account.
    var withoutOwner: Glob { text.firstIndex(of: "/").map { Glob(String(text[text.index(after: $0)...])) } ?? self }

    /// - Parameter name: lower case.
    func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (place, index) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while index < name.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place, index)
                place += 1
            } else if place < bytes.count, bytes[place] == name[index] || bytes[place] == UInt8(ascii: "?") {
                place += 1
                index += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                place = last.pattern + 1
                index = last.name + 1
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
