import OpenscanBytes
import OpenscanFacts

/// Tensors and arrays that a stream would build.
struct PickleArrays {
    private(set) var tensors = 0
    private(set) var parameters = 0
    private(set) var byType: [String: Int] = [:]
    private(set) var overflows = false
    /// Of those with more than one element: how many there are of a type, and what they hold.
    private var several: [String: (tensors: Int, elements: Int)] = [:]
    /// Storages that torch tensors refer to: key and bytes that they need.
    private(set) var storages: [String: Int] = [:]
    static let storageLimit = 200_000
    /// Tensors that stand under a key, and those of which the key is that of a part of an adapter.
    private var keyed = 0, adapters = 0
    /// Keys among which one of an adapter is looked for: it has many, and they come early.
    private static let lookedAt = 48

    /// Whether keys may still say that this is an adapter.
    var isLookedFor: Bool { adapters > 0 || keyed < Self.lookedAt }

    mutating func noteKey(isAdapters: Bool) {
        keyed += 1
        if isAdapters { adapters += 1 }
    }

    mutating func add(_ shape: [Int]?, _ type: String) {
        tensors += 1
        guard let shape, let count = elements(shape) else {
            overflows = overflows || shape != nil
            return
        }
        let (sum, overflow) = parameters.addingReportingOverflow(count)
        if overflow {
            overflows = true
            return
        }
        parameters = sum
        if byType[type] != nil || byType.count < 64 {
            byType[type, default: 0] += count
            if count > 1 {
                let known = several[type] ?? (0, 0)
                several[type] = (known.tensors + 1, known.elements + count)
            }
        }
    }

    mutating func needs(_ key: String, _ bytes: Int) {
        guard storages.count < Self.storageLimit else { return }
        storages[key] = max(bytes, storages[key] ?? 0)
    }

    mutating func include(_ other: PickleArrays) {
        tensors += other.tensors
        overflows = overflows || other.overflows
        let (sum, overflow) = parameters.addingReportingOverflow(other.parameters)
        if overflow {
            overflows = true
            return
        }
        parameters = sum
        for (type, count) in other.byType { byType[type, default: 0] += count }
        for (type, part) in other.several {
            let known = several[type] ?? (0, 0)
            several[type] = (known.tensors + part.tensors, known.elements + part.elements)
        }
    }

    /// Counts those constants of a program that are weights: freezing a model moves them there.
    func countConstants(into facts: inout ArtefactFacts) {
        for (type, part) in several where GraphConstant.isParameter(type, count: FileNumber(exactly: part.elements)) {
            facts.tensors = (facts.tensors ?? 0).saturatingSum(part.tensors)
            facts.add(part.elements, type: type)
        }
    }

    func count(into facts: inout ArtefactFacts) {
        guard tensors > 0 else { return }
        facts.tensors = (facts.tensors ?? 0) + tensors
        for (type, count) in byType { facts.add(count, type: type) }
        if byType.isEmpty, facts.parameters == nil { facts.parameters = 0 }
        if adapters > keyed / 2 { facts.isAdapter = true }
        if overflows { facts.find(.integerOverflow, .high, "the shape of a tensor overflows") }
    }
}

/// Calls that build tensors: torch/_utils.py, numpy's `_reconstruct` and `_frombuffer`, joblib's array wrapper.
extension PickleMachine {
    mutating func noteCall(_ global: Global, _ arguments: PickleValue) {
        switch (global.module, global.name) {
        case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"),
            ("torch._utils", "_rebuild_qtensor"), ("torch._utils", "_rebuild_tensor_v3"):
            let items = heap.items(arguments)
            guard items.count >= 3 else { return }
            let storage = self.storage(items[0])
            let named = items.count > 6 && global.name == "_rebuild_tensor_v3" ? self.global(items[6])?.name : nil
            arrays.add(shape(items[2]), named ?? storage?.type ?? "unknown")
        case ("torch._utils", "_rebuild_meta_tensor_no_storage"):
            let items = heap.items(arguments)
            if items.count >= 2 { arrays.add(shape(items[1]), self.global(items[0])?.name ?? "unknown") }
        case ("torch._tensor", "_rebuild_from_type_v2"), ("torch._tensor", "_rebuild_from_type"):
            let items = heap.items(arguments)
            if items.count >= 3, let inner = self.global(items[0]) { noteCall(inner, items[2]) }
        case (_, "_frombuffer") where global.module.hasPrefix("numpy"):
            let items = heap.items(arguments)
            if items.count >= 3 { arrays.add(shape(items[2]), NumPyType(dtype(items[1])).name) }
        default: break
        }
    }

