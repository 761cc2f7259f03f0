import Licensing
import Openness
import Unpacking

/// The report for people: the verdict first, then what it rests on, one screen for a normal release.
public struct TextReport {
    let report: Report
    let style: Style
    let words: Words
    private var out = ""

    public init(_ report: Report, style: Style, words: Words = Words(.en)) {
        self.report = report
        self.style = style
        self.words = words
    }

    public static func text(_ report: Report, style: Style, words: Words = Words(.en)) -> String {
        var writer = TextReport(report, style: style, words: words)
        writer.write()
        return writer.out
    }

    private mutating func write() {
        head()
        verdict()
        components()
        licences()
        flags()
        yardsticks()
        lineage()
        parts()
        artefacts()
        if !report.errors.isEmpty {
            title("COULD NOT BE READ")
            for error in report.errors.prefix(5) {
                wrapped(Printable.path(error.path) + ": " + error.message, indent: 2)
            }
            if report.errors.count > 5 { line("  … and \(report.errors.count - 5) more (--format json)") }
        }
    }

    // MARK: Parts

    private mutating func head() {
        let release = report.release
        var words = ["\(release.kind)"]
        if let revision = release.revision { words.append("@" + revision.prefix(12)) }
        words.append("\(release.fileCount) file\(release.fileCount == 1 ? "" : "s"), \(Self.bytes(release.byteCount))")
        line(
            style.paint(Style.clipped(release.name, style.width - 2), .bold) + "  "
                + style.paint(
                    Style.clipped(
                        words.joined(separator: " · "), max(10, style.width - Style.columns(release.name) - 2)), .dim))
    }

    private mutating func verdict() {
        let gradient = report.gradient
        line("")
        let level = Catalogue.level(gradient.level)
        switch gradient.subject {
        case "model":
            let name = words(level?.name ?? gradient.level)
            let confidence = words(gradient.confidence.rawValue)
            let verdict =
                gradient.rank.map { words("{0} (level {1} of 7), confidence {2}", name, String($0), confidence) }
                ?? words(
                    "{0}, confidence {1}",
                    name + (gradient.atMost.map { " (at most \(Catalogue.level($0)?.name.lowercased() ?? $0))" } ?? ""),
                    confidence)
            for part in Style.wrapped(verdict, style.width) {
                line(style.paint(part, (gradient.rank ?? 0) >= 7 ? .green : .bold))
            }
        case "code-only": line(style.paint(words("Code only: no weights here and no link to any"), .bold))
        case "data-only": line(style.paint(words("A data release, no model"), .bold))
        default: line(style.paint(words("Not a model release: a plain program gets no level"), .bold))
        }
        openness()
        for reason in gradient.reasons.dropFirst(2).prefix(3) {
            wrapped("- " + words(reason.quote ?? "") + (reason.path == "." ? "" : "  " + reason.place), indent: 2)
        }
    }

    /// "Is this open source?" in one line.
    private mutating func openness() {
        let failed = report.frameworks.osd.filter { $0.value.verdict == .fail }.compactMap { Int($0.key) }.sorted()
        let review = report.frameworks.osd.filter { $0.value.verdict == .review }.compactMap { Int($0.key) }.sorted()
        let weights = report.licences.filter { $0.appliesTo.contains("weights-final") }
        let about = words(weights.isEmpty ? "licence" : "licence of the weights")
        let ids =
            report.licenceExpression.byComponent["weights-final"] ?? report.licenceExpression.byComponent[
                "weights-adapter"] ?? report.licenceExpression.concluded
        guard let ids else {
            return wrapped(
                style.paint(words("No licence found: nothing may be copied, changed or passed on by default"), .red),
                indent: 2)
        }
        let place = weights.first.map { "  " + $0.place } ?? ""
        if !failed.isEmpty {
            wrapped(
                style.paint(words("Not open source"), .red) + ": "
                    + words(
                        "{0} {1} fails OSD {2} ({3})", about, ids, failed.map(String.init).joined(separator: ", "),
                        failed.map { words(OSDAssessment.names[$0 - 1]) }.joined(separator: "; ")) + place, indent: 2)
        } else if !review.isEmpty {
            wrapped(
                style.paint(words("Needs a person"), .yellow) + ": "
                    + words("{0} {1}, OSD {2} unclear", about, ids, review.map(String.init).joined(separator: ", "))
                    + place, indent: 2)
        } else if let inherited = report.flags.first(where: { $0.id == "ow-26" })?.evidence.last?.quote {
            wrapped(
                style.paint(words("Needs a person"), .yellow) + ": "
                    + words("{0} {1} passes the Open Source Definition, but {2}", about, ids, inherited), indent: 2)
        } else {
            wrapped(
                style.paint(words("Licence terms open"), .green) + ": "
                    + words("{0} {1} passes the Open Source Definition", about, ids) + place, indent: 2)
        }
    }

