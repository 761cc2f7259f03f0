/// What every release has of one kind, as a number a release: in so many characters each as the largest needs.
struct Column {
    /// A number a release, in the order of the catalogue.
    var codes: [Int]

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Characters a number.
    static func width(most: Int) -> Int {
        var width = 1
        var reach = 64
        while reach <= most {
            width += 1
            reach *= 64
        }
        return width
    }

    /// The numbers as text, the highest digit first.
    func text() -> String {
        let width = Self.width(most: codes.max() ?? 0)
        let bytes = [UInt8](unsafeUninitializedCapacity: codes.count * width) { out, count in
            for code in codes {
                for digit in stride(from: 6 * (width - 1), through: 0, by: -6) {
                    out[count] = Self.digits[code >> digit & 63]
                    count += 1
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A number with the precision that sorting and reading ask for, in order: 0 where there is none.
    static func rounded(_ value: Int?) -> Int {
        guard let value, value > 0 else { return 0 }
        let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
        let fraction = exponent >= 12 ? value >> (exponent - 12) & 4095 : value << (12 - exponent) & 4095
        return exponent * 4096 + fraction + 1
    }
}

/// Values that releases have, the catalogue's own number for each.
struct Values {
    /// The values, by number.
    let ids: [String]
    /// Releases that have each.
    let counts: [Int]
    /// Different values there are beyond those that have a number of their own.
    private let numbers: [String: Int]

    /// Stands for values beyond those that have a number.
    static let other = "other"

    /// - Parameters:
    ///   - counts: releases by value.
    ///   - known: values in their own order; those that nobody has are left out, others follow by how common they are.
    ///   - most: values that get a number.
    init(_ counts: [String: Int], known: [String] = [], most: Int) {
        let first = known.filter { counts[$0] != nil }
        let isKnown = Set(first)
        let rest = counts.filter { !isKnown.contains($0.key) }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        var ids = Array((first + rest).prefix(most))
        var own = ids.map { counts[$0] ?? 0 }
        let beyond = (first + rest).dropFirst(most).reduce(0) { $0 + (counts[$1] ?? 0) }
        numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($0.element, $0.offset) })
        if beyond > 0 {
            ids.append(Self.other)
            own.append(beyond)
        }
        self.ids = ids
        self.counts = own
    }

    /// The number of a value.
    subscript(id: String) -> Int { numbers[id] ?? max(0, ids.count - 1) }
}
