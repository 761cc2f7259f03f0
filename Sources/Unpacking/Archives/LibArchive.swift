import COpenscanArchive
import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// libarchive over bytes of ours: tar, 7z, cpio, rar, cab, ar, zip as a stream, with every usual compressor.
final class LibArchive {
    struct Header {
        let name: [UInt8]
        let size: Int?
        let type: mode_t
        let linkTarget: String?
        let isEncrypted: Bool
    }

    private let handle: OpaquePointer
    private let input: Input
    private let path: String
    /// Bytes of members that came out so far.
    private var expanded = 0
    /// Whether the current member's header announces a size.
    private var knowsSize = false

    /// Where libarchive's callbacks find their bytes.
    private final class Input {
        let random: (any RandomAccessBytes)?
        let stream: (any ByteStream)?
        var offset = 0
        var failure: ReadError?
        let buffer: UnsafeMutableRawBufferPointer
        /// Compressors fill their blocks with zeros and read on through them, however many there are.
        private let endsAtZeros: Bool
        private var zeroRun = 0
        /// Whether bytes behind a run of zeros are kept back.
        private(set) var wasCut = false

        init(random: (any RandomAccessBytes)?, stream: (any ByteStream)?, isCompressed: Bool) {
            let blockSize = random == nil || isCompressed ? LibArchive.streamingBlock : LibArchive.seekingBlock
            buffer = .allocate(byteCount: blockSize, alignment: 4096)
            self.random = random
            self.stream = stream
            endsAtZeros = isCompressed
        }

        deinit { buffer.deallocate() }

        /// Whether the first `count` bytes of the buffer are zeros; a run that begins inside a block counts from the next one.
        private func isZero(_ count: Int) -> Bool {
            let block = UnsafeRawBufferPointer(buffer).slice(0..<count)
            guard block.first == 0, block.last == 0, let base = block.baseAddress else { return false }
            return memcmp(base, base + 1, block.count - 1) == 0
        }

        /// Passes over up to `wanted` bytes of what can be read at any offset; says how many.
        func skip(_ wanted: Int64) -> Int {
            let here = FileNumber(count: offset)
            let left = FileNumber(count: random?.knownByteCount ?? 0).subtracting(here) ?? .zero
            let count = min(left, FileNumber(exactly: wanted) ?? .zero)
            offset = here.adding(count)?.value ?? offset
            return count.value
        }

        func read() -> Int {
            if wasCut { return 0 }
            do throws(ReadError) {
                let got =
                    if let random { try random.read(at: offset, into: buffer) } else {
                        try stream?.read(into: buffer) ?? 0
                    }
                offset += got
                guard endsAtZeros else { return got }
                zeroRun = isZero(got) ? zeroRun + got : 0
                wasCut = zeroRun >= LibArchive.longestZeroRun
                return wasCut ? 0 : got
            } catch {
                failure = error
                return -1
            }
        }
    }

    /// Zeros in a row behind which a compressed input is over: no compressor writes as many, and a sparse file has any number.
    private static let longestZeroRun = 16 << 20

    /// Where members are skipped by seeking, a block is only the next header; a compressor wants more at a time.
    private static let seekingBlock = 16 << 10, streamingBlock = 128 << 10

    convenience init(_ bytes: any RandomAccessBytes, path: String, isCompressed: Bool) throws(ReadError) {
        try self.init(Input(random: bytes, stream: nil, isCompressed: isCompressed), path: path)
    }

    convenience init(_ stream: any ByteStream, path: String, isCompressed: Bool) throws(ReadError) {
        try self.init(Input(random: nil, stream: stream, isCompressed: isCompressed), path: path)
    }

    /// One compressed stream that is no archive: its only member is what it expands to.
    convenience init(compressed stream: any ByteStream, path: String) throws(ReadError) {
        try self.init(Input(random: nil, stream: stream, isCompressed: true), path: path, isRaw: true)
    }

