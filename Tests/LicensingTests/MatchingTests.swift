import Foundation
import Testing
import Unpacking

@testable import Licensing

private func scan(_ text: String, role: TextRole = .licence) -> LicenceScan {
    Array(text.utf8).withUnsafeBytes { LicenceScanner().scan($0, path: "LICENSE", role: role) }
}

private func expression(_ text: String, role: TextRole = .document) -> String? {
    ConcludedExpression.of(scan(text, role: role).matches, hasUnknownText: false)
}

/// Texts of AI licences that the pinned package has, by id.
private enum AITexts {
    static let folder = ".build/licence-texts/ai"
    static let ids: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
        $0.hasSuffix(".txt")
    }.map { String($0.dropLast(4)) }.sorted()
    static func text(_ id: String) throws -> String {
        try String(contentsOfFile: folder + "/" + id + ".txt", encoding: .utf8)
    }
}

/// Every record of Licenses/ai-licences.yml, read as lines so that the test needs no YAML library.
private enum Records {
    struct Record: Sendable, CustomTestStringConvertible {
        let id: String
        let names: [String]
        var testDescription: String { id }
    }

    static let all: [Record] = {
        let text = (try? String(contentsOfFile: "Licenses/ai-licences.yml", encoding: .utf8)) ?? ""
        var out: [Record] = []
        var id = ""
        for line in text.split(separator: "\n") {
            let quoted = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
                $0.offset % 2 == 1
            }.map { String($0.element) }
            if line.hasPrefix("- \"id\""), quoted.count > 1 { id = quoted[1] }
            if line.hasPrefix("  names:") { out.append(Record(id: id, names: quoted)) }
        }
        return out
    }()
}

@Suite struct RecordTests {
    @Test func recordsAreRead() { #expect(Records.all.count > 60) }

    /// Positive: the id and what cards call it. Near miss: the same name of another version, or changed.
    @Test(arguments: Records.all)
    fileprivate func isKnownByNameAndNotByANearOne(record: Records.Record) {
        let index = LicenceIndex.embedded
        #expect(index.record(id: record.id)?.id == record.id)
        // Two records may share a name; each is known by one of its own at least.
        #expect(
            record.names.isEmpty || record.names.contains { index.value($0).ids == [record.id] }
                || index.value(record.id).ids == [record.id])
        for name in record.names {
            #expect(index.value(name + " 97.3").ids != [record.id])
            #expect(index.value("not quite " + name).ids != [record.id])
        }
    }

    @Test(.enabled(if: !AITexts.ids.isEmpty, "the pinned package's texts are not at hand"), arguments: AITexts.ids)
    func isKnownByTextAndNotByAChangedOne(id: String) throws {
        let text = try AITexts.text(id)
        #expect(scan(text).matches.contains { $0.id == id && $0.method == .text && !$0.isModified })
        let changed =
            text
            + "\n\nIn addition, you must pay a fee of 5 percent of all revenue above 1 million dollars, and you may not use this for military purposes.\n"
        let matches = scan(changed).matches.filter { $0.id == id && $0.method == .text }
        #expect(matches.allSatisfy { $0.isModified }, "an added sentence goes unseen")
    }

    @Test(.enabled(if: Texts.areAtHand, "the pinned package's texts are not at hand"), arguments: Texts.names)
    func anAddedTermIsSeen(id: String) throws {
        let text = try Texts.text(id)
        let changed =
            text
            + "\n\nNotwithstanding the above, you may not use this for any commercial purpose without written permission, and you must not sell it.\n"
        let own = scan(changed).matches.filter { $0.id == id && $0.method == .text }
        #expect(own.allSatisfy { $0.isModified })
    }
}

@Suite struct ChoiceTests {
    @Test(arguments: [
        (
            "Licensed under either of the Apache License, Version 2.0 or the MIT license at your option.",
            "Apache-2.0 OR MIT"
        ),
        ("This project is dual licensed under MIT / Apache-2.0.", "Apache-2.0 OR MIT"),
        ("This project is dual-licensed under the MIT License and the Apache License 2.0.", "Apache-2.0 OR MIT"),
        ("Code is licensed under MIT. Weights are licensed under CC-BY-NC-4.0.", "CC-BY-NC-4.0 AND MIT"),
        (
            "SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0 OR (MIT AND Zlib)",
            "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT AND Zlib"
        ),
    ])
    func statements(text: String, expected: String) { #expect(expression(text) == expected) }

    @Test func aTagCountsOnce() {
        #expect(
            scan("// SPDX-License-Identifier: MIT OR Apache-2.0\nint x;", role: .source).matches.map(\.method) == [
                .tag, .tag,
            ])
    }
}

