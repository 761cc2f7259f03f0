import OpenscanFacts
import OpenscanRules

/// Components that a document is: licence files, cards, reports, results.
struct DocumentComponents {
    let rules: RuleSet
    let folders: FolderIndex

    private static let fewWords = 20
    private static let manyWords = 60
    private static let cardHeadings = 2
    private static let fewFigures = 2

    func mark(_ file: FileFacts, in table: inout ComponentTable) {
        licenceFile(file, in: &table)
        if file.place.name.hasSuffix(".pdf") { report(file, in: &table) }
        guard let card = file.card else { return }
        if rules.components[.dataCard]?.files.matches(file.place.name) ?? false {
            table.present(.dataCard, Evidence(path: file.path))
        }
        self.card(file, card, in: &table)
        results(file, card, in: &table)
    }

    private func licenceFile(_ file: FileFacts, in table: inout ComponentTable) {
        guard let name = file.place.licenceName else { return }
        if let scan = file.licence, name != .thirdParty {
            let methods: [LicenceMatch.Method] = [.text, .notice, .header]
            if scan.matches.contains(where: { methods.contains($0.method) }) || !scan.unknownText.isEmpty {
                let lines = scan.matches.first?.lines
                return table.present(.licenceFile, Evidence(path: file.path, lines: lines))
            }
        }
        if file.place.name.hasSuffix(".pdf") {
            table.present(.licenceFile, Evidence(path: file.path), confidence: .low)
        }
    }

    private func report(_ file: FileFacts, in table: inout ComponentTable) {
        let place = file.place
        // The text of a licence or policy is no report, whatever it is called besides.
        guard place.licenceName == nil, !place.isPolicy else { return }
        if rules.components[.technicalReport]?.files.matches(place.name) ?? false {
            table.present(.technicalReport, Evidence(path: file.path))
        } else if let paper = rules.components[.researchPaper], !rules.components.noPaper.areIn(place.name),
            place.depth == 0 || place.folders.last.map(paper.folders.matches) ?? false
        {
            table.present(.researchPaper, Evidence(path: file.path), confidence: .medium)
        }
    }

    private func card(_ file: FileFacts, _ card: CardFacts, in table: inout ComponentTable) {
        let place = file.place
        guard let model = rules.components[.modelCard], let data = rules.components[.dataCard] else { return }
        if model.files.matches(place.name) { return table.present(.modelCard, Evidence(path: file.path)) }
        guard place.isReadme else { return }
        if let head = card.frontMatter {
            let fields = Set(head.fields.keys)
            let evidence = Evidence(path: file.path, lines: head.lines)
            if !fields.isDisjoint(with: data.fields) {
                table.present(.dataCard, evidence)
            } else if card.wordCount > Self.fewWords || !fields.isDisjoint(with: model.fields) {
                table.present(.modelCard, evidence, confidence: card.wordCount > Self.manyWords ? .high : .low)
            }
            return
        }
        let evidence = Evidence(path: file.path)
        let sections = model.headings.words.filter { word in
            card.headings.contains {
                $0.content.words >= CardSections.leastWords && Phrases([word]).areIn($0.text.lowercased())
            }
        }
        if sections.count >= Self.cardHeadings {
            table.present(
                .modelCard, evidence, confidence: .medium, reason: Reason("sections of a model card", [evidence]))
        } else if place.depth > 0, folders.withWeights.contains(file.folder) {
            table.present(
                .modelCard, evidence, confidence: .medium, reason: Reason("a README beside the weights", [evidence]))
        }
    }

    private func results(_ file: FileFacts, _ card: CardFacts, in table: inout ComponentTable) {
        guard file.place.area == .main, let results = rules.components[.evaluationResults] else { return }
        if let head = card.frontMatter,
            let line = head.fields.first(where: { results.fields.contains($0.key) })?.value.line
        {
            return table.present(.evaluationResults, Evidence(path: file.path, lines: LineRange(line)))
        }
        // Results are figures: a heading over pictures, a link or a plan shows none.
        if let heading = card.headings.first(where: {
            $0.content.figures >= Self.fewFigures && results.headings.areIn($0.text.lowercased())
        }) {
            table.present(
                .evaluationResults, Evidence(path: file.path, lines: LineRange(heading.line), quote: heading.text),
                confidence: .medium)
        }
    }
}
