import OpenscanFacts

/// Tells formats of weights and data by magic bytes first and name second.
public enum FormatRecognition {
    /// Every format; where several would take a file, the first does.
    static let all: [ArtefactFormat] = [
        Safetensors.format, GGUF.format, GGMLLegacy.format, Llamafile.format, TorchFormats.legacy, Paddle.parameters,
        PickleFormats.joblib, PickleFormats.pickle, ZipArtefact.keras, ZipArtefact.npz, TorchFormats.nemo,
        TorchFormats.tar,
        ZipArtefact.skops, ZipArtefact.archive, ZipArtefact.torch, ZipArtefact.torchScript, ZipArtefact.torchExport,
        SpaCy.format, SpaCy.vectors, DatasetInfo.format, RData.format,
        NumPyFormats.npy,
        HDF5Formats.keras, HDF5Formats.plain, TFLite.format, ORT.format, ExecuTorch.format, TensorRT.format, MNN.format,
        Parquet.format, ArrowFormats.file, ArrowFormats.stream,
        CatBoost.format, LightGBM.format, LightGBMJSON.format, XGBoost.ubj, XGBoost.json, XGBoost.settings, PMML.format,
        FastText.format, NCNN.param, NCNN.format,
        MXNet.format, MXNet.symbol, OpenVINO.format, Darknet.format, CoreML.model, CoreML.package, SavedModel.format,
        TFCheckpoint.format,
        Paddle.program, FlaxMsgpack.format, FlaxMsgpack.thinc, ONNX.format, SentencePiece.format, HFTokenizer.format,
        TikToken.format,
        LMDB.format, TFRecord.format, WebDataset.format, JSONLines.format, DelimitedText.format,
        Signature.format, CompressedFile.format, ZipArtefact.other,
    ]
    static let byID: [FormatID: ArtefactFormat] = Dictionary(
        all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// Every format in order of id: what it is for, whether its loader can run code of the file, whether it is read or only recognised.
    public static let catalogue: [(id: FormatID, words: String)] = byID.values.sorted { $0.id < $1.id }.map { format in
        (
            format.id,
            "\(format.kind)\(format.runsCode ? ", can run code when loaded" : "")\(format.isRead ? "" : ", recognised only")"
        )
    }

    /// Id of the format that bytes and name tell.
    public static func format(_ head: UnsafeRawBufferPointer, path: String, size: Int? = nil) -> FormatID? {
        format(FileHead(head, path: path, size: size))?.id
    }

    /// The format that the bytes tell, else the name.
    static func format(_ head: FileHead) -> ArtefactFormat? { all.first { $0.magic(head) } ?? named(head) }

    /// What the name alone would say.
    static func named(_ head: FileHead) -> ArtefactFormat? { all.first { $0.name(head) } }
}

/// Whether bytes look like text.
public enum TextProbe {
    /// Whether there is a mark of UTF-16, or no zero and at most one control character in twenty bytes; an empty file
    /// passes.
    public static func isText(_ head: UnsafeRawBufferPointer) -> Bool {
        if head.isEmpty { return true }
        if head.count >= 2, (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF) { return true }
        var control = 0
        var zero = 0
        for byte in head {
            if byte == 0 { zero += 1 }
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D, byte != 0x0C, byte != 0x1B { control += 1 }
        }
        return zero == 0 && control * 20 <= head.count
    }
}