@Suite struct WordingTests {
    @Test(arguments: [
        (
            "This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.",
            "GPL-2.0-or-later"
        ),
        ("It is available under the GPL version 2.", "GPL-2.0-only"), ("License: GPLv3", "GPL-3.0-only"),
        ("License: GPLv3+", "GPL-3.0-or-later"), ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
    ])
    func notices(text: String, expected: String) { #expect(expression(text, role: .licence) == expected) }

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

@Suite struct LargeTextTests {
    private final class Memory: RandomAccessBytes {
        let bytes: [UInt8]
        init(_ bytes: [UInt8]) { self.bytes = bytes }
        var byteCount: Int { bytes.count }
        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
            let count = max(0, min(buffer.count, bytes.count - offset))
            bytes[offset..<offset + count].withUnsafeBytes { buffer.copyMemory(from: $0) }
            return count
        }
    }

    @Test func piecesKeepLinesAndNothingIsFoundTwice() throws {
        let filler = String(repeating: "lorem ipsum dolor sit amet\n", count: 170_000)
        let notice = "Licensed under the Apache License, Version 2.0.\n"
        let text = notice + filler + "This project is licensed under the MIT License.\n" + filler + filler
        let found = try LicenceScanner().scan(Memory(Array(text.utf8)), path: "x", role: .document).matches
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

@Suite struct NameKeyTests {
    /// Names of records and names in running text go one way, letters beyond ASCII included.
    @Test(arguments: [
        ("Apache License, Version 2.0", "apache-2.0", true),
        ("Licence Libre du Québec – Réciprocité", "LICENCE LIBRE DU QUÉBEC (Réciprocité)", true),
        ("GPL v3+", "GPL 3 +", true), ("GPL v3+", "GPL 3", false),
        ("Licence Libre du Québec", "Licence Libre du Qu bec", false), ("木兰宽松许可证", "木兰公共许可证", false),
        ("MIT 0", "MIT 0.0", true), ("the licence, version", "", true),
    ])
    func sameOrNot(left: String, right: String, areSame: Bool) {
        #expect((NameKey.hash(left) == NameKey.hash(right)) == areSame)
    }

    @Test func aNameReadTokenByTokenIsTheSame() {
        let name = "Licence Libre du Québec – Permissive version 1.1"
        let bytes = Array(name.utf8)
        let tokens = Tokenizer.tokens(of: name)
        var parts: [NameKey.Part] = []
        bytes.withUnsafeBytes { bytes in
            for token in 0..<tokens.count {
                NameKey.append(
                    bytes, (token == 0 ? 0 : Int(tokens.ends[token - 1]))..<Int(tokens.ends[token]), to: &parts)
            }
        }
        #expect(NameKey.hash(parts) == NameKey.hash(name))
    }
}

@Suite struct AlignerTests {
    /// Both ways of finding what two runs share find as much.
    @Test func differencesFindAsMuchAsTheTable() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let first = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                UInt16.random(in: 1...9, using: &generator)
            }
            var second = first
            for _ in 0..<Int.random(in: 0...12, using: &generator) where !second.isEmpty {
                let place = Int.random(in: 0..<second.count, using: &generator)
                if Bool.random(using: &generator) {
                    second.remove(at: place)
                } else {
                    second.insert(UInt16.random(in: 1...9, using: &generator), at: place)
                }
            }
            #expect(
                Aligner.agreements(first, second, byDifferences: true)
                    == Aligner.agreements(first, second, byDifferences: false), "\(first) / \(second)")
        }
    }
}

@Suite struct PhraseSetTests {
    @Test func findsWhatASearchFinds() {
        let phrases = ["he", "she", "his", "hers", "licence", "licensed under", "许可"]
        let text = "USHERS say: Licensed under his 许可 licence"
        var found = Set<Int>()
        Array(text.utf8).withUnsafeBytes { PhraseSet(phrases).forEach(in: $0) { phrase, _ in found.insert(phrase) } }
        #expect(found == Set(phrases.indices.filter { text.lowercased().contains(phrases[$0]) }))
    }
}
