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
}
