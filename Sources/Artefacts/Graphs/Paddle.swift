import OpenscanBytes
import OpenscanFacts

/// PaddlePaddle: programs (paddle/fluid/framework/framework.proto), combined parameters, and parameters as pickle.
enum Paddle {
    static let program = ArtefactFormat(
        id: "paddle", kind: .weights, name: { $0.hasEnding(".pdmodel", ".pdiparams", "__model__") && !$0.isText },
        read: read)
    static let parameters = ArtefactFormat(
        id: "paddle", kind: .weights, isPickle: true,
        magic: { PickleStart.hasMarker($0.bytes) && $0.hasEnding(".pdparams", ".pdopt") },
        name: { $0.hasEnding(".pdparams", ".pdopt") && !$0.isText }, read: readPickle)

    private static let types: [Int: (String, bytes: Int)] = [
        0: ("bool", 1), 1: ("int16", 2), 2: ("int32", 4), 3: ("int64", 8), 4: ("float16", 2), 5: ("float32", 4),
        6: ("float64", 8), 19: ("size_t", 8), 20: ("uint8", 1), 21: ("int8", 1), 22: ("bfloat16", 2),
        23: ("complex64", 8), 24: ("complex128", 16),
    ]

    private static func readPickle(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        facts.find(.picklePresent, .info, "parameters as pickle: it can run code when it is loaded")
        _ = PickleScan.scan(input.cursor(), context: .arrays, facts: &facts, limits: input.limits)
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        if input.name.hasSuffix(".pdiparams") { return try combined(&facts, input) }
        let cursor = input.cursor()
        var operators = 0
        var python = 0
        var variables = 0
        var tensors: [(Int, [Int])] = []
        try Protobuf.fields(cursor, cursor.whole(input.size)) { number, value throws(ArtefactStop) in
            guard number == 1, let block = Protobuf.range(value) else { return }
            try Protobuf.fields(cursor, block, depth: 1) { number, value throws(ArtefactStop) in
                guard let inside = Protobuf.range(value) else { return }
                if number == 4 {
                    operators += 1
                    var type = ""
                    try Protobuf.fields(cursor, inside, depth: 2) { number, value throws(ArtefactStop) in
                        if number == 3 { type = try Protobuf.text(cursor, value, limit: 100) }
                    }
                    if type == "py_func" || type == "py_layer" { python += 1 }
                } else if number == 3 {
                    variables += 1
                    if let tensor = try variable(cursor, inside), tensors.count < 1_000_000 { tensors.append(tensor) }
                }
            }
        }
        facts.note("operators", operators)
        facts.note("variables", variables)
        facts.tensors = 0
        for (type, shape) in tensors { facts.count(shape: shape, type: types[type]?.0 ?? "type \(type)") }
        if python > 0 { facts.find(.embeddedCode, .medium, "\(python) operators call functions of Python") }
        if operators == 0 { facts.spoil(.badHeader, "no program in it") }
    }

    /// Type and shape of a variable that is kept between runs.
    private static func variable(_ cursor: ByteCursor, _ range: Range<Int>) throws(ArtefactStop) -> (Int, [Int])? {
        var name = ""
        var isPersistent = false
        var type = -1
        var shape: [Int] = []
        try Protobuf.fields(cursor, range, depth: 2) { number, value throws(ArtefactStop) in
            if number == 1 { name = try Protobuf.text(cursor, value, limit: 100) }
            if number == 3 { isPersistent = Protobuf.number(value) != 0 }
            guard number == 2, let variableType = Protobuf.range(value) else { return }
            try Protobuf.fields(cursor, variableType, depth: 3) { number, value throws(ArtefactStop) in
                guard number == 3, let dense = Protobuf.range(value) else { return }
                try Protobuf.fields(cursor, dense, depth: 4) { number, value throws(ArtefactStop) in
                    if number == 1, let description = Protobuf.range(value) {
                        (type, shape) = try Self.description(cursor, description, depth: 5)
                    }
                }
            }
        }
        return isPersistent && type >= 0 && name != "feed" && name != "fetch" ? (type, shape) : nil
    }

    private static func description(_ cursor: ByteCursor, _ range: Range<Int>, depth: Int) throws(ArtefactStop) -> (
        Int, [Int]
    ) {
        var type = -1
        var shape: [Int] = []
        try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
            if number == 1 { type = Protobuf.number(value) }
            if number == 2 { try Protobuf.numbers(cursor, value, into: &shape) }
        }
        return (type, shape)
    }

    /// Tensors one after another: version, levels, version, description, data.
    private static func combined(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        facts.tensors = 0
        while try !cursor.isAtEnd {
            let place = cursor.offset
            guard try cursor.uint32() == 0 else { throw .malformed(.badHeader, "no tensor of Paddle", at: place) }
            for _ in try cursor.count(UInt64.self, of: "levels", most: 64).indices() {
                try cursor.skip(try cursor.uint64())
            }
            guard try cursor.uint32() == 0 else { throw .malformed(.badHeader, "no tensor of Paddle", at: place) }
            let length = try cursor.number(Int32.self)
            guard length <= 4096 else {
                throw .malformed(.headerLength, "a description of \(length) bytes", at: cursor.offset)
            }
            let span = try cursor.span(length)
            let (type, shape) = try description(cursor, span, depth: 0)
            try cursor.seek(to: span.upperBound)
            guard let layout = types[type] else { throw .malformed(.unknownDType, "element type \(type)", at: place) }
            let count = FileNumber(productOf: shape)
            facts.count(elements: count, type: layout.0)
            guard let bytes = count?.multiplied(by: layout.bytes) else {
                throw .malformed(.integerOverflow, "the size of a tensor overflows", at: place)
            }
            try cursor.skip(bytes)
        }
    }
}
