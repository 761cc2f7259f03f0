import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What changed between two versions, for people.
public enum DifferenceReport {
    /// As text.
    public static func text(_ difference: ReleaseDifference, rules: RuleSet, style: Style, words: Words) -> String {
        let sections = DifferenceSections(rules, words: words)
        var out = TextWriter(style)
        out.line(style.paint(Columns.clipped(sections.title(difference), style.width), .bold))
        if difference.isEmpty { out.paragraph(words("Nothing changed that the two versions tell."), indent: 2) }
        for section in sections.sections(difference) {
            out.title(section.title)
            for row in section.rows {
                let colour: Style.Colour =
                    switch row.direction {
                    case .gained: .green
                    case .lost: .red
                    case .changed: .yellow
                    }
                out.paragraph(style.paint(row.direction.sign, colour) + " " + row.text + place(row.places), indent: 2)
                for detail in row.details {
                    out.paragraph(detail.direction.sign + " " + detail.text + place(detail.places), indent: 6)
                }
            }
        }
        return out.text
    }

    private static func place(_ places: [Evidence]) -> String {
        places.first?.shownPlace.map { " " + $0 } ?? ""
    }

    /// As Markdown.
    public static func markdown(_ difference: ReleaseDifference, rules: RuleSet, words: Words) -> String {
        let sections = DifferenceSections(rules, words: words)
        var out = Markdown()
        out.title(sections.title(difference), level: 1)
        if difference.isEmpty { out.paragraph(words("Nothing changed that the two versions tell.")) }
        for section in sections.sections(difference) {
            out.title(section.title, level: 2)
            out.gap()
            for row in section.rows {
                out.item("**\(row.direction.sign)** " + Markdown.escaped(row.text) + place(row.places.first))
                for detail in row.details {
                    out.item(
                        "\(detail.direction.sign) " + Markdown.escaped(detail.text) + place(detail.places.first),
                        isNested: true)
                }
            }
        }
        return out.text
    }

    /// A place with its words.
    private static func place(_ evidence: Evidence?) -> String {
        guard let evidence, evidence.shownPlace != nil else { return "" }
        return " " + Markdown.quote(evidence)
    }

    /// As one page of HTML.
    /// - Throws: `PageProblem` where a template is damaged.
    public static func page(
        _ difference: ReleaseDifference, rules: RuleSet, language: Language, templates: PageTemplates
    ) throws(PageProblem) -> String {
        let words = Words(language, rules: rules)
        let sections = DifferenceSections(rules, words: words)
        func view(_ row: DifferenceSections.Row) -> PageView {
            [
                "direction": row.direction.rawValue, "sign": row.direction.sign, "name": words(row.direction.rawValue),
                "text": row.text, "details": row.details.map(view),
                "places": row.places.filter { $0.shownPlace != nil }.prefix(2).map { place -> PageView in
                    ["place": place.place, "quote": some(place.quote), "lang": CitedPlaces.language(place.quote)]
                },
            ]
        }
        let view: PageView = [
            "language": language.rawValue, "name": sections.title(difference), "t": PageLabels.all(words),
            "isEmpty": difference.isEmpty, "nothing": words("Nothing changed that the two versions tell."),
            "kind": words("What changed"), "style": templates.style, "policy": templates.policy(hasScript: false),
            "sections": sections.sections(difference).enumerated().map { number, section -> PageView in
                ["id": "s\(number)", "title": section.title, "rows": section.rows.map(view)]
            },
        ]
        return try templates.text(view, "difference")
    }
}

extension ReleaseDifference.Direction {
    /// Before a row.
    var sign: String {
        switch self {
        case .gained: "+"
        case .lost: "−"
        case .changed: "~"
        }
    }
}
