import Foundation
import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

@Suite struct SignatureTests {
    private func read(_ text: String, _ name: String) throws -> ArtefactFacts? {
        try readArtefact(MemoryBytes(Array(text.utf8)), name: name)
    }

    private func bundle(_ statement: String) -> String {
        let payload = Data(statement.utf8).base64EncodedString()
        return
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"dsseEnvelope\":{\"payload\":\"\(payload)\"}}"
    }

    @Test func aBundleSaysWhatItNamesAndIsNotVerified() throws {
        let text = bundle(
            "{\"predicateType\":\"t\",\"predicate\":{\"resources\":[{\"name\":\"a.bin\"},{\"name\":\"b\"}]}}")
        let facts = try #require(try read(text, "model.sig"))
        #expect(facts.format == "signature" && facts.kind == .other)
        #expect(facts.findings.map(\.id) == [.signaturePresent])
        #expect(facts.findings[0].detail.description == "a signature (sigstore) that names a.bin, b; not verified")
        #expect(facts.metadata["files"] == "2")
    }

    @Test(arguments: [
        ("-----BEGIN PGP SIGNATURE-----\n\niQ==\n", "m.asc", "PGP"),
        ("untrusted comment: x\nRWQ\n", "m.sig", "minisign"),
        ("-----BEGIN SSH SIGNATURE-----\nU1\n", "m.sig", "SSH"), ("\u{1}\u{0}\u{2}", "m.sig", "no form that is known"),
    ])
    func otherFormsAreSaidAsWell(text: String, name: String, word: String) throws {
        let facts = try #require(try read(text, name))
        #expect(facts.findings.map(\.id) == [.signaturePresent])
        #expect(
            facts.findings[0].detail.description.contains(word)
                && facts.findings[0].detail.description.hasSuffix("not verified"))
    }

    @Test(arguments: [("= Title\nText", "notes.asc"), ("{\"payload\": 1}", "config.json"), ("text", "signature.md")])
    func otherTextsAreNoSignatures(text: String, name: String) throws {
        #expect(try read(text, name)?.format != "signature")
    }

    @Test func abundleThatIsBrokenOrLiesIsRead() throws {
        for text in [bundle("{"), bundle(""), "{\"dsseEnvelope\":{\"payload\":\"?!\"}}"] {
            #expect(try read(text, "model.sig")?.findings.map(\.id) == [.signaturePresent])
        }
        #expect(try read("{\"dsseEnvelope\":", "model.sig")?.status == .malformed)
    }
}

@Suite struct Base64Tests {
    @Test(arguments: [("", ""), ("YQ==", "a"), ("YQ", "a"), ("YWI=", "ab"), ("YW\nJj", "abc"), ("_-8=", "\u{FFFD}")])
    func textsAreDecoded(text: String, expected: String) throws {
        let bytes = try #require(Array(text.utf8).withUnsafeBytes { Base64.decode($0, limit: 100) })
        #expect(String(decoding: bytes, as: UTF8.self).prefix(3) == expected.prefix(3) || text == "_-8=")
        if text == "_-8=" { #expect(bytes == [0xFF, 0xEF]) }
    }

    @Test func whatIsNoneIsRefusedAndWhatIsLongIsCut() {
        for text in ["Y", "Y?==", "YQ==YQ=="] {
            #expect(Array(text.utf8).withUnsafeBytes { Base64.decode($0, limit: 9) } == nil)
        }
        #expect(Array("YWJjZGVm".utf8).withUnsafeBytes { Base64.decode($0, limit: 4) } == Array("abcd".utf8))
    }
}