    private mutating func components() {
        title("COMPONENTS")
        let there = report.components.filter { $0.status != .absent }
        for component in there {
            let name = words(Catalogue.component(component.id)?.name ?? component.id)
            let status = words(component.status.rawValue)
            let colour: Style.Colour = component.status == .present ? .green : .yellow
            let place = component.evidence.first?.place ?? component.paths.first ?? ""
            let more = component.paths.count > 1 ? " +\(component.paths.count - 1)" : ""
            let licence = component.licences.joined(separator: ", ")
            let rest = style.width - 2 - 22 - 9 - 1
            let licenceWidth = licence.isEmpty ? 0 : min(22, Style.columns(licence)) + 1
            line(
                "  " + Style.padded(name, 22) + style.paint(Style.padded(status, 9), colour) + " "
                    + Style.paddedPlace(place + more, rest - licenceWidth)
                    + (licence.isEmpty ? "" : " " + style.paint(Style.clipped(licence, 22), .dim)))
        }
        let absent = report.components.filter { $0.status == .absent }.map { component in
            Catalogue.component(component.id).map { words($0.name).lowercased() } ?? component.id
        }
        if !absent.isEmpty { wrapped(style.paint(words("absent: "), .dim) + absent.joined(separator: ", "), indent: 2) }
    }

    private mutating func licences() {
        guard !report.licences.isEmpty || !report.otherLicences.isEmpty else { return }
        title("LICENCES")
        for licence in report.licences.prefix(8) {
            let coverage =
                licence.method == .text ? "text \(Int((licence.coverage * 100).rounded())) %" : licence.method.rawValue
            let failed = licence.failedCriteria
            let verdict =
                licence.osiApproved
                ? words("OSI-approved")
                : failed.isEmpty
                    ? words(licence.isOpen ? "no limit known" : "review")
                    : words("fails OSD {0}", failed.map(String.init).joined(separator: ", "))
            let name = licence.modified ? licence.id + " (modified)" : licence.id
            line(
                "  " + Style.padded(name, 30) + Style.padded(coverage, 11)
                    + style.paint(
                        Style.padded(verdict, 18), failed.isEmpty ? (licence.isOpen ? .green : .yellow) : .red)
                    + Style.clippedPlace(licence.place, style.width - 61))
            for addition in licence.additions.prefix(2) {
                wrapped(
                    "added \(addition.lines.map { "line \($0.first)" } ?? ""): \u{201C}\(addition.quote ?? "")\u{201D}",
                    indent: 6, limit: 2)
            }
            if let nearest = licence.nearest { line("      nearest known text: \(nearest)") }
        }
        if report.licences.count > 8 { line("  … and \(report.licences.count - 8) more (--format json)") }
        if !report.otherLicences.isEmpty {
            let words = report.otherLicences.prefix(6).map { "\($0.id) (\($0.reason), \($0.count))" }.joined(
                separator: ", ")
            wrapped(
                style.paint("beside these: ", .dim) + words + (report.otherLicences.count > 6 ? " …" : ""), indent: 2)
        }
    }