    /// Type and key of `('storage', StorageType, key, location, numel)`.
    private mutating func storage(_ value: PickleValue) -> (type: String, key: String?)? {
        guard heap.kind(value) == .persistent, let identity = heap.items(value).first else { return nil }
        let items = heap.items(identity)
        guard items.count >= 5 else { return nil }
        let type = self.global(items[1]).map { TorchType(storage: $0.name) } ?? nil
        let key = characters(items[2])
        if let key, let count = integer(items[4]), let type, count >= 0 {
            let (bytes, overflow) = count.multipliedReportingOverflow(by: type.bytes)
            if !overflow { arrays.needs(key, bytes) }
        }
        return (type?.name ?? "unknown", key)
    }

    mutating func noteBuild(_ global: Global, _ object: PickleValue, _ state: PickleValue) throws {
        var made = (global.module, global.name)
        if global.name == "_reconstructor", global.module == "copyreg" || global.module == "copy_reg",
            let type = heap.items(object).first.flatMap({ heap.items($0).first }).flatMap({ self.global($0) })
        {
            made = (type.module, type.name)
        }
        if made.1 == "_reconstruct", made.0.hasPrefix("numpy") {
            let items = heap.items(state)
            if items.count >= 4 { arrays.add(shape(items[1]), NumPyType(dtype(items[2])).name) }
        } else if made.1 == "NumpyArrayWrapper", made.0.hasSuffix("joblib.numpy_pickle") {
            partAtArray()
            if reading != .plain { try rawArray(state) }
        }
    }

    /// joblib/numpy_pickle.py `NumpyArrayWrapper.read_array`: the array's bytes stand in the stream behind its description.
    private mutating func rawArray(_ state: PickleValue) throws {
        let shape = value("shape", in: state).flatMap { self.shape($0) }
        let type = NumPyType(value("dtype", in: state).flatMap { dtype($0) })
        // An array of objects is a stream of its own, which counts it.
        if type.isObject { return try runInner() }
        arrays.add(shape, type.name)
        if let alignment = value("numpy_array_alignment_bytes", in: state), integer(alignment) != nil {
            let padding = try cursor.uint8()
            // 255 stands for none.
            if padding != 255 { try cursor.skip(Int(padding)) }
        }
        guard let size = type.bytes, let shape, let count = elements(shape) else {
            throw ArtefactStop.malformed(.badType, "an array whose size cannot be told", at: cursor.offset)
        }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow else {
            throw ArtefactStop.malformed(.integerOverflow, "the size of an array overflows", at: cursor.offset)
        }
        try cursor.skip(bytes)
    }

    /// The type string of a call on `numpy.dtype`.
    private mutating func dtype(_ value: PickleValue) -> String? {
        if let text = characters(value) { return text }
        if let named = global(value) { return named.name }
        guard let callee = callee(value), callee.name == "dtype" || callee.name.hasSuffix("DType"),
            let arguments = heap.items(value).first, let first = heap.items(arguments).first
        else { return nil }
        return characters(first) ?? global(first)?.name
    }
}

/// Element types of torch by storage class (torch/storage.py).
struct TorchType {
    let name: String
    let bytes: Int

    init?(storage: String) {
        guard let type = Self.byStorage[storage] else { return nil }
        self.init(name: type.0, bytes: type.1)
    }

