import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Launchers and downloads in shell scripts, by the words behind them on their line.
struct ShellCommands: Sendable {
    private let rules: CodeRoleRules
    private let weights: WeightAddresses
    private let launches: PhraseSet
    /// The launch of each phrase.
    private let launchOfPhrase: [Int]
    private let shellWeights: PhraseSet

    /// Bytes behind a command that belong to it.
    private static let reach = 400

    init(_ rules: CodeRoleRules, weights: WeightAddresses) {
        self.rules = rules
        self.weights = weights
        launches = PhraseSet(rules.launches.flatMap(\.words.words))
        launchOfPhrase = rules.launches.enumerated().flatMap { number, launch in launch.words.words.map { _ in number }
        }
        shellWeights = PhraseSet(rules.shellWeights.words)
    }

    /// - Parameters:
    ///   - range: a word of the script.
    ///   - judged: behind the last word whose address was judged: commands that share a line share its words.
    func read(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, line: Int, judged: inout Int, in facts: inout CodeFacts
    ) {
        guard range.count < 20 else { return }
        let word = bytes.slice(range).repairedText
        let isLauncher = rules.launchers.contains(word)
        guard isLauncher || rules.downloaders.contains(word), isLauncher || facts.fetches.count < 40 else { return }
        let window = bytes.slice(0..<min(bytes.count, range.upperBound + Self.reach))
        let rest = range.upperBound..<CodeReader.lineEnd(window, range.upperBound)
        if isLauncher {
            launch(bytes, range, rest, line: line, in: &facts)
        } else {
            fetch(bytes, rest, line: line, judged: &judged, in: &facts)
        }
    }

    private func launch(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ rest: Range<Int>, line: Int, in facts: inout CodeFacts
    ) {
        var found: Set<Int> = []
        func look(_ bytes: UnsafeRawBufferPointer) {
            launches.forEach(in: bytes) { phrase, _ in found.insert(launchOfPhrase[phrase]) }
        }
        let text = bytes.slice(rest)
        if text.contains(byte: UInt8(ascii: "$")) {
            Self.withoutVariables(text).withUnsafeBytes(look)
        } else {
            look(text)
        }
        for number in found.sorted() {
            facts.add(
                rules.launches[number].role, rules.launches[number].weight, line: line,
                words: CodeReader.lineText(bytes, range))
        }
    }

    /// A launched `$TRAIN_PATH/eval.py` is no training; what a variable holds is not known.
    private static func withoutVariables(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var out: [UInt8] = []
        var isVariable = false
        for byte in text {
            if byte == UInt8(ascii: "$") {
                isVariable = true
                continue
            }
            if isVariable,
                CodeReader.isNameByte(byte) || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            {
                continue
            }
            isVariable = false
            out.append(byte)
        }
        return out
    }

    private func fetch(
        _ bytes: UnsafeRawBufferPointer, _ rest: Range<Int>, line: Int, judged: inout Int, in facts: inout CodeFacts
    ) {
        let isOfWeights = shellWeights.isAny(in: bytes.slice(rest))
        // Words that were found to be no weights for another command of the line are none for this one.
        var place = isOfWeights ? rest.lowerBound : max(rest.lowerBound, judged)
        while place < rest.upperBound {
            var end = place
            while end < rest.upperBound, !Self.separates(bytes[end]) { end += 1 }
            let part = bytes.slice(place..<end)
            if part.contains(byte: UInt8(ascii: "$")) || part.contains("://") {
                let target = part.repairedText.lowercased()
                if isOfWeights || weights.isWeights(target) {
                    facts.fetches.append(CodeFacts.Fetch(kind: .weights, target: target, line: line))
                    return
                }
            }
            // The last word may go on behind what is looked at.
            if end < rest.upperBound { judged = max(judged, end) }
            place = end + 1
        }
    }

    private static func separates(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