    private mutating func flags() {
        guard !report.flags.isEmpty else { return }
        title("FLAGS")
        for flag in report.flags {
            let colour: Style.Colour =
                switch flag.severity {
                case .high: .red
                case .medium: .yellow
                default: .dim
                }
            line(
                "  " + style.paint(Style.padded(words(flag.severity.rawValue), 7), colour)
                    + Style.clipped(words(flag.title), style.width - 9 - Style.columns(flag.id) - 3)
                    + style.paint("  \(flag.id)", .dim))
            if flag.severity == .info { continue }
            if let claim = flag.claim { quote("claim", claim) }
            for evidence in flag.evidence.prefix(2) { quote("evidence", evidence) }
        }
    }

    private mutating func quote(_ label: String, _ evidence: Evidence) {
        let head = Style.padded(words(label), 9) + (evidence.path == "." ? "" : evidence.place + "  ")
        wrapped(
            head + (evidence.quote.map { evidence.path == "." ? $0 : "\u{201C}\($0)\u{201D}" } ?? ""), indent: 9,
            limit: 2)
    }

    /// Every yardstick in a line; `--detail` opens them.
    private mutating func yardsticks() {
        guard report.gradient.subject == "model" else { return }
        title("YARDSTICKS")
        let mof = report.frameworks.mof
        let state = mof.classes["3"]
        let lacking = state.map { $0.missing.count + $0.unlicensed.count + $0.invalid.count } ?? 0
        line(
            "  " + Style.padded(words("Model Openness Framework"), 32)
                + Style.clipped(
                    mof.class == 0
                        ? words("no class; {0} of {1} lack for class III", String(lacking), String(state?.needed ?? 0))
                        : words(mof.className), style.width - 35))
        for result in report.frameworks.results {
            let counts = words(
                "{0} met, {1} partly, {2} not, {3} open", String(result.met), String(result.partly),
                String(result.notMet), String(result.cannotTell))
            line(
                "  " + Style.padded(Style.clipped(words(result.name), 31), 32) + Style.clipped(counts, style.width - 35)
            )
        }
    }

    private mutating func lineage() {
        let model = report.model
        guard !model.baseModels.isEmpty || !model.hintedBases.isEmpty || !model.datasetTerms.isEmpty else { return }
        title("LINEAGE")
        for base in model.baseModels.prefix(4) + model.hintedBases.prefix(model.baseModels.isEmpty ? 2 : 0) {
            let licence =
                base.licence.map { (base.certainty == .verified ? "" : words("probably ")) + $0 }
                ?? words("licence not known")
            wrapped(
                "\(base.name)  \(base.relation)\(base.source == .prose || base.source == .config ? "?" : "") · \(licence) · \(base.evidence.place)",
                indent: 2)
            let missing = base.duties.filter { $0.status == .missing }
            if !missing.isEmpty {
                wrapped(
                    style.paint(words("not kept: "), .yellow) + missing.map(\.clause).joined(separator: ", "), indent: 6
                )
            }
        }
        for data in model.datasetTerms.prefix(4)
        where data.commercial != "yes" || data.generatedBy != nil || data.isWithdrawn {
            let terms = [
                data.licence ?? "no licence stated",
                data.commercial == "no"
                    ? "no commercial use" : data.commercial == "yes" ? nil : "commercial use \(data.commercial)",
                data.generatedBy.map { "outputs of \($0)" }, data.isWithdrawn ? "withdrawn" : nil,
            ].compactMap { $0 }
            wrapped(
                "data \(data.name)  " + (data.certainty == .verified ? "" : words("probably "))
                    + terms.joined(separator: " · "), indent: 2)
        }
    }

    private mutating func parts() {
        guard !report.parts.isEmpty else { return }
        title("MODELS IN FOLDERS OF THEIR OWN")
        for part in report.parts.prefix(8) {
            let level = part.gradient.rank.map { "level \($0)" } ?? part.gradient.level
            line(
                "  " + Style.paddedPlace(part.path, 30) + " " + Style.padded(level, 13)
                    + Style.clipped(part.licenceOfWeights ?? "no licence", style.width - 47))
        }
        if report.parts.count > 8 { line("  … and \(report.parts.count - 8) more (--format json)") }
    }

