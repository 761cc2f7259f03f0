import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

/// A Chinese report says in Chinese what the program says: quotes, names, paths and ids stay as they are.
@Suite struct LanguageTests {
    @Test(arguments: Corpus.names)
    func aChineseReportHasNoEnglishSentence(name: String) throws {
        let dossier = try Corpus.dossier(name)
        let analyser = Corpus.analyser
        let texts = [
            try analyser.written(dossier, as: .text, language: .zh),
            try analyser.written(
                dossier, as: .text, style: Style(isColoured: false, width: 120), language: .zh, isDetailed: true),
            try analyser.written(dossier, as: .markdown, language: .zh),
            try analyser.writtenFrameworks(dossier, as: .text, language: .zh),
            try analyser.writtenUse(dossier, UseCase(), as: .text, language: .zh),
            analyser.trace(dossier.withoutQuotes, language: .zh),
        ]
        for text in texts {
            for phrase in Self.english(in: text) { Issue.record("\(name): “\(phrase)”") }
        }
    }

    @Test func englishIsFoundWhereItStands() {
        #expect(Self.english(in: "权重 the rest is not read 不存在") == ["the rest is not read"])
        #expect(Self.english(in: "权重 “the rest is not read” 与 mau-threshold, aup-by-reference a/b.py:3").isEmpty)
        #expect(Self.english(in: "已读 Tencent Hunyuan Community License").isEmpty)
    }

    private static let quotes: [Character: Character] = ["“": "”", "「": "」", "`": "`"]

    /// Runs of three lower-case words and more outside quotes, code and ids.
    private static func english(in text: String) -> [String] {
        var plain = ""
        var closing: Character?
        let characters = Array(text)
        for (place, character) in characters.enumerated() {
            if let end = closing {
                // A quote that is cut ends with its line.
                let isCut = character == "…" && place + 1 < characters.count && characters[place + 1] == "\n"
                if character == end || isCut { closing = nil }
                plain.append("|")
            } else if let end = quotes[character] {
                closing = end
                plain.append("|")
            } else {
                plain.append(character)
            }
        }
        var found: [String] = []
        var run: [Substring] = []
        for word in plain.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            var letters = word
            while let last = letters.last, ",;.:".contains(last) { letters.removeLast() }
            if !letters.isEmpty, letters.allSatisfy({ $0.isASCII && $0.isLowercase && $0.isLetter || $0 == "'" }) {
                run.append(word)
            } else {
                if run.count > 2 { found.append(run.joined(separator: " ")) }
                run = []
            }
        }
        if run.count > 2 { found.append(run.joined(separator: " ")) }
        return found
    }
}

extension Dossier {
    /// The same without the clauses' own words, which the trace prints bare.
    fileprivate var withoutQuotes: Dossier {
        var dossier = self
        for number in dossier.licences.indices { dossier.licences[number].clauses = [] }
        return dossier
    }
}
