import OpenscanBytes
import OpenscanFacts

/// Second look at a header that may hold packed weights or an adapter: what each tensor is to the others of its stem.
///
/// Libraries of quantisation store a matrix as words and put what is needed to read it beside it, under the same stem. Which library it
/// was does not matter: how many parameters a word stands for follows from the shapes and types of the companions.
struct TensorRoles {
    /// A tensor as the header has it.
    struct Tensor {
        let role: TensorRole
        let type: SafetensorsDType
        let shape: [Int]
        let elements: Int

        var last: Int { shape.last ?? 1 }
    }

    private static let mostTensors = 1_000_000

    private var groups: [UInt64: [Tensor]] = [:]
    private var adapterElements = FileNumber.zero
    private var otherElements = FileNumber.zero

    /// Sets the number of parameters, the packing and whether it is an adapter. Leaves everything as it was where the header
    /// cannot be read as a table of tensors.
    static func read(_ header: UnsafeRawBufferPointer, into facts: inout ArtefactFacts) {
        guard facts.tensors ?? 0 <= mostTensors, let members = try? JSONValue.parse(header).members else { return }
        var roles = TensorRoles()
        for member in members where member.key != "__metadata__" {
            guard roles.add(member.key, member.value) else { return }
        }
        facts.isAdapter = roles.adapterElements > roles.otherElements
        roles.count(into: &facts)
    }

    /// `false` when it is no tensor of a known type.
    private mutating func add(_ name: String, _ value: JSONValue) -> Bool {
        guard let type = value["dtype"]?.string.flatMap(SafetensorsDType.init(name:)),
            let shape = value["shape"]?.array?.compactMap(\.int), let elements = FileNumber(productOf: shape)
        else { return false }
        var name = name
        let isAdapter = name.withUTF8 { AdapterNames.holds(UnsafeRawBufferPointer($0)) }
        if isAdapter {
            adapterElements = adapterElements.adding(elements) ?? adapterElements
        } else {
            otherElements = otherElements.adding(elements) ?? otherElements
        }
        let (stem, role) = TensorRole.split(name)
        groups[stem, default: []].append(Tensor(role: role, type: type, shape: shape, elements: elements.value))
        return true
    }

    private func count(into facts: inout ArtefactFacts) {
        var total = FileNumber.zero
        var untold = FileNumber.zero
        var widths: Set<Int> = []
        var isPacked = false
        for tensors in groups.values {
            let group = PackedGroup(tensors)
            guard let sum = total.adding(group.parameters), let bits = untold.adding(group.untoldBits) else { return }
            total = sum
            untold = bits
            if let width = group.width { widths.insert(width) }
            isPacked = isPacked || group.isPacked
        }
        guard isPacked else { return }
        facts.parameters = total.value
        facts.packing = ArtefactFacts.Packing(
            width: widths.count == 1 && untold == .zero ? widths.first : nil, untoldBits: untold.value)
    }
}

/// What a tensor is to the others of its stem.
enum TensorRole: Sendable {
    /// The numbers themselves.
    case numbers
    /// One number a group of parameters.
    case scales
    case zeros
    /// One entry a row: in which group it is, or where it stands.
    case rows
    /// The values that codes stand for.
    case codebook
    /// One sign or factor an input, or an output.
    case inputs, outputs
    /// Anything else that is needed to read the numbers and is no parameter.
    case aside

    /// Ends of names, the longer first: what libraries of quantisation put beside a packed matrix.
    private static let endings: [(ending: String, role: TensorRole)] = [
        ("nested_quant_map", .aside), ("nested_absmax", .aside), ("quant_map", .codebook), ("absmax", .aside),
        ("weight_zero_point", .zeros), ("zero_point", .zeros), ("qzeros", .zeros), ("zeros", .zeros), ("zero", .zeros),
        ("input_global_scale", .aside), ("weight_global_scale", .aside), ("input_scale", .aside),
        ("output_scale", .aside),
        ("activation_scale", .aside), ("pre_quant_scale", .aside), ("act_scale", .aside), ("scale_2", .aside),
        ("scale_max", .aside), ("scale_inv", .scales), ("scales", .scales), ("scale", .scales), ("scb", .aside),
        ("g_idx", .rows), ("q_invperm", .rows), ("invperm", .rows), ("perm", .aside), ("groups", .aside),
        ("group_map", .aside), ("suh", .inputs), ("svh", .outputs), ("biases", .aside), ("weight_shape", .aside),
        ("weight_format", .aside), ("qweight", .numbers), ("q_weight", .numbers), ("weight_packed", .numbers),
        ("blocks", .numbers), ("packed", .numbers), ("trellis", .numbers), ("w_q", .numbers), ("weight", .numbers),
    ]

    /// The stem that a matrix and its companions share, as a hash, and what the tensor is to it.
    static func split(_ name: String) -> (stem: UInt64, role: TensorRole) {
        var bytes = Array(name.utf8)
        // What the state of a quantiser holds stands behind the name of the numbers.
        if let place = bytes.withUnsafeBytes({ $0.offset(of: ".quant_state.") }) {
            return (stem(bytes[..<place]), .aside)
        }
        for index in bytes.indices where bytes[index] >= 0x41 && bytes[index] <= 0x5A { bytes[index] |= 0x20 }
        for (ending, role) in endings where bytes.count >= ending.utf8.count {
            let start = bytes.count - ending.utf8.count
            guard bytes[..<start].last.map(isJoint) ?? true, bytes[start...].elementsEqual(ending.utf8) else {
                continue
            }
            return (stem(bytes[..<start]), role)
        }
        return (stem(bytes[...]), .numbers)
    }

