/// Pickles in zips and tars: one that calls `os.system`, one that does nothing.
enum Payload {
    static let dangerous: [UInt8] =
        [0x80, 2] + Array("cos\nsystem\nU\u{2}id".utf8) + [0x85, UInt8(ascii: "R"), UInt8(ascii: ".")]
    static let harmless: [UInt8] = [0x80, 2] + Array("}.".utf8)
}
