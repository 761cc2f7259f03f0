/// Little-endian numbers, as the index has them.
extension [UInt8] {
    mutating func append(number value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// The bytes of numbers one after the other.
    init(numbers: [some FixedWidthInteger]) {
        self = numbers.map(\.littleEndian).withUnsafeBytes { Array($0) }
    }
}
