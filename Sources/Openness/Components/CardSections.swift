import Cards
import Unpacking

/// Which sections that readers expect a model card or data card has (Mitchell et al. 2019; Gebru et al. 2021), by headings and fields.
enum CardSections {
    private static let model: [(id: String, words: [String])] = [
        ("intended-use", ["intended use", "use case", "uses", "how to use", "usage", "out-of-scope", "使用", "用途"]),
        ("limits", ["limitation", "out-of-scope", "caveat", "known issue", "局限", "限制"]),
        ("training-data", ["training data", "dataset", "pretraining data", "data source", "训练数据", "数据"]),
        ("evaluation", ["evaluation", "benchmark", "result", "performance", "metric", "评测", "性能", "效果"]),
        ("bias-and-risk", ["bias", "risk", "ethic", "safety", "responsible", "偏见", "风险", "安全"]),
        ("environmental-impact", ["environmental", "carbon", "emission", "co2", "compute infrastructure", "碳"]),
        ("contact", ["contact", "feedback", "authors", "联系"]),
        ("licence", ["license", "licence", "terms", "许可", "协议"]),
        (
            "model-details",
            ["model detail", "model description", "model information", "model summary", "architecture", "模型介绍", "简介"]
        ),
        (
            "training-procedure",
            ["training procedure", "training detail", "hyperparameter", "training setup", "how was it trained", "训练"]
        ),
    ]
    private static let data: [(id: String, words: [String])] = [
        ("motivation", ["motivation", "summary", "description", "curation rationale", "purpose"]),
        ("composition", ["composition", "structure", "instances", "fields", "splits", "statistics"]),
        ("collection", ["collection", "source data", "creation", "curation", "annotation"]),
        ("preprocessing", ["preprocess", "cleaning", "labeling", "filter"]),
        ("uses", ["uses", "intended use", "usage", "considerations"]),
        ("distribution", ["distribution", "license", "licensing"]),
        ("maintenance", ["maintenance", "contact", "curators", "contributions"]),
        ("sensitive-information", ["sensitive", "personal", "privacy", "pii"]),
    ]

    /// What a card has, and what it lacks.
    static func of(_ file: FileFacts, kind: String) -> ReportDocument? {
        guard let card = file.card else { return nil }
        let table = kind == "data-card" ? data : model
        var sections: [String: LineRange] = [:]
        for (id, words) in table {
            if let heading = card.headings.first(where: { heading in
                words.contains(where: heading.text.lowercased().holds)
            }) {
                sections[id] = LineRange(heading.line)
            }
        }
        if kind == "model-card", sections["licence"] == nil, let line = card.frontMatter?.line("license") {
            sections["licence"] = LineRange(line)
        }
        if kind == "model-card", sections["evaluation"] == nil, let line = card.frontMatter?.line("model-index") {
            sections["evaluation"] = LineRange(line)
        }
        return ReportDocument(
            path: file.path, kind: kind, sections: sections, missing: table.map(\.id).filter { sections[$0] == nil },
            words: card.wordCount)
    }
}
