/// A table of bits in bytes, as the index has them: a first look that most questions fail at.
extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    func hasBit(_ number: Int) -> Bool { self[number >> 3] & 1 << UInt8(number & 7) != 0 }
}

extension [UInt8] {
    /// Sets a bit of the table.
    public mutating func setBit(_ number: Int) { self[number >> 3] |= 1 << UInt8(number & 7) }
}
