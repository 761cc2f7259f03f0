import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct DataDescriptionsTests {
    private func described(_ path: String, _ data: DescribedData) -> ReleaseBuilder {
        ReleaseBuilder().file(path) { $0.describedData = data }
    }

    /// A small table says nothing by itself; metadata beside it say that it is the data.
    @Test func aTableThatMetadataDescribeIsTheData() {
        #expect(ReleaseBuilder().data("d/a.csv", "csv", bytes: 20).status(.dataset) == .absent)
        let all = described("d/croissant.json", DescribedData()).data("d/a.csv", "csv", bytes: 20)
        #expect(all.status(.dataset) == .present && all.component(.dataset).confidence == .medium)
        let named = described("Kitfile", DescribedData(paths: ["./d"])).data("d/x/a.csv", "csv", bytes: 20)
        #expect(named.status(.dataset) == .present)
        let text = described("Kitfile", DescribedData(paths: ["d/a.txt"])).file("d/a.txt", bytes: 10)
        #expect(text.status(.dataset) == .present)
    }

    @Test func nothingElseIs() {
        let beside = described("d/croissant.json", DescribedData()).data("e/a.csv", "csv", bytes: 20)
        #expect(beside.status(.dataset) == .absent)
        let other = described("Kitfile", DescribedData(paths: ["d/a.csv"])).data("d/b.csv", "csv", bytes: 20)
        #expect(other.status(.dataset) == .absent)
        let outside = described("k/Kitfile", DescribedData(paths: ["../d"])).data("d/b.csv", "csv", bytes: 20)
        #expect(outside.status(.dataset) == .absent)
        let empty = described("Kitfile", DescribedData(paths: ["d/a.txt"])).file("d/a.txt", bytes: 0)
        #expect(empty.status(.dataset) == .absent)
        let vendored = described("third_party/x/croissant.json", DescribedData())
            .data("third_party/x/a.csv", "csv", bytes: 1 << 20)
        #expect(vendored.status(.dataset) == .absent)
    }

    @Test func aSplitForMeasuringIsToldByItsName() {
        let release = described("croissant.json", DescribedData()).data("test.csv", "csv", bytes: 20)
        #expect(release.status(.evaluationData) == .present && release.status(.dataset) == .absent)
    }

    @Test func dataThatAreKeptElsewhereAreLinked() {
        let address = Evidence(path: "croissant.json", quote: "https://example.org/d.csv")
        let component = described("croissant.json", DescribedData(addresses: [address])).component(.dataset)
        #expect(component.status == .linked && component.links.map(\.target) == ["https://example.org/d.csv"])
    }

    /// What a client keeps for itself is no part of the release.
    @Test(arguments: [
        ".msc", "._____temp/org/x/model.safetensors", ".cache/huggingface/download/model.safetensors.incomplete",
    ])
    func whatAClientKeepsIsNoWeights(path: String) {
        #expect(ReleaseBuilder().weights(path).status(.weightsFinal) == .absent)
    }
}
