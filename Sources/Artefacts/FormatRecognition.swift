import Unpacking

/// Tells formats of weights and data by magic bytes first and name second.
public enum FormatRecognition {
    /// Formats that run code of the file in their usual loader.
    static let canRunCode: Set<String> = ["torch-zip", "torch-legacy", "torch-tar", "torchscript", "pickle", "joblib", "nemo", "keras-zip", "keras-h5"]

    /// Formats of weights.
    public static let weights: Set<String> = [
        "safetensors", "gguf", "ggml-legacy", "torch-zip", "torch-legacy", "torch-tar", "torchscript", "nemo", "pickle", "joblib", "npz", "onnx", "tf-saved-model", "tf-checkpoint", "hdf5", "keras-h5",
        "keras-zip", "tflite", "coreml-mlmodel", "openvino-ir", "flax-msgpack", "llamafile", "executorch", "tensorrt", "paddle", "mxnet", "ncnn", "mnn", "darknet", "fasttext", "xgboost-json", "xgboost-ubj",
        "lightgbm", "catboost",
    ]
    /// Formats of data sets.
    public static let data: Set<String> = ["parquet", "arrow-file", "arrow-stream", "jsonl", "csv", "tfrecord", "webdataset", "lmdb"]
    /// Tokenizers.
    public static let tokenizers: Set<String> = ["sentencepiece", "hf-tokenizer", "tiktoken"]

    /// Magic bytes at an offset and the format they mean.
    private static let magics: [(StaticString, Int, String)] = [
        ("GGUF", 0, "gguf"), ("lmgg", 0, "ggml-legacy"), ("tjgg", 0, "ggml-legacy"), ("fmgg", 0, "ggml-legacy"), ("algg", 0, "ggml-legacy"),
        ("PAR1", 0, "parquet"), ("ARROW1", 0, "arrow-file"), ("TFL3", 4, "tflite"), ("ET12", 4, "executorch"), ("CBM1", 0, "catboost"), ("ftrt", 0, "tensorrt"),
        ("tree\nversion=", 0, "lightgbm"), ("MZqFpD", 0, "llamafile"), ("{L\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}", 0, "xgboost-ubj"),
    ]

    public static func format(_ head: UnsafeRawBufferPointer, path: String) -> String? {
        let name = Entry.name(of: path).lowercased()
        for (magic, offset, format) in magics where head.starts(with: magic, at: offset) { return format }
        if head.count > 8, head[0] == 0x89, head.starts(with: "HDF\r\n", at: 1) { return name.hasSuffix(".h5") || name.hasSuffix(".keras") ? "keras-h5" : "hdf5" }
        if head.count > 6, head[0] == 0x93, head.starts(with: "NUMPY", at: 1) { return "npy" }
        if head.count >= 4, head[0] == 0xBA, head[1] == 0x16, head[2] == 0x4F, head[3] == 0x2F { return "fasttext" }
        if isSafetensors(head) { return "safetensors" }
        if head.starts(with: "PK\u{3}\u{4}") { return zip(name) }
        if isPickle(head) { return pickle(head, name) }
        return byName(head, name)
    }

    /// A little-endian length that fits, then a JSON object; also with odd names.
    private static func isSafetensors(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > 9, head[8] == UInt8(ascii: "{"), head[9] == UInt8(ascii: "\"") || head[9] == UInt8(ascii: "}") else { return false }
        return head[5] == 0 && head[6] == 0 && head[7] == 0
    }

    private static func zip(_ name: String) -> String? {
        if name.hasSuffix(".keras") { return "keras-zip" }
        if name.hasSuffix(".npz") { return "npz" }
        if name.hasSuffix(".nemo") { return "nemo" }
        if [".pt", ".pth", ".bin", ".ckpt", ".pkl", ".ptl", ".torchscript", ".jit", ".model", ".tar", ".pt2"].contains(where: name.hasSuffix) { return "torch-zip" }
        return nil
    }

    /// Pickle protocol 2 to 5; older protocols have no magic and are told by name.
    private static func isPickle(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count > 3 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5
    }

