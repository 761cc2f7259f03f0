import Testing

@testable import OpenscanLicensing

@Suite struct WordingTests {
    @Test(arguments: [
        (
            "This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.",
            "GPL-2.0-or-later"
        ),
        ("It is available under the GPL version 2.", "GPL-2.0-only"), ("License: GPLv3", "GPL-3.0-only"),
        ("License: GPLv3+", "GPL-3.0-or-later"), ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
    ])
    func noticesSayTheirVersion(text: String, expected: String) {
        #expect(expression(text, role: .licence) == expected)
    }

    @Test func everyPlaceIsFoundByItsWordsOnly() {
        let words = Tokenizer.tokens(of: "licensed under the MIT license").hashes
        #expect(RunHash.of(words) == RunHash.of(Tokenizer.tokens(of: "Licensed under\n * the MIT Licence").hashes))
        #expect(RunHash.of(words) != RunHash.of(words.reversed()))
        words.withUnsafeBufferPointer { buffer in
            let sums = RunHash(buffer, 0..<buffer.count)
            for start in 0..<buffer.count {
                for length in 1...(buffer.count - start) {
                    #expect(sums.hash(start, length) == RunHash.of(words[start..<start + length]))
                }
            }
        }
    }
}