    private mutating func artefacts() {
        let shown = report.artefacts.filter {
            $0.component != nil && $0.component != "model-metadata" || $0.findings.contains { $0.severity > .low }
                || $0.tensors != nil
        }
        guard !shown.isEmpty else { return }
        title("ARTEFACTS")
        if let model = modelLine() { wrapped(model, indent: 2) }
        // What would harm the reader is not to be hidden behind the sixth file.
        let ordered = shown.filter(Self.isAlarming) + shown.filter { !Self.isAlarming($0) }
        for artefact in ordered.prefix(6) {
            var words = [artefact.format, artefact.status.rawValue]
            for (count, unit) in [
                (artefact.tensors.map(String.init), "tensor"), (artefact.metadata["rows"], "row"),
                (artefact.metadata["columns"], "column"),
            ] {
                if let count { words.append(count == "1" ? "1 \(unit)" : "\(count) \(unit)s") }
            }
            if let parameters = artefact.parameters { words.append(Self.count(parameters) + " parameters") }
            if !artefact.parametersByType.isEmpty {
                words.append(
                    artefact.parametersByType.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
                        .joined(separator: "/"))
            }
            if let pointer = artefact.pointer { words.append("stands for \(Self.bytes(pointer.size))") }
            let half = style.width / 2 - 4
            line(
                "  " + Style.paddedPlace(artefact.path, half) + " "
                    + Style.clipped(words.joined(separator: " · "), style.width - half - 3))
            for finding in artefact.findings.filter({ $0.severity > .low }).prefix(3) {
                wrapped(
                    style.paint(finding.severity.rawValue, finding.severity == .high ? .red : .yellow)
                        + " \(finding.id): \(finding.detail)" + (finding.offset.map { " (offset \($0))" } ?? ""),
                    indent: 6, limit: 2)
            }
        }
        if shown.count > 6 { line("  … and \(shown.count - 6) more (--format json)") }
    }

    private static func isAlarming(_ artefact: ReportArtefact) -> Bool {
        artefact.findings.contains { $0.severity == .high }
    }

    private func modelLine() -> String? {
        var words: [String] = []
        if let architecture = report.model.architecture { words.append("architecture \(architecture)") }
        if let parameters = report.model.parameters { words.append("\(Self.count(parameters)) parameters") }
        if let quantization = report.model.quantization { words.append("quantised: \(quantization)") }
        return words.isEmpty ? nil : Printable.text(words.joined(separator: " · "), limit: 300)
    }

    // MARK: Lines

    private mutating func title(_ text: String) {
        line("")
        line(style.paint(words(text), .blue))
    }

    private mutating func line(_ text: String) { out += text + "\n" }

    private mutating func wrapped(_ text: String, indent: Int, limit: Int = 4) {
        // Colour codes take no columns; wrapping looks at the bare words.
        let space = String(repeating: " ", count: indent)
        let parts = Style.wrapped(text, style.width - indent - 2 + (text.contains("\u{1B}") ? 9 : 0))
        for (number, part) in parts.prefix(limit).enumerated() {
            line(
                (number == 0 ? space : space + "  ")
                    + (number == limit - 1 && parts.count > limit
                        ? Style.clipped(part + " …", style.width - indent - 2) : part))
        }
    }

    static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        var value = Double(count)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(short(value)) \(units[unit])"
    }

    static func count(_ number: Int) -> String {
        if number >= 1_000_000_000 { return short(Double(number) / 1e9) + " B" }
        if number >= 1_000_000 { return short(Double(number) / 1e6) + " M" }
        if number >= 1_000 { return short(Double(number) / 1e3) + " k" }
        return String(number)
    }

    private static func short(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return value >= 100 ? String(Int(value.rounded())) : "\(tenths / 10).\(tenths % 10)"
    }
}
