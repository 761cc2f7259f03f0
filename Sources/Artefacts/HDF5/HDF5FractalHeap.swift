import OpenscanBytes

/// Managed objects of a fractal heap (HDF5 File Format Specification 3.0, III.G), found by a version 2 B-tree (III.A.2).
struct HDF5FractalHeap {
    private let idLength: Int
    private let offsetBytes: Int
    private let lengthBytes: Int
    private let width: FileNumber
    private let startingSize: FileNumber
    private let largestDirect: FileNumber
    private let rootAddress: FileNumber?
    private let rootRows: Int
    private let isFiltered: Bool

    init(_ file: inout HDF5File, at address: FileNumber) throws(ArtefactStop) {
        let (offset, length) = (file.offsetSize, file.lengthSize)
        let body = try file.block(at: address, count: 4 + 1 + 2 + 2 + 1 + 4 + 12 * length + 3 * offset + 10)
        guard body.starts(with: Array("FRHP".utf8)) else {
            throw .malformed(.badHeader, "no fractal heap", at: address.value)
        }
        var fields = HDF5Fields(body)
        try fields.skip(5)
        idLength = try fields.small(2)
        isFiltered = try fields.uint16() > 0
        try fields.skip(1)
        let largestManaged = try fields.number(4)
        try fields.skip(length + offset + length + offset + 8 * length)
        width = try fields.number(2)
        startingSize = try fields.number(length)
        largestDirect = try fields.number(length)
        let heapBits = try fields.small(2)
        try fields.skip(2)
        rootAddress = try fields.address(offset)
        rootRows = try fields.small(2)
        offsetBytes = (heapBits + 7) / 8
        lengthBytes = HDF5BTree2.bytes(min(largestDirect, largestManaged))
        guard width > 0, width <= 1024, startingSize > 0, startingSize <= 1 << 30, largestDirect >= startingSize,
            largestDirect <= 1 << 30, offsetBytes <= 8, rootRows <= 64
        else {
            throw .malformed(.badHeader, "a fractal heap of impossible form", at: address.value)
        }
    }

    /// The bytes of every object that the index names.
    func objects(_ file: inout HDF5File, index: FileNumber, recordPrefix: Int) throws(ArtefactStop) -> [[UInt8]] {
        guard !isFiltered else { throw .notInspected("a compressed heap of names") }
        var out: [[UInt8]] = []
        for id in try HDF5BTree2.records(&file, at: index) {
            let heapID = Array(id.dropFirst(recordPrefix).prefix(idLength))
            guard let first = heapID.first, first & 0x30 == 0, heapID.count >= 1 + offsetBytes + lengthBytes else {
                continue
            }
            var fields = HDF5Fields(heapID)
            try fields.skip(1)
            let offset = try fields.number(offsetBytes)
            let length = try fields.number(lengthBytes)
            guard let place = try address(of: offset, &file) else { continue }
            out.append(try file.block(at: place, count: length))
        }
        return out
    }

    private func rowSize(_ row: Int) throws(ArtefactStop) -> FileNumber {
        guard row >= 2 else { return startingSize }
        guard row - 1 <= 32 else { throw .malformed(.badHeader, "a fractal heap of more than 33 rows") }
        return try startingSize * (1 << (row - 1))
    }

    /// Address in the file of a place in the heap.
    private func address(of heapOffset: FileNumber, _ file: inout HDF5File) throws(ArtefactStop) -> FileNumber? {
        guard let rootAddress else { return nil }
        // A direct block's header counts as part of the heap's space.
        guard rootRows > 0 else { return try rootAddress + heapOffset }
        var block = rootAddress
        var rows = rootRows
        var offset = heapOffset
        for _ in 0..<16 {
            var row = 0
            while row < rows {
                let space = try rowSize(row) * width
                if offset < space { break }
                offset = try offset - space
                row += 1
            }
            guard row < rows else { return nil }
            let size = try rowSize(row)
            let column = try offset / size.value
            let entry = try width * row + column
            let place = try block + (5 + file.offsetSize + offsetBytes) + entry * file.offsetSize
            var fields = HDF5Fields(try file.block(at: place, count: file.offsetSize))
            guard let child = try fields.address(file.offsetSize) else { return nil }
            offset = try offset - column * size
            if row < directRows { return try child + offset }
            block = child
            rows = Int.bitWidth - (try size / (startingSize * width).value).value.leadingZeroBitCount
            guard rows > 0, rows <= 64 else { return nil }
        }
        return nil
    }

    /// Rows of blocks that hold objects, and not further blocks.
    private var directRows: Int {
        var rows = 2
        var size = startingSize
        while size < largestDirect, rows < 64, let next = size.multiplied(by: 2) {
            size = next
            rows += 1
        }
        return rows
    }
}

/// Records of a version 2 B-tree.
enum HDF5BTree2 {
    static let recordLimit = 500_000

    static func records(_ file: inout HDF5File, at address: FileNumber) throws(ArtefactStop) -> [[UInt8]] {
        let offset = file.offsetSize
        let head = try file.block(at: address, count: 16 + offset + 2 + file.lengthSize)
        guard head.starts(with: Array("BTHD".utf8)) else {
            throw .malformed(.badHeader, "no B-tree", at: address.value)
        }
        var fields = HDF5Fields(head)
        try fields.skip(6)
        let nodeSize = try fields.number(4)
        let recordSize = try fields.small(2)
        let depth = try fields.small(2)
        try fields.skip(2)
        let root = try fields.address(offset)
        let count = try fields.number(2)
        guard let root else { return [] }
        guard recordSize > 0, recordSize <= 256, nodeSize >= 16, nodeSize <= 1 << 20, depth <= 16 else {
            throw .malformed(.badHeader, "a B-tree of impossible form", at: address.value)
        }
        // Records that fit in a node, level by level: their number gives the bytes that counts take.
        let room = try nodeSize - 10
        let inLeaf = try room / recordSize
        var levels = [(most: inLeaf, total: inLeaf)]
        for level in 0..<depth {
            let below = levels[level]
            let pointer = offset + bytes(below.most) + (level > 0 ? bytes(below.total) : 0)
            let here = try (room.subtracting(pointer) ?? .zero) / (recordSize + pointer)
            let total = try here + (here + 1) * below.total
            levels.append((here, min(FileNumber(count: 1 << 40), total)))
        }
        var out: [[UInt8]] = []
        var pending = [(address: root, count: count, level: depth)]
        while let node = pending.popLast() {
            guard out.count <= recordLimit, node.count <= levels[node.level].most else {
                throw .malformed(.countTooLarge, "a B-tree node of \(node.count) records", at: node.address.value)
            }
            let body = try file.block(at: node.address, count: nodeSize)
            guard body.starts(with: Array((node.level == 0 ? "BTLF" : "BTIN").utf8)) else {
                throw .malformed(.badHeader, "no node of a B-tree", at: node.address.value)
            }
            var fields = HDF5Fields(body)
            try fields.skip(6)
            for _ in node.count.indices() { out.append(try fields.take(recordSize)) }
            guard node.level > 0 else { continue }
            let below = node.level - 1
            for _ in try (node.count + 1).indices() {
                let child = try fields.place(offset)
                let records = try fields.number(bytes(levels[below].most))
                if below > 0 { try fields.skip(bytes(levels[below].total)) }
                pending.append((child, records, below))
            }
        }
        return out
    }

    /// Bytes that a number up to `most` takes.
    static func bytes(_ most: FileNumber) -> Int {
        max(1, (Int.bitWidth - most.value.leadingZeroBitCount + 7) / 8)
    }
}
