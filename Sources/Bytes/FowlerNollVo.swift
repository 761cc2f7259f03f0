/// The hash of Fowler, Noll and Vo, form 1a, 64 bits: tells one edition of data from another, and withstands nobody.
public enum FowlerNollVo {
    /// The hash of bytes.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