    private static func isJoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") }

    private static let innerNames = [Array("weight".utf8), Array("q".utf8)]

    private static func stem(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var bytes = bytes
        while let last = bytes.last, isJoint(last) { bytes = bytes.dropLast() }
        for inner in innerNames {
            let rest = bytes.dropLast(inner.count)
            if bytes.suffix(inner.count).elementsEqual(inner), rest.last.map(isJoint) ?? true {
                bytes = rest
                while let last = bytes.last, isJoint(last) { bytes = bytes.dropLast() }
                break
            }
        }
        return Array(bytes).withUnsafeBytes { bytes in
            var lowered = [UInt8](bytes)
            for index in lowered.indices where lowered[index] >= 0x41 && lowered[index] <= 0x5A {
                lowered[index] |= 0x20
            }
            return lowered.withUnsafeBytes { SeenKeys.hash($0) }
        }
    }
}

/// The tensors of one stem, and the parameters that they stand for.
struct PackedGroup {
    /// Parameters whose number the group itself tells.
    private(set) var parameters = FileNumber.zero
    /// Bits of packed numbers whose width it does not tell.
    private(set) var untoldBits = FileNumber.zero
    /// Bits of a parameter, where the group tells it.
    private(set) var width: Int?
    /// Whether it counts otherwise than by elements.
    private(set) var isPacked = false

    private typealias Tensor = TensorRoles.Tensor

    init(_ tensors: [TensorRoles.Tensor]) {
        let companions = tensors.filter { $0.role.isCompanion }
        let numbers = tensors.filter { !$0.role.isCompanion }
        guard !companions.isEmpty,
            let packed = numbers.filter({ $0.type.needsCompanions }).max(by: { $0.elements < $1.elements })
        else {
            add(tensors)
            return
        }
        isPacked = true
        add(numbers.filter { !$0.type.needsCompanions })
        if !packed.type.isWord {
            // A number an element: only the scales beside it are none.
            add(numbers.filter { $0.type.needsCompanions })
            width = packed.type.bits
            return
        }
        for tensor in numbers where tensor.type.needsCompanions { unpack(tensor, companions) }
    }

    private mutating func add(_ tensors: [TensorRoles.Tensor]) {
        for tensor in tensors { add(tensor.elements) }
    }

    private mutating func add(_ count: Int) { parameters = parameters.adding(count) ?? parameters }

    private mutating func unpack(_ tensor: Tensor, _ companions: [Tensor]) {
        let stored = FileNumber(count: tensor.elements).multiplied(by: tensor.type.bits) ?? .zero
        func first(_ role: TensorRole) -> Tensor? { companions.first { $0.role == role } }
        let scales = first(.scales)
        // Codes for so many values.
        if let codebook = first(.codebook), let bits = Self.exponent(codebook.elements) {
            return take(stored, bits)
        }
        // Inputs and outputs have a vector each.
        if let inputs = first(.inputs), let outputs = first(.outputs) {
            return take(FileNumber(count: inputs.elements).multiplied(by: outputs.elements), of: stored)
        }
        // A zero for each scale is as wide as a parameter, where it is packed the same way.
        if let zeros = first(.zeros), zeros.type == tensor.type, let scales, scales.elements > 0,
            let bits = FileNumber(count: zeros.elements).multiplied(by: tensor.type.bits)?.value,
            bits % scales.elements == 0, Self.widths.contains(bits / scales.elements)
        {
            return take(stored, bits / scales.elements)
        }
        // Rows are listed one by one, columns stand as they are.
        if let rows = first(.rows), tensor.shape.count == 2,
            scales.map({ $0.shape.first != tensor.shape.first || $0.last == tensor.last }) ?? true
        {
            return take(FileNumber(count: rows.elements).multiplied(by: tensor.last), of: stored)
        }
        // Bytes with scales of a byte: block formats of two numbers a byte.
        if tensor.type == .u8, let scales, scales.type.bits == 8 { return take(stored, 4) }
        untoldBits = untoldBits.adding(stored) ?? untoldBits
    }

    private static let widths = 1...8

    private static func exponent(_ count: Int) -> Int? {
        widths.first { 1 << $0 == count }
    }

    private mutating func take(_ bits: FileNumber, _ width: Int) {
        self.width = width
        add(bits.value / width)
    }

    /// Takes a count from shapes alone only where so many parameters have room in the bits.
    private mutating func take(_ count: FileNumber?, of stored: FileNumber) {
        guard let count, count > 0, stored.value / count.value >= 1 else {
            untoldBits = untoldBits.adding(stored) ?? untoldBits
            return
        }
        width = stored.value / count.value
        add(count.value)
    }
}

extension TensorRole {
    /// Whether it is no part of the model but needed to read one.
    var isCompanion: Bool { self != .numbers }
}

extension SafetensorsDType {
    /// The type of this name.
    init?(name: String) {
        guard let type = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = type
    }
}
