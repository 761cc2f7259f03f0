/// Element types of safetensors (huggingface/safetensors, tensor.rs, `Dtype`).
enum SafetensorsDType: UInt8, CaseIterable {
    case bool, f4, f6e2m3, f6e3m2, u8, i8, f8e5m2, f8e4m3, f8e8m0, f8e4m3fnuz, f8e5m2fnuz, i16, u16, f16, bf16, i32,
        u32, f32, c64, f64, i64, u64

    var name: String {
        switch self {
        case .bool: "BOOL"
        case .f4: "F4"
        case .f6e2m3: "F6_E2M3"
        case .f6e3m2: "F6_E3M2"
        case .u8: "U8"
        case .i8: "I8"
        case .f8e5m2: "F8_E5M2"
        case .f8e4m3: "F8_E4M3"
        case .f8e8m0: "F8_E8M0"
        case .f8e4m3fnuz: "F8_E4M3FNUZ"
        case .f8e5m2fnuz: "F8_E5M2FNUZ"
        case .i16: "I16"
        case .u16: "U16"
        case .f16: "F16"
        case .bf16: "BF16"
        case .i32: "I32"
        case .u32: "U32"
        case .f32: "F32"
        case .c64: "C64"
        case .f64: "F64"
        case .i64: "I64"
        case .u64: "U64"
        }
    }

    var bits: Int {
        switch self {
        case .f4: 4
        case .f6e2m3, .f6e3m2: 6
        case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
        case .i16, .u16, .f16, .bf16: 16
        case .i32, .u32, .f32: 32
        case .c64, .f64, .i64, .u64: 64
        }
    }

    /// Whether several parameters may share one element of the type.
    var isWord: Bool {
        switch self {
        case .u8, .i16, .u16, .i32, .u32: true
        default: false
        }
    }

    /// Whether a tensor of this type comes with others that say how to read it.
    var needsCompanions: Bool {
        switch self {
        case .i8, .f4, .f6e2m3, .f6e3m2, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: true
        default: isWord
        }
    }

    /// The bytes of names of up to seven in one word, zero-padded.
    static let packed: [UInt64: SafetensorsDType] = Dictionary(
        uniqueKeysWithValues: allCases.filter { $0.name.utf8.count < 8 }.map { type in
            (type.name.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, type)
        })

    /// Every name; few files have the long ones.
    static let named: [String: SafetensorsDType] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}
