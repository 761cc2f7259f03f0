import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct NestedProjectsTests {
    /// A release of Tiny with a folder that has code, a README under a title and a licence's text of its own.
    private func release(_ folder: String, title: String, outside: Bool = true) -> ReleaseBuilder {
        var release = ReleaseBuilder()
        if outside { release = release.card(headings: ["Tiny"]) }
        return release.card(folder + "/README.md", headings: [title])
            .licensing(folder + "/LICENSE", .text("BSD-3-Clause"))
            .program(folder + "/train.py", [.training: 9])
    }

    private func isVendored(_ release: ReleaseBuilder, _ path: String) -> Bool {
        NestedProjects.marked(release.release, TestRules.shared).files.first { $0.path == path }?.place.area
            == .thirdParty
    }

    @Test func aProjectUnderAnotherNameIsVendored() {
        let nested = release("finetune/Megatron", title: "Megatron")
        #expect(isVendored(nested, "finetune/Megatron/train.py"))
        #expect(isVendored(nested.program("finetune/Megatron/a/b.py"), "finetune/Megatron/a/b.py"))
        #expect(!isVendored(nested.program("finetune/run.py"), "finetune/run.py"))
        let code = Judge(TestRules.shared).dossier(nested.release).components.first { $0.id == .trainingCode }
        #expect(code?.status == .absent, "its trainers are not the release's")
    }

    @Test func aProjectOfTheReleasesNameIsNot() {
        #expect(!isVendored(release("tiny1", title: "The first"), "tiny1/train.py"))
        #expect(!isVendored(release("code", title: "Training Tiny"), "code/train.py"))
    }

    @Test func aFolderThatIsNoWholeProjectIsNot() {
        let outside = ReleaseBuilder().card(headings: ["Tiny"])
        let noLicence = outside.card("x/README.md", headings: ["Zebra"]).program("x/train.py")
        #expect(!isVendored(noLicence, "x/train.py"))
        let noReadme = outside.licensing("x/LICENSE", .text("MIT")).program("x/train.py")
        #expect(!isVendored(noReadme, "x/train.py"))
        let weights = release("zebra", title: "Zebra").weights("zebra/model.safetensors")
        #expect(!isVendored(weights, "zebra/train.py"), "a model of the release's")
        let sdist = release("pkg-1.0", title: "Zebra", outside: false)
        #expect(!isVendored(sdist, "pkg-1.0/train.py"), "an archive's folder is the release")
    }
}