    private init(_ input: Input, path: String, isRaw: Bool = false) throws(ReadError) {
        guard let handle = archive_read_new() else { throw .badArchive(path: path, message: "out of memory") }
        self.handle = handle
        self.input = input
        self.path = path
        for enable in [
            archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
            archive_read_support_filter_lzma,
            archive_read_support_filter_lzip, archive_read_support_filter_zstd, archive_read_support_filter_lz4,
            archive_read_support_filter_compress,
        ] { _ = enable(handle) }
        let formats =
            isRaw
            ? [archive_read_support_format_raw]
            : [
                archive_read_support_format_tar, archive_read_support_format_gnutar, archive_read_support_format_7zip,
                archive_read_support_format_cpio,
                archive_read_support_format_zip_streamable, archive_read_support_format_rar,
                archive_read_support_format_rar5,
                archive_read_support_format_cab, archive_read_support_format_ar, archive_read_support_format_lha,
            ]
        for enable in formats { _ = enable(handle) }
        if input.random != nil, !isRaw { archive_read_support_format_zip_seekable(handle) }
        archive_read_set_callback_data(handle, Unmanaged.passUnretained(input).toOpaque())
        archive_read_set_read_callback(handle) { _, client, block in
            guard let client else { return -1 }
            let input = Unmanaged<Input>.fromOpaque(client).takeUnretainedValue()
            let got = input.read()
            block?.pointee = UnsafeRawPointer(input.buffer.baseAddress)
            return got
        }
        if input.random != nil {
            archive_read_set_skip_callback(handle) { _, client, request in
                guard let client, request > 0 else { return 0 }
                let input = Unmanaged<Input>.fromOpaque(client).takeUnretainedValue()
                return la_int64_t(input.skip(request))
            }
            archive_read_set_seek_callback(handle) { _, client, offset, whence in
                guard let client else { return la_int64_t(ARCHIVE_FATAL) }
                let input = Unmanaged<Input>.fromOpaque(client).takeUnretainedValue()
                let size = input.random?.knownByteCount ?? 0
                let from = FileNumber(count: whence == SEEK_SET ? 0 : whence == SEEK_CUR ? input.offset : size)
                guard let target = from.adding(Int(offset)) else { return la_int64_t(ARCHIVE_FATAL) }
                input.offset = target.value
                return la_int64_t(target.value)
            }
        }
        guard archive_read_open1(handle) >= ARCHIVE_WARN else { throw problem }
    }

    deinit { archive_read_free(handle) }

    private var problem: ReadError {
        if let failure = input.failure { return failure }
        let words = archive_error_string(handle).map { String(cString: $0) } ?? "damaged"
        return .badArchive(path: path, message: words)
    }

    /// The next member's header, `nil` at the end.
    func next() throws(ReadError) -> Header? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(handle, &entry)
        if status == ARCHIVE_EOF { return nil }
        guard status >= ARCHIVE_WARN, status != ARCHIVE_RETRY, let entry else { throw problem }
        let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
        knowsSize = archive_entry_size_is_set(entry) != 0
        let target = archive_entry_symlink_utf8(entry) ?? archive_entry_hardlink_utf8(entry)
        return Header(
            name: name.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? [],
            size: knowsSize ? Int(archive_entry_size(entry)) : nil,
            type: archive_entry_hardlink(entry) != nil ? FileSystem.linkType : archive_entry_filetype(entry),
            linkTarget: target.map { String(cString: $0) },
            isEncrypted: archive_entry_is_data_encrypted(entry) != 0)
    }

    /// Whether the input was ended at a run of zeros.
    var wasCut: Bool { input.wasCut }

    /// Whether bytes are decompressed on the way, so that skipping costs as much as reading.
    var isCompressed: Bool {
        if archive_filter_count(handle) > 1 { return true }
        switch archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK {
        // These compress members, not the whole, and find the next one by expanding this one.
        case ARCHIVE_FORMAT_7ZIP, ARCHIVE_FORMAT_RAR, ARCHIVE_FORMAT_RAR_V5, ARCHIVE_FORMAT_CAB, ARCHIVE_FORMAT_LHA:
            return true
        // So does a zip that is read front to back, where the size stands behind the data.
        case ARCHIVE_FORMAT_ZIP: return !knowsSize
        default: return false
        }
    }

    /// Compressed bytes taken in and expanded bytes given out so far.
    var progress: (consumed: Int, produced: Int) {
        (Int(archive_filter_bytes(handle, -1)), max(Int(archive_filter_bytes(handle, 0)), expanded))
    }

    /// Passes over the rest of the member's data in steps, asking before each whether to go on.
    func skipData(_ goOn: () -> Bool) throws(ReadError) -> Bool {
        guard isCompressed else {
            archive_read_data_skip(handle)
            return true
        }
        var block: UnsafeRawPointer?
        var count = 0
        var offset: la_int64_t = 0
        while true {
            let status = archive_read_data_block(handle, &block, &count, &offset)
            if status == ARCHIVE_EOF { return true }
            // A damaged member is over; the next header decides whether the archive goes on.
            guard status >= ARCHIVE_WARN else { return true }
            expanded += count
            guard goOn() else { return false }
        }
    }

    func readData(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        let got = archive_read_data(handle, buffer.baseAddress, buffer.count)
        guard got >= 0 else { throw problem }
        expanded += got
        return got
    }
}

/// One member of a libarchive stream, readable while it is the current one.
final class MemberStream: ByteStream {
    private let archive: LibArchive
    private let goOn: () -> Bool

    init(_ archive: LibArchive, goOn: @escaping () -> Bool) {
        self.archive = archive
        self.goOn = goOn
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard goOn() else { return 0 }
        return try archive.readData(into: buffer)
    }
}
