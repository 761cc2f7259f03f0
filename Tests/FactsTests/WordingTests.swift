import Foundation
import OpenscanFacts
import Testing

@Suite struct WordingTests {
    @Test func anInterpolatedStringKeepsItsForm() {
        let wording: Wording = "\(LicenceID("MIT")) limits use in \(3) ways"
        #expect(wording.form == "{0} limits use in {1} ways")
        #expect(wording.description == "MIT limits use in 3 ways")
    }

    @Test func formsAreTranslatedPartsAndAll() {
        let inner: Wording = "licence"
        let wording: Wording = "\(inner) \("X") fails"
        let table = ["{0} {1} fails": "{1} {0} 不通过", "licence": "许可证"]
        #expect(wording.text { table[$0] ?? $0 } == "X 许可证 不通过")
    }

    @Test func bracesInPartsAreText() {
        let wording: Wording = "name \("{1}") and \("b")"
        #expect(wording.description == "name {1} and b")
    }

    @Test func sentencesAreJoinedInOrder() {
        #expect(Wording.joined(["a", "b", "c"], by: "; ").description == "a; b; c")
    }

    @Test func itIsWrittenAndReadAsText() throws {
        let wording: Wording = "\("a") and \("b")"
        let data = try JSONEncoder().encode([wording])
        #expect(String(decoding: data, as: UTF8.self) == "[\"a and b\"]")
        #expect(try JSONDecoder().decode([Wording].self, from: data) == [Wording("a and b")])
    }
}
