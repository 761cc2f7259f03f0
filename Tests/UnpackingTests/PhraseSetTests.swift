import OpenscanBytes
import Testing

@Suite struct PhraseSetTests {
    @Test func findsWhatASearchFinds() {
        let phrases = ["he", "she", "his", "hers", "licence", "licensed under", "许可"]
        let text = "USHERS say: Licensed under his 许可 licence"
        var found = Set<Int>()
        Array(text.utf8).withUnsafeBytes { PhraseSet(phrases).forEach(in: $0) { phrase, _ in found.insert(phrase) } }
        #expect(found == Set(phrases.indices.filter { text.lowercased().contains(phrases[$0]) }))
    }

    private func found(_ phrases: [String], _ text: String) -> [String] {
        var out: [String] = []
        Array(text.utf8).withUnsafeBytes {
            PhraseSet(phrases).forEach(in: $0) { phrase, end in out.append("\(phrases[phrase])@\(end)") }
        }
        return out
    }

    @Test func findsEveryPlaceAndEveryPhraseThere() {
        #expect(found(["abcd", "abcde", "cdef"], "xABCDEFabcd") == ["abcd@5", "abcde@6", "cdef@7", "abcd@11"])
        // Shorter phrases shorten what places are looked up by.
        #expect(found(["a", "ab", "abcdef"], "ab abcde") == ["a@1", "ab@2", "a@4", "ab@5"])
        #expect(found(["许可", "许"], "不许可") == ["许可@9", "许@6"])
        #expect(found([], "text").isEmpty)
        #expect(found(["longer than the text"], "text").isEmpty)
    }

    @Test func signsThatDifferFromOthersByTheBitOfCaseAreNotThose() {
        #expect(found(["[ab]"], "{AB} [AB]") == ["[ab]@9"])
        #expect(found(["`x`y"], "@x@y `x`Y") == ["`x`y@9"])
    }

    @Test func saysWhetherAnyIsThere() {
        Array("a licence".utf8).withUnsafeBytes {
            #expect(PhraseSet(["licence"]).isAny(in: $0))
            #expect(!PhraseSet(["license"]).isAny(in: $0))
        }
    }
}

@Suite struct TextFoldingTests {
    @Test func everyScalarFoldsAsTheStandardLibraryHasIt() {
        var wrong: [UInt32] = []
        for value in UInt32(1)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "é" + String(Character(scalar))
            if FoldedText(text).bytes != Array(text.lowercased().utf8) { wrong.append(value) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    @Test(arguments: [
        "", " ", " \t\r\n ", " a b ", "\u{3000} a\u{A0}", "\r\na\r\n", " \u{301}a ", "a", " é ", "许 可\u{2003} ",
    ])
    func trimsWhiteSpaceOfAnyKind(text: String) {
        var view = text[...]
        while let first = view.first, first.isWhitespace { view = view.dropFirst() }
        while let last = view.last, last.isWhitespace { view = view.dropLast() }
        #expect(text.trimmed == String(view))
        #expect(("x" + text + "y").dropFirst().dropLast().trimmed == String(view))
    }
}
