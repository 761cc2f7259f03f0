/// What stands on the simulated stack: enough to follow names and shapes, no more. 16 bytes.
enum PickleValue {
    /// A number or buffer, of which only the presence is known.
    case opaque
    /// Something that could be anything: it was not kept.
    case lost
    /// So many values of a long stack that were not kept.
    case left(Int)
    case none
    case int(Int)
    /// A string, by its place in the file.
    case text(offset: Int, count: UInt32, form: PickleTextForm)
    case bytes(offset: Int, count: UInt32)
    /// A name that was looked up; index into the table of globals.
    case global(Int32)
    /// A container or the result of a call; index into the heap.
    case node(Int32)
}

/// How a string is written in the stream.
enum PickleTextForm: UInt8 {
    /// UTF-8 as it is.
    case plain
    /// Python's repr, in quotes (protocol 0).
    case quoted
    /// Raw Unicode escapes (protocol 0).
    case escaped
}

/// Containers and results of calls of one stream, within a bound: later ones are lost.
struct PickleHeap {
    enum Kind: UInt8 { case tuple, list, dict, set, call, persistent }

    private struct Node {
        var kind: Kind
        /// Whether it was given its state.
        var isBuilt = false
        /// Global that was called, -1 for none or something computed.
        var callable: Int32 = -1
        var head: Int32 = -1
        var tail: Int32 = -1
        /// Items that were kept.
        var count: Int32 = 0
    }

    private struct Cell {
        let value: PickleValue
        var next: Int32
    }

    private var nodes: [Node] = []
    private var cells: [Cell] = []

    static let nodeLimit = 600_000
    static let cellLimit = 900_000
    private static let smallHeap = 1 << 15
    /// Items that are kept of one container; the rest is counted.
    static let itemsKept = 64

    mutating func make(_ kind: Kind, callable: Int32 = -1) -> PickleValue {
        guard nodes.count < Self.nodeLimit else { return .lost }
        // Growing by doubling would hold two copies of a large heap for a moment.
        if nodes.count == Self.smallHeap { nodes.reserveCapacity(Self.nodeLimit) }
        nodes.append(Node(kind: kind, callable: callable))
        return .node(Int32(nodes.count - 1))
    }

    mutating func append(_ value: PickleValue, to container: PickleValue) {
        guard case .node(let index) = container else { return }
        let place = Int(index)
        // Of a list nothing is asked for.
        guard nodes[place].kind != .list, nodes[place].kind != .set, nodes[place].count < Self.itemsKept,
            cells.count < Self.cellLimit
        else { return }
        nodes[place].count += 1
        if cells.count == Self.smallHeap { cells.reserveCapacity(Self.cellLimit) }
        cells.append(Cell(value: value, next: -1))
        let cell = Int32(cells.count - 1)
        if nodes[place].tail >= 0 { cells[Int(nodes[place].tail)].next = cell } else { nodes[place].head = cell }
        nodes[place].tail = cell
    }

    func kind(_ value: PickleValue) -> Kind? {
        if case .node(let index) = value { nodes[Int(index)].kind } else { nil }
    }

    mutating func markBuilt(_ value: PickleValue) {
        if case .node(let index) = value, nodes[Int(index)].kind == .call { nodes[Int(index)].isBuilt = true }
    }

    func isBuilt(_ value: PickleValue) -> Bool {
        if case .node(let index) = value { nodes[Int(index)].isBuilt } else { false }
    }

    func callable(_ value: PickleValue) -> Int32? {
        guard case .node(let index) = value, nodes[Int(index)].kind == .call, nodes[Int(index)].callable >= 0 else {
            return nil
        }
        return nodes[Int(index)].callable
    }

    /// The items that were kept.
    func items(_ value: PickleValue) -> [PickleValue] {
        guard case .node(let index) = value else { return [] }
        var out: [PickleValue] = []
        var cell = nodes[Int(index)].head
        while cell >= 0 {
            out.append(cells[Int(cell)].value)
            cell = cells[Int(cell)].next
        }
        return out
    }
}

/// What a stream has put aside by number.
struct PickleMemo {
    /// Slots from the first on; `nil` for numbers that were left out.
    private var dense: [PickleValue?] = []
    /// Behind the dense part: the last string or name that fell on each slot.
    private var recent: [(index: Int, value: PickleValue)] = []
    /// Behind the dense part everything below this number was put, but for `holes`.
    private var tail = PickleMemo.denseLimit
    private var holes: Set<Int> = []
    /// Numbers far from all others.
    private var far: Set<Int> = []
    /// Slots that are filled. MEMOIZE puts at this number (CPython Modules/_pickle.c, `memo_len`), whatever the highest is.
    private(set) var count = 0
    private var highest = -1
    private(set) var isBeyondReason = false
    /// Whether more numbers lie apart than are kept: which slots are filled is known no longer.
    private(set) var isUncountable = false

    private static let denseLimit = 700_000
    private static let recentSlots = 1 << 14
    /// Numbers that a pickler would not leave out.
    private static let widestGap = 1 << 16
    private static let apartLimit = 1 << 16

    mutating func memoize(_ value: PickleValue) { put(count, value) }

    mutating func put(_ index: Int, _ value: PickleValue) {
        if index > highest, index - max(highest, 0) > Self.widestGap { isBeyondReason = true }
        if !isFilled(index) { count += 1 }
        highest = max(highest, index)
        if index < dense.count {
            dense[index] = value
        } else if index < Self.denseLimit, index - dense.count < Self.widestGap {
            if index >= 1 << 15, dense.capacity < Self.denseLimit { dense.reserveCapacity(Self.denseLimit) }
            while dense.count < index { dense.append(nil) }
            dense.append(value)
        } else {
            fill(index)
            keep(index, value)
        }
    }

    private func isFilled(_ index: Int) -> Bool {
        if index < dense.count, dense[index] != nil { return true }
        if index >= Self.denseLimit, index < tail { return !holes.contains(index) }
        return far.contains(index)
    }

    private mutating func fill(_ index: Int) {
        if index >= Self.denseLimit, index < tail {
            holes.remove(index)
        } else if index >= Self.denseLimit, index - tail < Self.widestGap,
            holes.count + (index - tail) <= Self.apartLimit
        {
            for hole in tail..<index where !far.contains(hole) { holes.insert(hole) }
            tail = index + 1
        } else if far.count < Self.apartLimit {
            far.insert(index)
        } else if !far.contains(index) {
            isUncountable = true
        }
    }

    private mutating func keep(_ index: Int, _ value: PickleValue) {
        switch value {
        case .text, .global: break
        default:
            // What was kept there before holds no longer.
            if !recent.isEmpty, recent[index & (Self.recentSlots - 1)].index == index {
                recent[index & (Self.recentSlots - 1)] = (-1, .lost)
            }
            return
        }
        if recent.isEmpty { recent = Array(repeating: (-1, .lost), count: Self.recentSlots) }
        recent[index & (Self.recentSlots - 1)] = (index, value)
    }

    /// `nil` for a number that was never put.
    func get(_ index: Int) -> PickleValue? {
        if index < dense.count, let value = dense[index] { return value }
        guard isFilled(index) else { return isUncountable && index <= highest ? .lost : nil }
        if !recent.isEmpty, case let kept = recent[index & (Self.recentSlots - 1)], kept.index == index {
            return kept.value
        }
        return .lost
    }
}
