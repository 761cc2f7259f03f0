import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// Loaders that read the same bytes in different ways.
enum PickleReading: Int {
    /// joblib: bytes of arrays stand between the opcodes.
    case arrays
    /// pickle.load: whatever follows is an opcode.
    case plain
    /// CPython's reader in C from a file (Modules/_pickle.c, `_Unpickler_ReadImpl`, `_Unpickler_Readline`): what is left of a frame is
    /// dropped where an argument needs more.
    case dropping
}

/// Whole numbers on lines.
enum PickleNumber {
    /// The value as `int(line, base)` has it, C's octal numbers and lines that a zero ends for C included.
    ///
    /// A number that fits in no `Int` has a value of its own behind all that do, since Python's memo takes any; `nil` for what is no
    /// number, or a large one where the base is left to the prefix (of those nothing is asked for).
    static func value(_ line: UnsafeRawBufferPointer, base: Int) -> Int? {
        var digits = line.prefix { $0 != 0 }
        while let first = digits.first, isSpace(first) { digits.removeFirst() }
        if base == 0, digits.last == UInt8(ascii: "L") { digits.removeLast() }
        while let last = digits.last, isSpace(last) { digits.removeLast() }
        var isNegative = false
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            digits.removeFirst()
        }
        var radix = base == 0 ? 10 : base
        if base == 0, digits.count > 1, digits.first == UInt8(ascii: "0") {
            let letter = digits[digits.startIndex + 1] | 0x20
            radix = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2][letter] ?? 8
            if letter >= UInt8(ascii: "a") {
                digits = digits.dropFirst(2)
                if digits.first == UInt8(ascii: "_") { digits.removeFirst() }
            }
        }
        return value(of: digits, radix: radix, isNegative: isNegative, base: base)
    }

    private static func value(of digits: Slice<UnsafeRawBufferPointer>, radix: Int, isNegative: Bool, base: Int) -> Int?
    {
        var value = 0
        var isLarge = false
        var hash: UInt64 = 0
        var isBehindDigit = false
        for byte in digits {
            if byte == UInt8(ascii: "_"), isBehindDigit {
                isBehindDigit = false
                continue
            }
            guard let digit = Unicode.Scalar(byte).properties.isASCIIHexDigit ? hexadecimal(byte) : nil, digit < radix
            else { return nil }
            isBehindDigit = true
            hash = SeenKeys.mix(hash, UInt64(digit) &+ (hash == 0 && digit == 0 ? 0 : 1))
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            let (sum, carry) =
                isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            isLarge = isLarge || overflow || carry
            value = sum
        }
        guard isBehindDigit else { return nil }
        if !isLarge { return value }
        return base == 0 || isNegative ? nil : Int(hash >> 2 | 1 << 61)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    private static func hexadecimal(_ byte: UInt8) -> Int {
        byte <= UInt8(ascii: "9") ? Int(byte) - 0x30 : Int(byte | 0x20) - 0x57
    }
}

extension ByteCursor {
    /// Goes behind the next line feed, however far it is.
    ///
    /// - Returns: bytes in front of it; without one all that are left but the last.
    func passLine() throws(ArtefactStop) -> Int {
        let start = offset
        while true {
            let bytes = try peek(upTo: ByteCursor.windowSize)
            guard let base = bytes.baseAddress, !bytes.isEmpty else {
                guard offset > start else { throw .malformed(.truncated, "a line without an end", at: offset) }
                return offset - start - 1
            }
            if let hit = memchr(base, 0x0A, bytes.count) {
                try skip(UnsafeRawPointer(hit) - base + 1)
                return offset - start - 1
            }
            try skip(bytes.count)
        }
    }
}
