import OpenscanBytes

/// Zips written member by member, so that they can be written wrong.
struct ZipMaker {
    struct Member {
        var name: String
        var localName: String?
        var data: [UInt8]
        var flags: UInt16 = 0
        var localFlags: UInt16?
        var checksum: UInt32?
        var directoryOffset: Int?
    }

    var members: [Member]
    var head: [UInt8] = []
    var tail: [UInt8] = []
    /// Whether the end record only points at the one of zip64.
    var isWide = false

    /// The end record of zip64 (section 4.3.14).
    static func wideEndRecord(count: Int, size: Int, offset: Int) -> [UInt8] {
        [0x50, 0x4B, 6, 6] + littleEndian(UInt64(44)) + littleEndian(UInt16(45)) + littleEndian(UInt16(45))
            + [UInt8](repeating: 0, count: 8) + littleEndian(UInt64(count)) + littleEndian(UInt64(count))
            + littleEndian(UInt64(size)) + littleEndian(UInt64(offset))
    }

    func bytes() throws -> [UInt8] {
        var out = head
        var directory: [UInt8] = []
        for member in members {
            let sum = try member.checksum ?? Checksum.crc32(MemoryBytes(member.data))
            let offset = member.directoryOffset ?? out.count - head.count
            let local = Array((member.localName ?? member.name).utf8)
            let name = Array(member.name.utf8)
            let size = littleEndian(UInt32(member.data.count))
            out +=
                [0x50, 0x4B, 3, 4] + littleEndian(UInt16(20)) + littleEndian(member.localFlags ?? member.flags)
                + littleEndian(UInt16(0)) + littleEndian(UInt32(0)) + littleEndian(sum) + size + size
                + littleEndian(UInt16(local.count)) + littleEndian(UInt16(0)) + local + member.data
            directory +=
                [0x50, 0x4B, 1, 2] + littleEndian(UInt16(20)) + littleEndian(UInt16(20)) + littleEndian(member.flags)
                + littleEndian(UInt16(0)) + littleEndian(UInt32(0)) + littleEndian(sum) + size + size
            directory +=
                littleEndian(UInt16(name.count)) + [UInt8](repeating: 0, count: 12) + littleEndian(UInt32(offset))
                + name
        }
        let start = out.count - head.count
        out += directory
        if isWide {
            let place = out.count - head.count
            out += Self.wideEndRecord(count: members.count, size: directory.count, offset: start)
            out += [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + littleEndian(UInt64(place)) + littleEndian(UInt32(1))
        }
        let count = isWide ? .max : UInt16(members.count)
        out +=
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + littleEndian(count) + littleEndian(count)
            + littleEndian(isWide ? .max : UInt32(directory.count)) + littleEndian(isWide ? .max : UInt32(start))
            + [0, 0]
        return out + tail
    }
}
