import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanLicensing

@Suite struct LargeTextTests {
    @Test func piecesKeepLinesAndNothingIsFoundTwice() throws {
        let filler = String(repeating: "lorem ipsum dolor sit amet\n", count: 170_000)
        let notice = "Licensed under the Apache License, Version 2.0.\n"
        let text = notice + filler + "This project is licensed under the MIT License.\n" + filler + filler
        let found = try LicenceScanner(TestRules.index, rules: TestRules.shared).scan(
            MemoryBytes(Array(text.utf8)), path: "x", role: .document
        ).matches
        #expect(found.map(\.id) == ["Apache-2.0", "MIT"])
        #expect(found.last?.lines == LineRange(170_002))
    }

    @Test func aProgramIsReadNearTheWords() {
        let code = String(repeating: "let value = compute(value)\n", count: 2_000)
        let text = code + "// This function is licensed under the MIT License.\n" + code
        Array(text.utf8).withUnsafeBytes { bytes in
            let windows = Triggers.windows(bytes)
            #expect(windows.count == 1)
            #expect(windows.reduce(0) { $0 + $1.count } < 5_000)
        }
        #expect(scan(text, role: .source).matches.first?.lines == LineRange(2_001))
        #expect(scan(code, role: .source).matches.isEmpty)
    }

    @Test(arguments: ["LICENSE", "licence", "Copyright", "PERMISSION", "redistribution", "public\n * domain"])
    func everyWordOpensAWindow(word: String) {
        for shift in 0..<4 {
            Array((String(repeating: " ", count: shift) + word + " ").utf8).withUnsafeBytes { bytes in
                let count = Triggers.windows(bytes).count
                #expect(count == 1, "\(word) at \(shift)")
            }
        }
    }
}