    private init(name: String, bytes: Int) {
        self.name = name
        self.bytes = bytes
    }

    private static let byStorage: [String: (String, Int)] = [
        "FloatStorage": ("float32", 4), "DoubleStorage": ("float64", 8), "HalfStorage": ("float16", 2),
        "BFloat16Storage": ("bfloat16", 2), "LongStorage": ("int64", 8), "IntStorage": ("int32", 4),
        "ShortStorage": ("int16", 2),
        "CharStorage": ("int8", 1), "ByteStorage": ("uint8", 1), "BoolStorage": ("bool", 1),
        "ComplexFloatStorage": ("complex64", 8), "ComplexDoubleStorage": ("complex128", 16),
        "QInt8Storage": ("qint8", 1),
        "QUInt8Storage": ("quint8", 1), "QInt32Storage": ("qint32", 4), "QUInt4x2Storage": ("quint4x2", 1),
        "QUInt2x4Storage": ("quint2x4", 1), "UntypedStorage": ("untyped", 1),
    ]
}

/// A NumPy type string (`<f4`, `i8`, `O`, `U10`): its name and the bytes of an element.
struct NumPyType {
    let name: String
    /// `nil` for types whose size the string does not give.
    let bytes: Int?
    let isObject: Bool
    /// Whether it is none of NumPy's, or of a size that cannot be.
    var isUnknown: Bool { name == "unknown" }

    init(_ code: String?) {
        guard let code, !code.isEmpty else {
            (name, bytes, isObject) = ("unknown", nil, false)
            return
        }
        var body = Substring(code)
        if let first = body.first, "<>|=".contains(first) { body = body.dropFirst() }
        let kind = body.first ?? "?"
        let size = Int(body.dropFirst())
        switch (kind, size) {
        case ("f", let size?) where 1...16 ~= size: (name, bytes, isObject) = ("float\(size * 8)", size, false)
        case ("i", let size?) where 1...8 ~= size: (name, bytes, isObject) = ("int\(size * 8)", size, false)
        case ("u", let size?) where 1...8 ~= size: (name, bytes, isObject) = ("uint\(size * 8)", size, false)
        case ("c", let size?) where 1...32 ~= size: (name, bytes, isObject) = ("complex\(size * 8)", size, false)
        case ("b", _), ("?", _): (name, bytes, isObject) = ("bool", 1, false)
        case ("O", _): (name, bytes, isObject) = ("object", nil, true)
        case ("U", let size?) where size >= 0 && size < 1 << 32: (name, bytes, isObject) = ("str", size * 4, false)
        case ("S", let size?) where size >= 0, ("a", let size?) where size >= 0:
            (name, bytes, isObject) = ("bytes", size, false)
        case ("V", let size): (name, bytes, isObject) = ("void", size.flatMap { $0 < 0 ? nil : $0 }, false)
        case ("M", let size) where size == nil || size == 8: (name, bytes, isObject) = ("datetime64", 8, false)
        case ("m", let size) where size == nil || size == 8: (name, bytes, isObject) = ("timedelta64", 8, false)
        default: (name, bytes, isObject) = Self.named[code].map { ($0.0, $0.1, false) } ?? ("unknown", nil, false)
        }
    }

    /// Names of scalar types and letters of formats that carry no size.
    private static let named: [String: (String, Int)] = [
        "float16": ("float16", 2), "float32": ("float32", 4), "float64": ("float64", 8), "int8": ("int8", 1),
        "int16": ("int16", 2), "int32": ("int32", 4), "int64": ("int64", 8), "uint8": ("uint8", 1),
        "uint16": ("uint16", 2),
        "uint32": ("uint32", 4), "uint64": ("uint64", 8), "bool_": ("bool", 1), "bool": ("bool", 1),
        "bfloat16": ("bfloat16", 2), "float": ("float64", 8), "int": ("int64", 8),
    ]
}
