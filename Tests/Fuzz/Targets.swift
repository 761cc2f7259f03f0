// What libFuzzer calls; the reader is chosen by FUZZ_TARGET. Compiled with the sources of the readers as one module.
#if canImport(Glibc)
import Glibc
#endif

private final class FuzzBytes: RandomAccessBytes {
    let bytes: [UInt8]
    let byteCount: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        byteCount = bytes.count
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
        return count
    }
}

private let target = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "safetensors"

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: data, count: count))
    let content = EntryContent(FuzzBytes(bytes), buffer: PrefixBuffer(capacity: 4096))
    switch target {
    case "gguf": _ = try? GGUF.read(content, fileSize: count, limits: Limits())
    case "json": _ = bytes.withUnsafeBytes { try? JSONValue.parse($0) }
    case "index": _ = bytes.withUnsafeBytes { ShardIndex.read($0) }
    default: _ = try? Safetensors.read(content, fileSize: count, limits: Limits())
    }
    withExtendedLifetime(content) {}
    return 0
}
