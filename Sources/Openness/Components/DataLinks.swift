import Cards
import Unpacking

/// What a link to data leads to, by the words beside it, the headings above and the name of the set.
enum DataLinks {
    /// Whether a path or name is that of a well-known benchmark.
    static func isBenchmark(_ text: String) -> Bool { benchmarks.contains(where: text.holds) }

    private static let benchmarks = [
        "bbh", "humaneval", "mbpp", "mmlu", "gsm8k", "ceval", "cmmlu", "agieval", "ai2_arc", "hellaswag", "truthful",
        "winogrande", "piqa", "boolq", "bench", "-eval", "eval-", "leaderboard", "glue", "xnli", "mteb",
    ]
    private static let measuring = ["eval", "benchmark", "test set", "leaderboard", "-shot", "评测", "评估", "测评", "测试集"]
    private static let making = [
        "pretrain", "pre-train", "trained on", "training data", "training set", "train our", "train the", "to train",
        "training corpus", "corpus", "corpora", "mixture", "used for training", "we release", "released", "our data",
        "construct", "curat", "generated", "collect", "comprised of", "was trained", "训练", "语料", "数据集",
    ]
    private static let tuning = ["fine-tun", "finetun", "tuning", "微调", "prompt it"]
    private static let showing = [
        "dataset format", "data format", "example", "your own", "your data", "your training", "for instance",
        "custom data",
    ]

    /// The component that the link stands for; `nil` where it is an example, or data that somebody else's step needs.
    static func component(_ link: Link, fromReadme: Bool, inDataFolder: Bool) -> String? {
        let line = link.quote.lowercased()
        let around = link.heading + " " + line
        let target = link.target.lowercased()
        func has(_ words: [String], _ text: String) -> Bool { words.contains(where: text.holds) }
        guard fromReadme || inDataFolder else { return nil }
        if has(showing, line) { return nil }
        if has(benchmarks, target) || has(measuring, line) { return "evaluation-data" }
        // Data for tuning is not what the model was made from.
        if has(tuning, line), !has(["pretrain", "pre-train", "trained on"], line) { return nil }
        if has(making, around) || line.holds("data") {
            return has(measuring, link.heading)
                ? "evaluation-data" : has(["demo", "captcha", "quick start", "inference"], around) ? nil : "dataset"
        }
        return nil
    }
}
