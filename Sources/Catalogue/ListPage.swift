import OpenscanFacts
import OpenscanReporting

/// The page with the list: filters stand in it before any script runs.
struct ListPage {
    let entries: Entries
    let names: CatalogueNames
    let words: Words

    /// Licences and organisations that are offered while one types.
    private static let mostOffered = 80

    func view() -> PageView {
        [
            "count": Plots.number(entries.all.count),
            "facets": [
                facet("level", words("Level"), entries.levels, isOpen: true, names.level),
                facet("open-source", words("Is it open source?"), entries.answers, isOpen: true, names.openSource),
                facet("category", words("Kind of licence"), entries.categories, names.category),
                facet("basis", words("How the terms are known"), entries.bases, names.basis),
                facet("flag", words("Flags"), entries.flags, names.flag),
                facet("format", words("Formats of the weights"), entries.formats, names.word),
                facet("gate", words("What stands before the files"), entries.gates, names.gate),
                facet("subject", words("What was judged"), entries.subjects, names.word),
            ].filter { !($0["values"] as? [PageView] ?? []).isEmpty },
            "uses": entries.uses.enumerated().map { number, use -> PageView in
                var counts = [Int](repeating: 0, count: UseAnswer.allCases.count + 1)
                for code in use.codes { counts[code] += 1 }
                return [
                    "name": "use.\(use.id)", "title": names.question(use.id),
                    "values": UseAnswer.allCases.enumerated().map { place, answer -> PageView in
                        [
                            "value": answer.rawValue, "title": names.answer(answer),
                            "count": Plots.number(counts[place + 1]), "field": "use-\(number)-\(place)",
                        ]
                    },
                ]
            },
            "hasUses": !entries.uses.isEmpty,
            "licences": offered(entries.licences), "organisations": offered(entries.organisations),
            "presets": presets(),
        ]
    }

    private func facet(
        _ id: String, _ title: String, _ values: Values, isOpen: Bool = false, _ name: (String) -> String
    ) -> PageView {
        [
            "id": id, "title": title, "isOpen": isOpen,
            "values": zip(values.ids, values.counts).enumerated().map { number, value -> PageView in
                [
                    "value": value.0, "title": name(value.0), "count": Plots.number(value.1), "name": id,
                    "field": "\(id)-\(number)",
                ]
            },
        ]
    }

    private func offered(_ values: Values) -> [String] {
        Array(values.ids.filter { !$0.isEmpty && $0 != Values.other }.prefix(Self.mostOffered))
    }

    /// Filters that people come with, as addresses.
    private func presets() -> [PageView] {
        func may(_ ids: [UseID]) -> String { ids.map { "use.\($0.rawValue)=yes" }.joined(separator: "&") }
        let asked = Set(entries.uses.map(\.id))
        let sold: [UseID] = [.commercialUse, .useInEU, .atScale]
        var out: [PageView] = []
        if asked.isSuperset(of: sold.map(\.rawValue)) {
            out.append([
                "link": "#" + may(sold), "title": words("commercial, in the European Union, without a threshold"),
            ])
        }
        if asked.contains(UseID.distil.rawValue), asked.contains(UseID.commercialUse.rawValue) {
            out.append([
                "link": "#" + may([.distil, .commercialUse]), "title": words("to train other models for a business"),
            ])
        }
        if entries.flags.ids.contains("ow-01") {
            out.append(["link": "#flag=ow-01", "title": words("called open source, under terms that are not")])
        }
        return out
    }
}
