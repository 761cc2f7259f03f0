import Foundation
import OpenscanFacts
import OpenscanKit
import OpenscanScanning
import OpenscanUnpacking
import OpenscanTestSupport
import Testing

/// A repository that was not downloaded: judged by what was fetched, and said to be.
@Suite struct SkeletonScanTests {
    private static let card = "---\nlicense: apache-2.0\n---\n# Tiny\nTiny is a small model for tests of programs.\n"
    private static let header = #"{"a":{"dtype":"F32","shape":[1024,1024],"data_offsets":[0,4194304]}}"#
    private static let size = 8 + header.utf8.count + 4_194_304
    private static let shard =
        [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + .init(repeating: 0, count: 4_194_304)

    private func dossier(_ entries: String, gate: String = "none", weights: Bool = true, more: [(String, String)] = [])
        throws -> Dossier
    {
        let readme = #"{"path": "README.md", "size": \#(Self.card.utf8.count), "state": "whole"}"#
        let manifest =
            #"{"format": "openscan-skeleton", "version": 1, "repository": "org/tiny", "revision": "0123abcd", "gate": "\#(gate)", "files": [\#(readme), \#(entries)]}"#
        let folder = try TemporaryFolder(
            [("s/README.md", Self.card), ("s/.openscan-skeleton.json", manifest)] + more.map { ("s/" + $0.0, $0.1) })
        if weights { try folder.write("s/model.safetensors", Self.shard) }
        return try Analyser.shared.scan(folder.path + "/s")
    }

    private func entry(_ state: String, _ rest: String = "") -> String {
        #"{"path": "model.safetensors", "size": \#(Self.size), "digest": "sha256:\#(String(repeating: "a", count: 64))", "state": "\#(state)"\#(rest)}"#
    }

    private func weights(_ dossier: Dossier) throws -> JudgedArtefact {
        try #require(dossier.artefacts.first { $0.path == "model.safetensors" })
    }

    @Test func aHeaderIsEnoughAndTheRestIsSaid() throws {
        let end = Self.size - 4_194_304
        let dossier = try dossier(entry("partial", #", "ranges": [[0, \#(end)]]"#))
        #expect(dossier.release.kind == .skeleton && dossier.release.name == "org/tiny")
        #expect(dossier.release.revision == "0123abcd" && dossier.release.fileCount == 2)
        #expect(dossier.release.unseenBytes == 4_194_304)
        let weights = try weights(dossier)
        #expect(weights.status == .ok && weights.parameters == 1 << 20 && weights.findings.isEmpty)
        #expect(weights.unseen == 4_194_304 && weights.size == Self.size)
        let component = dossier.component(.weightsFinal)
        #expect(component.status == .present && component.confidence == .medium)
        #expect(component.reasons.contains { $0.words.description.contains("4194304 bytes were not") })
        #expect(dossier.gradient.level == "weights-available" && dossier.gradient.confidence != .high)
        #expect(dossier.access.gate.value == .none)
    }

    /// Listed with size and digest, as by a pointer; who may have it is the gate's question.
    @Test func aGatedFileStandsForWeightsBehindAGate() throws {
        let dossier = try dossier(entry("gated", #", "reason": "403: ask the owner""#), gate: "manual", weights: false)
        let weights = try weights(dossier)
        #expect(weights.status == .pointer && weights.pointer?.size == Self.size && weights.parameters == nil)
        #expect(weights.findings.map(\.id) == [.gated])
        #expect(weights.findings[0].detail.description == "gated: not read: \u{201C}403: ask the owner\u{201D}")
        #expect(dossier.release.unseenBytes == Self.size)
        let component = dossier.component(.weightsFinal)
        #expect(component.status == .present && component.confidence == .medium)
        #expect(component.reasons.contains { $0.words.description.contains("not here") })
        #expect(dossier.gradient.rule == 7, "weights behind a form that somebody decides on")
        #expect(dossier.access.gate.value == .form && dossier.access.who.value == .applicants)
    }

    /// A refusal is a gate, whatever the settings say.
    @Test func aRefusalIsAGateOfWhichNobodyKnowsMore() throws {
        let dossier = try dossier(entry("gated"), gate: "unknown", weights: false)
        #expect(dossier.gradient.confidence != .high)
        #expect(dossier.access.gate.value == .unknown)
    }

    /// A name on a list is no licence, no policy and no card.
    @Test func smallFilesThatAreOnlyListedAreNothing() throws {
        let names = ["LICENSE", "USE_POLICY.md", "SECURITY.md", "eval_results.json", "train.py", "tokenizer.json"]
        let listed = names.map { #"{"path": "\#($0)", "size": 900, "digest": "git-sha1:00", "state": "gated"}"# }
        let dossier = try dossier(listed.joined(separator: ", "), weights: false)
        #expect(dossier.release.fileCount == 7 && dossier.release.unseenBytes == 5400)
        let ids: [ComponentID] = [
            .licenceFile, .usagePolicy, .securityPolicy, .evaluationResults, .trainingCode, .tokenizer, .weightsFinal,
        ]
        for id in ids { #expect(dossier.component(id).status != .present, "\(id)") }
        #expect(Set(names).isSubset(of: dossier.artefacts.filter { $0.findings.map(\.id) == [.gated] }.map(\.path)))
    }

    /// Zeros in the place of what was not fetched are never read.
    @Test func zerosAreNoContent() throws {
        let dossier = try dossier(entry("partial", #", "ranges": [[100, 200]]"#))
        let weights = try weights(dossier)
        #expect(weights.status == .pointer && weights.findings.map(\.id) == [.unseen])
        let lied = try self.dossier(entry("partial", #", "ranges": [[0, 99999999999]]"#))
        #expect(try self.weights(lied).findings.map(\.id).contains(.badManifest))
        #expect(try self.weights(lied).tensors == nil && lied.release.unseenBytes == Self.size)
    }

    /// What does not fit on the list is not fetched whole: its beginning is text all the same.
    @Test func aTextIsJudgedByItsBeginning() throws {
        let text = "Tiny is a model.\n" + String(repeating: "\0", count: 3000)
        let dossier = try dossier(
            #"{"path": "notes.md", "size": \#(text.utf8.count), "state": "partial", "ranges": [[0, 17]]}, {"path": "config.json", "size": 40, "state": "partial", "ranges": [[0, 20]]}"#,
            weights: false, more: [("notes.md", text), ("config.json", #"{"model_type": "llama", "a": 1234567890}"#)])
        for path in ["notes.md", "config.json"] {
            let artefact = try #require(dossier.artefacts.first { $0.path == path })
            #expect(artefact.findings.map(\.id) == [.unseen], "\(artefact.findings)")
        }
    }

    @Test func shardsThatAreListedAreNotMissing() throws {
        let index =
            #"{"metadata":{"total_size":4194304},"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}"#
        let shards = (1...2).map {
            #"{"path": "model-0000\#($0)-of-00002.safetensors", "size": \#(Self.size), "digest": "sha256:00", "state": "gated"}"#
        }
        let listed =
            shards.joined(separator: ", ")
            + #", {"path": "model.safetensors.index.json", "size": \#(index.utf8.count), "state": "whole"}"#
        let dossier = try dossier(listed, weights: false, more: [("model.safetensors.index.json", index)])
        #expect(!dossier.artefacts.contains { $0.findings.contains { $0.id == .missingShard || $0.id == .badSize } })
        #expect(!dossier.flags.contains { $0.id == "ow-15" })
    }

    @Test func anArchiveThatIsNotWholeIsNotOpened() throws {
        let dossier = try dossier(
            #"{"path": "code.tar.gz", "size": 4000, "state": "partial", "ranges": [[0, 100]]}"#, weights: false,
            more: [("code.tar.gz", "\u{1F}" + String(repeating: "x", count: 3999))])
        let artefact = try #require(dossier.artefacts.first { $0.path == "code.tar.gz" })
        #expect(artefact.findings.map(\.id) == [.unseen] && dossier.errors.isEmpty)
    }

    /// What was fetched of a licence is not shipped along as the licence.
    @Test func aTextThatIsCutIsNoTextToPassOn() throws {
        let manifest =
            #"{"format": "openscan-skeleton", "version": 1, "files": [{"path": "LICENSE", "size": 10, "state": "partial", "ranges": [[0, 4]]}, {"path": "NOTICE", "size": 6, "state": "whole"}]}"#
        let folder = try TemporaryFolder([
            ("LICENSE", "0123456789"), ("NOTICE", "notice"), (".openscan-skeleton.json", manifest),
        ])
        let found = try ReleaseFiles.read(
            ["LICENSE", "NOTICE"], of: ReleaseLocation.find(folder.path), limits: Limits())
        #expect(found.keys.sorted() == ["NOTICE"])
    }

    @Test func aManifestInAnArchiveIsSaid() throws {
        let folder = try TemporaryFolder()
        let script =
            "import sys,tarfile,io\nt=tarfile.open(sys.argv[1],'w')\nfor n in ['.openscan-skeleton.json','README.md']:\n  i=tarfile.TarInfo(n);i.size=3;t.addfile(i,io.BytesIO(b'# x'))\nt.close()"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, folder.path + "/a.tar"]
        try process.run()
        process.waitUntilExit()
        let dossier = try Analyser.shared.scan(folder.path + "/a.tar")
        let findings = dossier.artefacts.filter { $0.path == ".openscan-skeleton.json" }.flatMap(\.findings)
        #expect(findings.map(\.id) == [.badManifest])
    }

    @Test func aFileAloneIsReadAsFarAsItWasFetched() throws {
        let end = Self.size - 4_194_304
        let manifest =
            #"{"format": "openscan-skeleton", "version": 1, "files": [\#(entry("partial", #", "ranges": [[0, \#(end)]]"#))]}"#
        let folder = try TemporaryFolder([(".openscan-skeleton.json", manifest)])
        try folder.write("model.safetensors", Self.shard)
        let dossier = try Analyser.shared.scan(folder.path + "/model.safetensors")
        #expect(dossier.release.unseenBytes == 4_194_304 && dossier.artefacts.first?.parameters == 1 << 20)
    }

    /// Bytes that pointers stand for are not here either.
    @Test func pointersAreUnseenToo() throws {
        let pointer =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "a", count: 64))\nsize 5000\n"
        let release = try TemporaryRelease([("README.md", Self.card), ("model.safetensors", pointer)])
        #expect(try release.dossier().release.unseenBytes == 5000)
    }
}
