import OpenscanBytes

/// Where sentences and list items begin, as token numbers.
struct Sentences {
    /// First token of each, and the number of tokens at the end.
    let bounds: [Int]

    init(_ tokens: Tokens, _ bytes: UnsafeRawBufferPointer) {
        var bounds = [0]
        for token in 1..<max(tokens.count, 1) {
            var index = Int(tokens.ends[token - 1])
            let end = Int(tokens.starts[token])
            var newlines = 0
            scan: while index < end {
                switch bytes[index] {
                case UInt8(ascii: "."), UInt8(ascii: ";"):
                    // "2.0" and "e.g." go on; a sentence ends before white space.
                    if index + 1 < bytes.count,
                        bytes[index + 1] == 0x20 || bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D
                            || bytes[index + 1] == UInt8(ascii: "*")
                    {
                        bounds.append(token)
                        break scan
                    }
                case 0x0A:
                    newlines += 1
                    if newlines > 1 {
                        bounds.append(token)
                        break scan
                    }
                case 0xE3 where bytes.starts(with: "。", at: index), 0xEF where bytes.starts(with: "；", at: index):
                    bounds.append(token)
                    break scan
                default: break
                }
                index += 1
            }
        }
        bounds.append(tokens.count)
        self.bounds = bounds
    }
}
