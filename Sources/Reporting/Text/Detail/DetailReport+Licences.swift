import OpenscanBytes

/// The licences, how each was recognised and what it is against the Open Source Definition.
extension DetailReport {
    mutating func licences() {
        guard !dossier.licences.isEmpty || !dossier.otherLicences.isEmpty else { return }
        out.title(words("LICENCES"))
        let column = style.width < 80 ? 20 : 30
        for licence in dossier.licences.prefix(50) {
            let method =
                licence.method == .text
                ? words("text {0} %", Amounts.percent(licence.coverage)) : words(licence.method.rawValue)
            let name = licence.isModified ? words("{0} (modified)", licence.id.rawValue) : licence.id.rawValue
            let colour: Style.Colour = licence.isOpen ? .green : licence.osd.failed.isEmpty ? .yellow : .red
            out.line(
                "  " + Columns.padded(Columns.clipped(name, column - 1), column) + Columns.padded(method, 11)
                    + style.paint(Columns.padded(words.standing(licence), 18), colour)
                    + Columns.clippedPlace(licence.place, style.width - 31 - column))
            for addition in licence.additions.prefix(10) {
                let quote = "\u{201C}\(addition.quote ?? "")\u{201D}"
                out.paragraph(
                    addition.lines.map { words("added line {0}: {1}", String($0.first), quote) }
                        ?? words("added: {0}", quote), indent: 6, limit: 2)
            }
            if let nearest = licence.nearest {
                out.paragraph(words("nearest known text: {0}", nearest.rawValue), indent: 6, limit: 1)
            }
        }
        more(dossier.licences.count - 50)
        if !dossier.otherLicences.isEmpty {
            let others = dossier.otherLicences.prefix(6).map {
                "\($0.id) (\(words($0.reason.rawValue)), \($0.count))"
            }.joined(separator: words(", "))
            out.paragraph(
                style.paint(words("beside these: "), .dim) + others + (dossier.otherLicences.count > 6 ? " …" : ""),
                indent: 2)
        }
    }
}
