import ArgumentParser
import OpenscanKit

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Checks, begins or explains a policy: what a release has to keep, in openscan.yml.",
        discussion: """
            `openscan scan` takes a policy by --policy, or openscan.yml from the folders above a release, says which rules are not \
            kept and exits with 1.
            """,
        subcommands: [Check.self, Init.self, Explain.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads policies and says where they break, with line, column and the nearest key.")

        @Argument(help: "Files, or names of policies that ship with the program.", completion: .file()) var policies:
            [String]

        func run() throws {
            let openscan = try Session.openscan()
            for word in policies {
                let policy = try PolicyFile.read(word, openscan)
                Output.line(
                    "\(word): \(PolicyRules.ids(policy).count) rules, \(policy.exceptions.count) exceptions")
                guard let today = PolicyFile.today else { continue }
                for exception in policy.exceptions where exception.expires < today {
                    Output.error(
                        "\(word)\(exception.line.map { ":\($0)" } ?? ""): the exception to \(exception.rule) ended on \(exception.expires)"
                    )
                }
            }
        }
    }

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a policy to begin with; it can extend one that ships with the program.")

        @Argument(
            help:
                "osi, osaid, mof-class-3, eu-open-source, commercial-product, research or academic-redistribution.")
        var preset: String?

        func run() throws {
            let openscan = try Session.openscan()
            let policy = try preset.map { try PolicyFile.read($0, openscan) }
            Output.write(
                PolicyExplanation.template(
                    extending: preset, about: policy?.about, presets: openscan.policyPresets), to: 1)
        }
    }

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells a policy in plain words, a line a rule, with what states it; without one, what there is.")

        @Argument(help: "A file, or a policy that ships with the program.", completion: .file()) var policy: String?
        @Option(help: "Language: en or zh.") var language: Language = .en

        func run() throws {
            let openscan = try Session.openscan()
            let words = Words(language, rules: openscan.rules)
            let explanation = PolicyExplanation(openscan.rules, words: words)
            if let policy {
                Output.write(explanation.text(try PolicyFile.read(policy, openscan)), to: 1)
                return
            }
            for name in openscan.policyPresets {
                let preset = try PolicyFile.read(name, openscan)
                Output.line("\(name): \(preset.about.map { words($0) } ?? words(preset.name))")
            }
        }
    }
}
