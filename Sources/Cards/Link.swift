import SourceCode
import Unpacking

/// An address in a card or README, and what it leads to as far as its form and the words around it tell.
public struct Link: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case hubModel, hubDataset, demo, code, weights, data, paper, form, licence, other
    }

    public var kind: Kind
    public var target: String
    public var line: Int
    /// The words around.
    public var quote: String
    /// The headings above, lower case.
    public var heading = ""
}

enum LinkFinder {
    /// Addresses of one line of text.
    static func links(_ line: Substring, number: Int, heading: String) -> [Link] {
        guard line.utf8.count < 20_000 else { return [] }
        let folded = FoldedText(line)
        let context = FoldedText(heading + " " + line)
        var out: [Link] = []
        var rest = line[...]
        while let start = nextAddress(rest) {
            let end =
                rest[start...].firstIndex {
                    $0 == ")" || $0 == ">" || $0 == "\"" || $0 == "'" || $0 == " " || $0 == "]" || $0 == "|"
                        || $0 == "`" || $0 == "，" || $0 == "。" || $0 == "<" || $0 == "）"
                } ?? rest.endIndex
            let target = String(rest[start..<end])
            out.append(
                Link(
                    kind: kind(target, context: context, line: folded), target: Printable.text(target, limit: 300),
                    line: number, quote: Printable.text(String(line), limit: Evidence.quoteLimit), heading: heading))
            rest = rest[end...]
            if out.count >= 60 { break }
        }
        return out + identifiers(line, number)
    }

    /// Papers named by number: `arXiv:2302.04844`, `doi:10.1145/...`.
    static func identifiers(_ line: Substring, _ number: Int) -> [Link] {
        let folded = FoldedText(line)
        for mark in ["arxiv:", "doi:10.", "doi: 10."] {
            guard let hit = folded.offset(of: mark, from: 0) else { continue }
            let target =
                String(decoding: folded.bytes[hit...].prefix(40), as: UTF8.self).split(whereSeparator: {
                    $0 == " " || $0 == "," || $0 == ")" || $0 == "]" || $0 == "}"
                }).first.map(String.init) ?? mark
            return [
                Link(
                    kind: .paper, target: Printable.text(target, limit: 60), line: number,
                    quote: Printable.text(String(line), limit: Evidence.quoteLimit))
            ]
        }
        return []
    }

    private static func nextAddress(_ text: Substring) -> Substring.Index? {
        var view = text
        while let hit = view.firstIndex(of: "h") {
            if view[hit...].hasPrefix("https://") || view[hit...].hasPrefix("http://") { return hit }
            view = view[view.index(after: hit)...]
        }
        return nil
    }

    private static let paperHosts = [
        "arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "biorxiv.org", "medrxiv.org",
        "openaccess.thecvf.com", "proceedings.", "nature.com/articles", "dl.acm.org", "ieeexplore",
        "huggingface.co/papers", "paperswithcode.com/paper", "science.org/doi", "pubmed", "sciencedirect.com",
        "springer.com", "cdn.openai.com/better-language", "d4mucfpksywv.cloudfront.net", "semanticscholar.org",
        "papers.nips.cc", "/publications/", "/publication/", "papers.neurips.cc", "jmlr.org",
    ]
    private static let hubPages: Set<String> = [
        "docs", "blog", "spaces", "datasets", "papers", "models", "collections", "join", "organizations", "tasks",
        "learn", "course", "settings", "inference-endpoints", "pricing", "transformers", "terms-of-service", "chat",
        "new", "login", "front", "discord",
    ]

    static func kind(_ target: String, context: FoldedText, line: FoldedText) -> Link.Kind {
        let lower = target.lowercased()
        var path = lower
        for prefix in ["https://", "http://", "www."] where path.hasPrefix(prefix) { path.removeFirst(prefix.count) }
        let parts = path.split(separator: "/").map(String.init)
        let host = parts.first ?? ""
        if host.contains("forms.gle") || path.contains("docs.google.com/forms") || path.contains("/forms/")
            || path.contains("request-form") || path.contains("model-request")
        {
            return .form
        }
        if path.contains("shields.io") || path.contains("/badge") || host.hasPrefix("docs.") || host == "pypi.org"
            || host == "pypi.python.org" || host == "anaconda.org" || host.hasPrefix("developer.")
        {
            return .other
        }
        let pathText = FoldedText(path)
        if paperHosts.contains(where: pathText.contains) { return .paper }
        if path.hasSuffix(".pdf"), ["paper", "report", "tech", "论文", "报告"].contains(where: context.contains) {
            return .paper
        }
        if WeightAddress.isWeights(lower) { return .weights }
        if host == "huggingface.co" || host == "hf.co" || host == "hf-mirror.com" {
            guard parts.count > 1 else { return .other }
            if path.contains("/licenses/") || path.contains("/license") { return .licence }
            if parts[1] == "datasets" { return parts.count > 2 ? .hubDataset : .other }
            if parts[1] == "spaces" { return parts.last?.contains("license") ?? false ? .licence : .demo }
            if hubPages.contains(parts[1]) {
                return parts[1] == "collections" && ["model", "weight", "checkpoint"].contains(where: line.contains)
                    ? .hubModel : .other
            }
            // An organisation's page counts where the words say that its models are there.
            if parts.count == 2 {
                return ["model", "weight", "checkpoint", "模型", "权重"].contains(where: line.contains) ? .hubModel : .other
            }
            return .hubModel
        }
        if host.contains("modelscope") || host.contains("wisemodel") || host.contains("openxlab") {
            return path.contains("/dataset")
                ? .hubDataset : path.contains("/studio") || path.contains("/apps") ? .demo : .hubModel
        }
        if host == "github.com" || host == "gitlab.com" || host == "bitbucket.org" {
            if path.contains("/releases/download") {
                return line.contains("model") || line.contains("weight") || line.contains("checkpoint")
                    ? .weights : .other
            }
            if path.contains("license") { return .licence }
            return parts.count > 2 ? .code : .other
        }
        if host.contains("gradio") || host.contains("replicate.com") || host.hasPrefix("demo.")
            || host.contains("streamlit")
        {
            return .demo
        }
        let asksForWeights = [
            "weight", "checkpoint", "pretrained model", "pre-trained model", "download the model", "model download",
            "权重", "模型下载", "models can be downloaded",
        ].contains(where: line.contains)
        let isStore = [
            "zenodo", "figshare", "drive.google", "dropbox", "storage.googleapis", "s3.", "amazonaws",
            "fbaipublicfiles", "pan.baidu", "onedrive", "sharepoint", "kaggle.com", "blob.core", "ngc.nvidia",
            "disk.yandex", "cdn",
        ].contains(where: pathText.contains)
        if isStore {
            return asksForWeights || ["model"].contains(where: line.contains) && !line.contains("dataset")
                ? .weights : ["data", "corpus"].contains(where: context.contains) ? .data : .other
        }
        if asksForWeights, !path.contains("docs"), ["download", "available"].contains(where: line.contains) {
            return .weights
        }
        if parts.dropFirst().contains(where: { $0 == "dataset" || $0 == "datasets" || $0.hasSuffix("-dataset") })
            || (["dataset can be", "download the data", "dataset is available", "data set is available"].contains(
                where: line.contains))
        {
            return .data
        }
        return .other
    }
}
