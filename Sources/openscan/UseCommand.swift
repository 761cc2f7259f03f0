import ArgumentParser
import OpenscanBytes
import OpenscanKit

struct UseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "May I use it, and what must I do? Answers and duties of a release, with their lines.",
        discussion: """
            Without a case, every answer and duty. With one (--as, --in, --users, --revenue) the strictest answer for it, by which \
            the exit code goes: 0 yes (also within conditions, which are listed), 1 no, 4 unclear. It informs, and is no legal advice.
            """)

    @Argument(help: "The release.", completion: .file()) var path: String
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "What for: ship (in a product), host (as a service), finetune, distil, internal.", valueName: "case"))
    var purpose: UseRules.Case?
    @Option(
        name: .customLong("in"),
        help: ArgumentHelp("Where: EU, or the two letters of a country (ISO 3166-1).", valueName: "place"))
    var territory: String?
    @Option(help: ArgumentHelp("Monthly users.", valueName: "n")) var users: Int?
    @Option(
        help: ArgumentHelp(
            "Revenue in a year, with the three letters of its currency behind it: 5000000USD.", valueName: "sum"))
    var revenue: String?
    @Option(
        help: ArgumentHelp(
            "Write what has to be shipped along into this folder, which must be new or empty.", valueName: "folder"),
        completion: .directory) var notice: String?
    @Option(name: .shortAndLong, help: "text, json, jsonl, markdown or html.") var format: DocumentFormat = .text
    @Option(help: "Language of text, markdown and html: en or zh.") var language: Language = .en
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        if let users, users < 0 { throw ValidationError("--users takes a number from 0 up.") }
        if let territory, Self.code(territory) == nil {
            throw ValidationError("--in takes EU or the two letters of a country, such as DE.")
        }
        if let revenue, Self.sum(revenue) == nil {
            throw ValidationError("--revenue takes a number, with the three letters of a currency behind it.")
        }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let useCase = UseCase(
            purpose: purpose, territory: territory.flatMap(Self.code), users: users,
            revenue: revenue.flatMap(Self.sum))
        let dossier: Dossier
        var along: [Openscan.ShippedFile] = []
        do throws(ScanRefusal) {
            dossier = try openscan.scan(path, limits: limits.limits, workers: Output.processorCount)
            if notice != nil {
                along = try openscan.shippedAlong(dossier, path: path, limits: limits.limits, language: language)
            }
        } catch { throw Stop.unreadable(error.message) }
        if let notice { try NoticeFolder(path: notice).write(along) }
        Output.write(
            try openscan.writtenUse(dossier, useCase, as: format, style: color.style, language: language), to: 1)
        guard !useCase.isOpen else { return }
        switch openscan.answer(useCase, dossier).answer {
        case .yes, .conditions: return
        case .no: throw Stop(code: 1, message: nil)
        case .unclear: throw Stop(code: 4, message: nil)
        }
    }

    private static func code(_ text: String) -> String? {
        text.utf8.count == 2 && text.allSatisfy { $0.isASCII && $0.isLetter } ? text.uppercased() : nil
    }

    /// Figures, and behind them three letters or nothing.
    private static func sum(_ text: String) -> UseCase.Revenue? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let currency = text.dropFirst(digits.count)
        guard let amount = Int(digits), currency.isEmpty || currency.utf8.count == 3,
            currency.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        return UseCase.Revenue(amount: amount, currency: currency.isEmpty ? nil : currency.uppercased())
    }
}

extension UseRules.Case: ExpressibleByArgument {}
