import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct BillDiffersTests {
    private let rule = BillDiffers()
    private static let place = Evidence(path: "sbom.json", lines: LineRange(3))

    private func listed(_ path: String, sha256: String? = nil, size: Int? = nil) -> DeclaredBill.Listed {
        DeclaredBill.Listed(path: path, sha256: sha256, size: size, evidence: Self.place)
    }

    private func named(_ name: String) -> DeclaredBill.Named { .init(name: name, evidence: Self.place) }

    /// A release with one file of weights and a bill.
    private func release(_ change: (inout DeclaredBill) -> Void) -> FlagContextBuilder {
        var bill = DeclaredBill()
        change(&bill)
        return FlagContextBuilder().file("sbom.json") { $0.bill = bill }.file("a.safetensors") { file in
            var artefact = ArtefactFacts(format: "safetensors", status: .ok)
            artefact.kind = .weights
            artefact.pointer = ArtefactFacts.Pointer(oid: "sha256:" + String(repeating: "a", count: 64), size: 8)
            file.artefact = artefact
        }
    }

    private func words(_ builder: FlagContextBuilder) -> [String] { rule.check(builder.context)?.words ?? [] }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let found = try #require(
            rule.check(
                release { $0.files = [listed("./a.safetensors"), listed("b.safetensors")] }.context))
        #expect(found.words == ["b.safetensors is listed and not there"])
        #expect(found.places == ["sbom.json:3"])
    }

    /// A bill of which nothing is here is about something else.
    @Test func aBillOfOtherFilesIsNoDifference() {
        #expect(words(release { $0.files = [listed("x.bin"), listed("y.bin")] }) == [])
    }

    @Test func digestsAndSizesAreHeldAgainstWhatIsKnown() {
        let same = String(repeating: "a", count: 64)
        #expect(words(release { $0.files = [listed("a.safetensors", sha256: same, size: 8)] }) == [])
        let other = String(repeating: "b", count: 64)
        #expect(
            words(release { $0.files = [listed("a.safetensors", sha256: other, size: 9)] }) == [
                "a.safetensors has 8 bytes, not 9", "a.safetensors is another file by its digest",
            ])
    }

    @Test func weightsThatAreNotListedAreNamedWhereOthersAre() {
        let more = release { $0.files = [listed("a.safetensors")] }.file("c.safetensors") { file in
            var artefact = ArtefactFacts(format: "safetensors", status: .ok)
            artefact.kind = .weights
            file.artefact = artefact
        }
        #expect(words(more) == ["c.safetensors is there and not listed"])
        #expect(words(release { $0.bases = [named("x")] }) == [])
    }

    @Test func basesAreComparedByTheirLastPartWhereBothNameSome() {
        let bill = release { $0.bases = [named("llama-2-7b")] }
        #expect(words(bill) == [])
        #expect(words(bill.madeFrom("meta-llama/Llama-2-7b", known: "", "MIT")) == [])
        #expect(
            words(bill.madeFrom("org/other", known: "", "MIT")) == [
                "the bill names llama-2-7b as a base, the release does not",
                "the release names org/other as its base, the bill does not",
            ])
    }

    @Test func dataAreComparedAlike() {
        let bill = release { $0.datasets = [named("org/a"), named("b")] }.with { $0.model.datasets = ["a", "org/c"] }
        #expect(
            words(bill) == [
                "the bill names b as data, the release does not",
                "the release names org/c as its data, the bill does not",
            ])
    }

    @Test func billsOfOtherPeoplesPartsSayNothing() {
        let builder = FlagContextBuilder().file("lib/sbom.json", area: .thirdParty) {
            var bill = DeclaredBill()
            bill.bases = [named("x")]
            $0.bill = bill
        }.madeFrom("org/y", known: "", "MIT")
        #expect(words(builder) == [])
    }
}
