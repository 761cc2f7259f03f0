import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

/// The reviewer's page as text; Tests/Browser opens it in a browser.
@Suite struct ReviewPageTests {
    private static let tool = ReportTool(name: "openscan", version: "1", licenceData: "aa", ruleData: "bb")

    private func context(_ files: [String: String] = [:]) -> ReviewContext {
        var context = ReviewContext(tool: Self.tool, inventory: "cc")
        for (path, text) in files {
            Array(text.utf8).withUnsafeBytes { context.sources.add(path, utf8: $0) }
        }
        return context
    }

    private func page(
        _ dossier: Dossier, _ files: [String: String] = [:], language: Language = .en
    ) throws -> String {
        try ReviewPage.text(
            dossier, rules: TestRules.shared, language: language, context: context(files), templates: PageTemplates())
    }

    @Test func everySectionIsThereInOrder() throws {
        let page = try page(Samples.full)
        let ids = [
            "answer", "use", "gradient", "access", "parts", "licences", "yardsticks", "flags", "claims", "lineage",
            "weights",
            "unread", "reproduce", "sources", "rules",
        ]
        let places = ids.map { page.range(of: "<section id=\"\($0)\"")?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(!page.contains("{{") && !page.contains("}}"))
    }

    /// Links inside the page lead somewhere, and ids are there once.
    @Test func everyLinkHasItsTarget() throws {
        let licence = (1...130).map { "line \($0)" }.joined(separator: "\n")
        for files in [[:], ["LICENSE": licence, "README.md": licence]] {
            let page = try page(Samples.full, files)
            let targets = Self.values(of: "href=\"#", in: page)
            let ids = Self.values(of: " id=\"", in: page)
            #expect(targets.count > 60)
            #expect(ids.count == Set(ids).count)
            for target in Set(targets) { #expect(ids.contains(target), "\(target)") }
        }
    }

    private static func values(of lead: String, in page: String) -> [String] {
        page.split(separator: lead, omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }

    @Test func nothingIsFetched() throws {
        let page = try page(Samples.full)
        for word in ["src=", "url(", "@import", "http://", "https://", "<link", "<iframe", "<img", "javascript:"] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("default-src &#39;none&#39;"))
    }

    /// The policy names the digests of exactly the style and script that are there.
    @Test func thePolicyAllowsOnlyTheProgramsOwn() throws {
        let page = try page(Samples.full)
        for tag in ["style", "script"] {
            let inner = try #require(page.split(separator: "<\(tag)>").last?.split(separator: "</\(tag)>").first)
            let digest = Base64.text(SHA256.digest(inner.utf8))
            #expect(page.contains("\(tag)-src &#39;sha256-\(digest)&#39;"))
        }
        let tags = page.components(separatedBy: "<script").count - 1
        #expect(tags == 1)
    }

    /// Markup, templates, ends of attributes, marks that hide signs from those who read by characters, and what turns
    /// the order of reading: in every text that a release brings.
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "{{{style}}} {{#t}}",
        "</style></script></title>", "<\u{301}b>", "\"\u{301} onclick=alert(1) x=\"", "&lt;\u{301}",
        "a\u{202E}b\u{2066}c", "`x`",
    ]

    @Test(arguments: hostile) func noTextOfTheReleaseBecomesMarkup(text: String) throws {
        let quiet = try page(Self.filled(with: "quiet"), ["quiet": "quiet\n"])
        let loud = try page(Self.filled(with: text), [text: text + "\n"])
        func tags(_ page: String) -> [Substring] {
            page.split(separator: "<").dropFirst().map { $0.prefix { !" >\n".contains($0) } }
        }
        // By scalars: what a browser sees of it.
        func signs(_ page: String, _ sign: Unicode.Scalar) -> Int { page.unicodeScalars.count { $0 == sign } }
        #expect(signs(loud, "<") == signs(quiet, "<"))
        #expect(signs(loud, ">") == signs(quiet, ">"))
        #expect(signs(loud, "\"") == signs(quiet, "\""))
        // Files stand in order of their paths.
        let isSame = tags(loud).sorted() == tags(quiet).sorted()
        #expect(isSame)
        #expect(!loud.unicodeScalars.contains(where: Printable.isBidirectionalControl))
    }

    /// The sample with one text wherever a release has a say.
    private static func filled(with text: String) -> Dossier {
        let place = Evidence(path: text, lines: LineRange(1), quote: text)
        var dossier = Samples.full
        dossier.release.name = text
        dossier.release.revision = text
        dossier.release.path = text
        dossier.verdict.sentence = Reason("\(text) fails", [place])
        dossier.verdict.needsPerson = [Reason("\(text)", [place])]
        dossier.use[0].reason = Reason("\(text)", [place])
        dossier.use[0].conditions = [Reason("\(text)", [place])]
        dossier.duties[0].text = text
        dossier.duties[0].evidence = [place]
        dossier.terms[.code]?.expression = text
        dossier.terms[.code]?.evidence = [place]
        for index in dossier.components.indices where dossier.components[index].status != .absent {
            dossier.components[index].evidence = [place]
            dossier.components[index].licences = [LicenceID(text)]
        }
        dossier.licences[0].name = text
        dossier.licences[0].path = text
        dossier.licences[0].lines = LineRange(1)
        dossier.licences[0].additions = [place]
        dossier.licences[0].clauses[0].evidence = place
        dossier.licences[0].clauses[0].parameters = [text: text]
        dossier.otherLicences[0].paths = [text]
        dossier.expression.declared = text
        dossier.expression.concluded = text
        dossier.model.architecture = text
        dossier.model.quantization = text
        dossier.model.baseModels[0].name = text
        dossier.model.baseModels[0].evidence = place
        dossier.model.datasets = [text]
        dossier.model.datasetTerms[0].name = text
        dossier.claims[0].evidence = place
        dossier.gradient.reasons = [Reason("\(text)", [place])]
        dossier.gradient.next = [Reason("\(text)", [place])]
        dossier.flags[0].claim = place
        dossier.flags[0].evidence = [place]
        dossier.flags[0].reasons = [Reason("\(text)", [place])]
        dossier.artefacts[0].path = text
        dossier.artefacts[0].parametersByType = [text: 3]
        dossier.artefacts[0].findings = [Finding(.badHeader, .high, "\(text)")]
        dossier.parts[0].path = text
        dossier.parts[0].licenceOfWeights = text
        dossier.errors = [.init(path: text, code: text, message: "\(text)")]
        return dossier
    }

    @Test func citedLinesStandInThePageWithTheirNeighbours() throws {
        let text = (1...40).map { $0 == 5 ? "Before. Our model is   open source. After." : "line \($0)" }
        let page = try page(Samples.full, ["README.md": text.joined(separator: "\n")])
        // White space in a quote is evened out, and the words are found all the same.
        #expect(page.contains("Before. <mark>Our model is   open source.</mark> After."))
        #expect(page.contains("data-n=\"2\"><span>line 2</span>") && page.contains("data-n=\"8\""))
        #expect(!page.contains("data-n=\"30\""))
    }

    @Test func aLicenceTextHasItsClausesBesideTheirLines() throws {
        let text = (1...126).map { $0 == 66 ? "if it has 700 million monthly users, ask" : "line \($0)" }
        let page = try page(Samples.full, ["LICENSE": text.joined(separator: "\n")])
        #expect(page.contains("if it has <mark>700 million monthly users</mark>, ask"))
        #expect(page.contains("<a href=\"#rule-mau-threshold\">mau-threshold</a></div>"))
        #expect(page.contains("<ins>not in the standard text</ins>"))
    }

    @Test func anEndlessLineIsCutAroundItsMark() throws {
        let text =
            String(repeating: "x", count: 50_000) + "Our model is open source." + String(repeating: "y", count: 50_000)
        let page = try page(Samples.full, ["README.md": "1\n2\n3\n4\n" + text])
        #expect(page.utf8.count < 400_000)
        #expect(page.contains("<mark>Our model is open source.</mark>") || text.utf8.count > 20_000)
    }

    @Test func linesThatAreNotThereCostNothing() throws {
        var dossier = Samples.full
        dossier.flags[0].evidence = [
            Evidence(path: "README.md", lines: LineRange(5, .max), quote: "x"),
            Evidence(path: "README.md", lines: LineRange(0, -4)),
            Evidence(path: "README.md", lines: LineRange(.max, .max)), Evidence(path: "a.bin", offset: .max),
            Evidence(path: "", quote: "x"),
        ]
        let page = try page(dossier, ["README.md": "1\n2\n3\n4\n5\n"])
        #expect(page.contains("data-n=\"5\""))
    }

    @Test func anUnreadReleaseHasAPageThatSaysSo() throws {
        let dossier = Samples.bare {
            $0.gradient.subject = .unread
            $0.errors = [.init(path: "x", code: "unreadable", message: "permission denied")]
        }
        let page = try page(dossier)
        #expect(
            page.contains("Not judged") && page.contains("permission denied") && !page.contains("section id=\"use\""))
    }

    @Test func aPersonsAnswerStandsBesideTheMachines() throws {
        var context = context()
        context.review = try Samples.review
        let page = try ReviewPage.text(
            Samples.full, rules: TestRules.shared, language: .en, context: context, templates: PageTemplates())
        #expect(page.contains("class=\"verdict\">Open source</h2>"))
        #expect(page.contains("as a person decided; the program says: Not open source"))
        #expect(
            page.contains("Reviewer: overridden: low</strong> · stale") && page.contains("read by a &lt;person&gt;"))
        #expect(page.contains("data-id=\"flag/ow-03\"") && page.contains("1 decided, 1 stale"))
    }

    @Test func thePageSpeaksChinese() throws {
        let page = try page(Samples.full, language: .zh)
        #expect(page.contains("<html lang=\"zh\">") && page.contains("不构成法律意见") && page.contains("开放性审查档案"))
        #expect(!page.contains("Openness dossier"))
    }
}
