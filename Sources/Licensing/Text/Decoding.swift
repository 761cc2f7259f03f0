import OpenscanBytes

/// Brings bytes of text files to UTF-8.
public enum Decoding {
    /// Encodings that are told apart; `latin1` is read as Windows-1252, and is what is left when no other fits.
    public enum Encoding: String, Sendable { case utf8, utf16LittleEndian, utf16BigEndian, latin1 }

    /// Guesses by byte order mark, by zero bytes, then by validity.
    public static func encoding(of bytes: UnsafeRawBufferPointer) -> Encoding {
        if bytes.count >= 2 {
            if bytes[0] == 0xFF, bytes[1] == 0xFE { return .utf16LittleEndian }
            if bytes[0] == 0xFE, bytes[1] == 0xFF { return .utf16BigEndian }
            let sample = min(bytes.count & ~1, 512)
            var (even, odd) = (0, 0)
            var index = 0
            while index < sample {
                if bytes[index] == 0 { even += 1 }
                if bytes[index + 1] == 0 { odd += 1 }
                index += 2
            }
            if sample >= 16 {
                if odd > sample / 3, even == 0 { return .utf16LittleEndian }
                if even > sample / 3, odd == 0 { return .utf16BigEndian }
            }
        }
        // A text that was cut may end inside a character.
        let whole = bytes.count > 4 ? UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - 3)]) : bytes
        return isASCII(whole) || isUTF8(bytes) ? .utf8 : .latin1
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index + 32 <= bytes.count {
            let joined = bytes.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            if (joined[0] | joined[1] | joined[2] | joined[3]) & 0x8080_8080_8080_8080 != 0 { return false }
            index += 32
        }
        return bytes[index...].allSatisfy { $0 < 0x80 }
    }

    private static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            let length =
                lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0
            guard length > 0 else { return false }
            for step in 1..<length {
                guard index + step < bytes.count else { return true }
                guard bytes[index + step] & 0xC0 == 0x80 else { return false }
            }
            index += length
        }
        return true
    }

    /// UTF-8 bytes for `bytes`; `nil` when they are UTF-8 already. Line ends of old Macs become newlines, so that lines can be counted.
    public static func utf8(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        let guessed = encoding(of: bytes)
        switch guessed {
        case .utf8:
            guard bytes.contains(byte: 0x0D), !bytes.contains(byte: 0x0A) else { return nil }
            return bytes.map { $0 == 0x0D ? 0x0A : $0 }
        case .latin1:
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count + bytes.count / 16)
            for byte in bytes { append(UInt32(windows1252[Int(byte)] ?? UInt16(byte)), to: &out) }
            return out
        case .utf16LittleEndian, .utf16BigEndian:
            var units: [UInt16] = []
            units.reserveCapacity(bytes.count / 2)
            var index = 0
            while index + 1 < bytes.count {
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                units.append(guessed == .utf16LittleEndian ? first | second << 8 : first << 8 | second)
                index += 2
            }
            if units.first == 0xFEFF { units.removeFirst() }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        }
    }

    /// What Windows-1252 has where Latin-1 has control characters: quotes and dashes that licences use.
    private static let windows1252: [UInt16?] = {
        var table = [UInt16?](repeating: nil, count: 256)
        for (byte, scalar) in [
            (0x91, 0x2018), (0x92, 0x2019), (0x93, 0x201C), (0x94, 0x201D), (0x95, 0x2022), (0x96, 0x2013),
            (0x97, 0x2014), (0x85, 0x2026), (0x80, 0x20AC),
        ] {
            table[byte] = UInt16(scalar)
        }
        return table
    }()

    private static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        if scalar < 0x80 {
            out.append(UInt8(scalar))
        } else if scalar < 0x800 {
            out.append(UInt8(0xC0 | scalar >> 6))
            out.append(UInt8(0x80 | scalar & 0x3F))
        } else {
            out.append(UInt8(0xE0 | scalar >> 12))
            out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            out.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}
