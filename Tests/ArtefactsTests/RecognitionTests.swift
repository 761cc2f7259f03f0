import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

@Suite struct RecognitionTests {
    @Test(
        arguments: [
            ([0x80, 0x02, 0x7D, 0x71], "model.bin", "pickle"),
            ([0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A, 0], "m.h5", "keras-h5"),
            (Array("PAR1xxxxx".utf8), "a", "parquet"),
            (Array("PK\u{3}\u{4}xxxxx".utf8), "m.pth", "torch-zip"),
            (Array("PK\u{3}\u{4}xxxxx".utf8), "m.pth.tar", "torch-zip"), (Array("xxxxTFL3xx".utf8), "m", "tflite"),
            ([0x93] + Array("NUMPY\u{1}\u{0}".utf8), "a.npy", "npy"),
            (Array("{\"text\": 1}".utf8), "train.jsonl", "jsonl"),
        ] as [([UInt8], String, FormatID)])
    func bytesDecideBeforeTheName(bytes: [UInt8], name: String, format: FormatID) {
        #expect(bytes.withUnsafeBytes { FormatRecognition.format($0, path: name) } == format)
    }

    /// Sets of instructions are kept as a list of records in plain JSON; settings, short lists and lists of paths are none.
    @Test(arguments: [
        ("[\n {\"instruction\": \"Name three fruits.\", \"output\": \"\"}", 200_000, true),
        ("{\"instruction\": \"说出三种水果\", \"output\": \"\"}\n{\"instruction\": \"\"}", 200_000, true),
        ("[\n {\"instruction\": \"Name three fruits.\", \"output\": \"\"}", 2_000, false),
        ("[\n {\"dataset_path\": \"/gpfs/data/a_b\", \"ratio\": 0.25},", 200_000, false),
        ("{\"name\": \"a model of ours\",\n\"layers\": 2}", 200_000, false), ("[1, 2, 3]", 200_000, false),
    ])
    func recordsArePlainJSONAsWell(text: String, size: Int, areData: Bool) {
        let found = Array(text.utf8).withUnsafeBytes {
            FormatRecognition.format($0, path: "data/train.json", size: size)
        }
        #expect((found == "jsonl") == areData)
    }
}
