/// The number and the count in a shard's name.
public struct ShardName: Sendable, Hashable {
    /// Path without the numbers.
    public let set: String
    /// Which of the parts it is.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// `nil` for a path without such numbers.
    public init?(_ path: String) {
        let bytes = Array(path.utf8)
        let mark = Array("-of-".utf8)
        guard bytes.count > 8 else { return nil }
        for place in stride(from: bytes.count - mark.count - 1, to: 1, by: -1)
        where bytes[place..<place + mark.count].elementsEqual(mark) {
            var before = place
            var after = place + mark.count
            while before > 0, bytes[before - 1] >= 0x30, bytes[before - 1] <= 0x39 { before -= 1 }
            while after < bytes.count, bytes[after] >= 0x30, bytes[after] <= 0x39 { after += 1 }
            guard place - before > 0, place - before <= 6, after - place - mark.count > 0,
                after - place - mark.count <= 6
            else { return nil }
            guard let number = Int(String(decoding: bytes[before..<place], as: UTF8.self)),
                let count = Int(String(decoding: bytes[place + mark.count..<after], as: UTF8.self)), count > 0
            else { return nil }
            set = String(decoding: bytes[..<before] + bytes[place..<bytes.count], as: UTF8.self)
            self.number = number
            self.count = count
            return
        }
        return nil
    }
}