    private static func pickle(_ head: UnsafeRawBufferPointer, _ name: String) -> String {
        // The magic number that torch.save wrote before 1.6 as its first pickle.
        if head.starts(with: "\u{6C}\u{FC}\u{9C}\u{46}", at: 4) || (head.count > 12 && head[2] == 0x8A && head[3] == 0x0A && head[4] == 0x6C && head[5] == 0xFC) { return "torch-legacy" }
        if name.hasSuffix(".joblib") { return "joblib" }
        return "pickle"
    }

    private static let endings: [(String, String)] = [
        (".safetensors", "safetensors"), (".gguf", "gguf"), (".onnx", "onnx"), (".ort", "onnx"), (".tflite", "tflite"), (".mlmodel", "coreml-mlmodel"), (".mlmodelc", "coreml-mlmodel"), (".msgpack", "flax-msgpack"),
        (".pdparams", "paddle"), (".pdiparams", "paddle"), (".pdmodel", "paddle"), (".engine", "tensorrt"), (".plan", "tensorrt"), (".mnn", "mnn"), (".nemo", "nemo"), (".pte", "executorch"), (".llamafile", "llamafile"),
        (".parquet", "parquet"), (".arrow", "arrow-stream"), (".feather", "arrow-file"), (".jsonl", "jsonl"), (".ndjson", "jsonl"), (".jsonl.gz", "jsonl"), (".jsonl.zst", "jsonl"), (".csv", "csv"), (".tsv", "csv"),
        (".csv.gz", "csv"), (".tsv.gz", "csv"), (".tfrecord", "tfrecord"), (".tfrecords", "tfrecord"), (".mdb", "lmdb"), (".ckpt.index", "tf-checkpoint"), (".tiktoken", "tiktoken"), (".cbm", "catboost"), (".ubj", "xgboost-ubj"),
        (".joblib", "joblib"), (".pkl", "pickle"), (".pickle", "pickle"), (".npz", "npz"), (".npy", "npy"), (".h5", "keras-h5"), (".hdf5", "hdf5"), (".keras", "keras-zip"), (".caffemodel", "caffe"),
    ]

    private static func byName(_ head: UnsafeRawBufferPointer, _ name: String) -> String? {
        if name == "saved_model.pb" { return "tf-saved-model" }
        if name == "tokenizer.json" { return "hf-tokenizer" }
        let isText = TextProbe.isText(head)
        if name.hasSuffix(".params"), !isText { return "mxnet" }
        if name.hasSuffix(".weights"), !isText { return "darknet" }
        if name.hasSuffix(".ftz"), !isText { return "fasttext" }
        if name.hasSuffix(".model") || name.hasSuffix(".spm") || name.hasSuffix(".spiece"), !isText { return isSentencePiece(head) ? "sentencepiece" : nil }
        if [".pt", ".pth", ".ckpt", ".pth.tar"].contains(where: name.hasSuffix), !isText { return "torch-legacy" }
        if name.hasSuffix(".bin"), !isText { return name == "openvino_model.bin" ? "openvino-ir" : isModelBinName(name) ? "torch-legacy" : nil }
        if name.contains(".data-0000"), !isText { return "tf-checkpoint" }
        if name.hasSuffix(".pb"), !isText { return "tf-saved-model" }
        for (ending, format) in endings where name.hasSuffix(ending) { return format }
        return nil
    }

    private static func isModelBinName(_ name: String) -> Bool {
        ["pytorch_model", "adapter_model", "model", "diffusion_pytorch", "weights", "consolidated", "training_args"].contains(where: name.hasPrefix)
    }

    /// A protobuf whose first field is a piece: a message with a string (sentencepiece_model.proto).
    private static func isSentencePiece(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count > 8 && head[0] == 0x0A && head[2] == 0x0A && Int(head[3]) < Int(head[1])
    }
}

/// Whether bytes look like text.
public enum TextProbe {
    public static func isText(_ head: UnsafeRawBufferPointer) -> Bool {
        if head.isEmpty { return true }
        if head.count >= 2, (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF) { return true }
        var control = 0, zero = 0
        for byte in head {
            if byte == 0 { zero += 1 }
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D, byte != 0x0C, byte != 0x1B { control += 1 }
        }
        return zero == 0 && control * 20 <= head.count
    }
}
