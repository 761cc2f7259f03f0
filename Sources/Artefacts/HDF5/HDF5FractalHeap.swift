import OpenscanBytes

/// Managed objects of a fractal heap (HDF5 File Format Specification 3.0, III.G), found by a version 2 B-tree (III.A.2).
struct HDF5FractalHeap {
    private let idLength: Int
    private let offsetBytes: Int
    private let lengthBytes: Int
    private let width: Int
    private let startingSize: Int
    private let largestDirect: Int
    private let rootAddress: Int
    private let rootRows: Int
    private let isFiltered: Bool

    init(_ file: inout HDF5File, at address: Int) throws(ArtefactStop) {
        let (offset, length) = (file.offsetSize, file.lengthSize)
        let body = try file.block(at: address, count: 4 + 1 + 2 + 2 + 1 + 4 + 12 * length + 3 * offset + 10)
        guard body.starts(with: Array("FRHP".utf8)) else {
            throw .malformed(.badHeader, "no fractal heap", at: address)
        }
        var fields = HDF5Fields(body)
        try fields.skip(5)
        idLength = Int(try fields.uint16())
        isFiltered = try fields.uint16() > 0
        try fields.skip(1)
        let largestManaged = Int(try fields.uint32())
        try fields.skip(length + offset + length + offset + 8 * length)
        width = Int(try fields.uint16())
        startingSize = try fields.number(length)
        largestDirect = try fields.number(length)
        let heapBits = Int(try fields.uint16())
        try fields.skip(2)
        rootAddress = try fields.address(offset)
        rootRows = Int(try fields.uint16())
        offsetBytes = (heapBits + 7) / 8
        lengthBytes = max(1, (Int.bitWidth - min(largestDirect, max(1, largestManaged)).leadingZeroBitCount + 7) / 8)
        guard width > 0, width <= 1024, startingSize > 0, startingSize <= 1 << 30, largestDirect >= startingSize,
            largestDirect <= 1 << 30, offsetBytes <= 8, rootRows <= 64
        else {
            throw .malformed(.badHeader, "a fractal heap of impossible form", at: address)
        }
    }

    /// The bytes of every object that the index names.
    func objects(_ file: inout HDF5File, index: Int, recordPrefix: Int) throws(ArtefactStop) -> [[UInt8]] {
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
            guard offset >= 0, length >= 0, let place = try address(of: offset, &file) else { continue }
            out.append(try file.block(at: place, count: length))
        }
        return out
    }

    private func rowSize(_ row: Int) throws(ArtefactStop) -> Int {
        guard row >= 2 else { return startingSize }
        guard row - 1 <= 32 else { throw .malformed(.badHeader, "a fractal heap of more than 33 rows") }
        return startingSize << (row - 1)
    }

    /// Address in the file of a place in the heap.
    private func address(of heapOffset: Int, _ file: inout HDF5File) throws(ArtefactStop) -> Int? {
        guard rootAddress != HDF5File.undefined else { return nil }
        // A direct block's header counts as part of the heap's space.
        guard rootRows > 0 else { return try rootAddress.plus(heapOffset) }
        var block = rootAddress
        var rows = rootRows
        var offset = heapOffset
        for _ in 0..<16 {
            var row = 0
            var before = 0
            while row < rows {
                let end = try before.plus(try rowSize(row).times(width))
                if offset < end { break }
                before = end
                row += 1
            }
            guard row < rows else { return nil }
            let size = try rowSize(row)
            let column = (offset - before) / size
            let directRows = Self.directRows(startingSize, largestDirect)
            let entry = row * width + column
            let start = 5 + file.offsetSize + offsetBytes
            let place = try block.plus(start + entry * file.offsetSize)
            var fields = HDF5Fields(try file.block(at: place, count: file.offsetSize))
            let child = try fields.address(file.offsetSize)
            guard child != HDF5File.undefined else { return nil }
            offset -= before + column * size
            if row < directRows { return try child.plus(offset) }
            block = child
            rows = (Int.bitWidth - (size / (startingSize * width)).leadingZeroBitCount)
            guard rows > 0, rows <= 64 else { return nil }
        }
        return nil
    }

    private static func directRows(_ starting: Int, _ largest: Int) -> Int {
        var rows = 2
        var size = starting
        while size < largest, rows < 64 {
            size *= 2
            rows += 1
        }
        return rows
    }
}

/// Records of a version 2 B-tree.
enum HDF5BTree2 {
    static let recordLimit = 500_000

    static func records(_ file: inout HDF5File, at address: Int) throws(ArtefactStop) -> [[UInt8]] {
        let offset = file.offsetSize
        let head = try file.block(at: address, count: 16 + offset + 2 + file.lengthSize)
        guard head.starts(with: Array("BTHD".utf8)) else { throw .malformed(.badHeader, "no B-tree", at: address) }
        var fields = HDF5Fields(head)
        try fields.skip(6)
        let nodeSize = Int(try fields.uint32())
        let recordSize = Int(try fields.uint16())
        let depth = Int(try fields.uint16())
        try fields.skip(2)
        let root = try fields.address(offset)
        let count = Int(try fields.uint16())
        guard root != HDF5File.undefined else { return [] }
        guard recordSize > 0, recordSize <= 256, nodeSize >= 16, nodeSize <= 1 << 20, depth <= 16 else {
            throw .malformed(.badHeader, "a B-tree of impossible form", at: address)
        }
        // Records that fit in a node, level by level: their number gives the bytes that counts take.
        var most = [(nodeSize - 10) / recordSize]
        var total = [(nodeSize - 10) / recordSize]
        if depth > 0 {
            for level in 1...depth {
                let pointer = offset + bytes(most[level - 1]) + (level > 1 ? bytes(total[level - 1]) : 0)
                let here = max(0, (nodeSize - 10 - pointer) / (recordSize + pointer))
                most.append(here)
                total.append(min(1 << 40, here + (here + 1) * total[level - 1]))
            }
        }
        var out: [[UInt8]] = []
        var pending = [(address: root, count: count, level: depth)]
        while let node = pending.popLast() {
            guard out.count <= recordLimit, node.count <= most[node.level] else {
                throw .malformed(.countTooLarge, "a B-tree node of \(node.count) records", at: node.address)
            }
            let body = try file.block(at: node.address, count: nodeSize)
            guard body.starts(with: Array((node.level == 0 ? "BTLF" : "BTIN").utf8)) else {
                throw .malformed(.badHeader, "no node of a B-tree", at: node.address)
            }
            var fields = HDF5Fields(body)
            try fields.skip(6)
            for _ in 0..<node.count { out.append(try fields.take(recordSize)) }
            guard node.level > 0 else { continue }
            for _ in 0...node.count {
                let child = try fields.address(offset)
                let records = try fields.number(bytes(most[node.level - 1]))
                if node.level > 1 { try fields.skip(bytes(total[node.level - 1])) }
                pending.append((child, records, node.level - 1))
            }
        }
        return out
    }

    private static func bytes(_ most: Int) -> Int { max(1, (Int.bitWidth - most.leadingZeroBitCount + 7) / 8) }
}
