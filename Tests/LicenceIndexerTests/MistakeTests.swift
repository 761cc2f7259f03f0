import Foundation
import OpenscanBytes
import Testing

@testable import licence_indexer

@Suite("Mistakes in edited files")
struct MistakeTests {
    private func flags(_ entry: String) -> String { "# Own wording.\nflags:\n" + entry + "\n" }

    @Test func whatIsRightPasses() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: high, title: T, remedy: R, guard: G}")).isEmpty)
    }

    @Test func unknownKey() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: low, titel: T, title: T, remedy: R, gaurd: G}")) == [
                "flags.yml:3:26: unknown key 'titel'",
                "flags.yml:3:57: unknown key 'gaurd'; did you mean 'guard'?",
            ])
    }

    @Test func missingKey() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: low, title: T}")) == [
                "flags.yml:3:3: key 'remedy' is missing"
            ])
    }

    @Test func wrongShape() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: low, title: [T], remedy: {R: S}}")) == [
                "flags.yml:3:33: 'title' has to be text, not a list",
                "flags.yml:3:46: 'remedy' has to be text, not a table of keys",
            ])
        #expect(mistakes(Schemas.flags, "flags: none\n") == ["flags.yml:1:8: 'flags' has to be a list, not text"])
        #expect(mistakes(Schemas.flags, "flags:\n") == ["flags.yml:1:7: 'flags' has to be a list, not nothing"])
        #expect(mistakes(Schemas.flags, "flags: []\n") == ["flags.yml:1:8: 'flags' is empty"])
        #expect(
            mistakes(Schemas.flags, "- flags\n") == [
                "flags.yml:1:1: the document has to be a table of keys, not a list"
            ])
    }

    @Test func emptyText() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: low, title: \"\", remedy: R}")) == [
                "flags.yml:3:33: 'title' is empty"
            ])
    }

    @Test func wordOfAnEnumeration() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: hihg, title: T, remedy: R}")) == [
                "flags.yml:3:21: 'severity' names no severity: 'hihg'; did you mean 'high'?"
            ])
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: grave, title: T, remedy: R}")) == [
                "flags.yml:3:21: 'severity' names no severity: 'grave'; known are 'info', 'low', 'medium', 'high'"
            ])
    }

    @Test func idThatIsThereTwice() {
        let entry = "- {id: a, severity: low, title: T, remedy: R}"
        #expect(
            mistakes(Schemas.flags, flags(entry + "\n" + entry)) == [
                "flags.yml:4:8: the flag 'a' is there twice; it stands in line 3"
            ])
    }

    @Test func keyThatIsThereTwice() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: low, title: T, title: U, remedy: R}")) == [
                "flags.yml:3:26: keys that are there twice: 'title'"
            ])
    }

    @Test func noYAML() {
        #expect(
            mistakes(Schemas.flags, flags("- {id: a, severity: [low}")) == [
                "flags.yml:3:25: not well formed: did not find expected ',' or ']'"
            ])
        #expect(mistakes(Schemas.flags, "") == ["flags.yml:1:1: the file is empty"])
    }

    @Test func severalAtOnce() {
        let found = mistakes(Schemas.flags, flags("- {id: a, severity: lo, titel: T}\n- {id: a}"))
        #expect(
            found == [
                "flags.yml:3:3: key 'remedy' is missing",
                "flags.yml:3:3: key 'title' is missing",
                "flags.yml:3:21: 'severity' names no severity: 'lo'; did you mean 'low'?",
                "flags.yml:3:25: unknown key 'titel'; did you mean 'title'?",
                "flags.yml:4:3: key 'remedy' is missing",
                "flags.yml:4:3: key 'severity' is missing",
                "flags.yml:4:3: key 'title' is missing",
                "flags.yml:4:8: the flag 'a' is there twice; it stands in line 3",
            ])
    }

    @Test func wrongNumber() {
        #expect(
            mistakes(
                Schemas.gradient,
                """
                levels:
                - {id: fully-closed, rank: 8, solaiman: G0, name: N, meaning: M}
                - {id: hosted-access, rank: two, solaiman: G2, name: N, meaning: M}
                """
            ).filter { $0.contains("whole number") } == [
                "gradient.yml:2:28: 'rank' has to be a whole number from 0 to 7, not '8'",
                "gradient.yml:3:29: 'rank' has to be a whole number from 0 to 7, not 'two'",
            ])
    }

    @Test func keyThatGoesWithAnother() {
        let found = mistakes(
            Schemas.roles,
            """
            owners:
              trainers: [trainer]
            signs:
            - {role: training, use: method-of, weight: 3, names: [fit]}
            - {role: training, use: method-of, owners: trainer, weight: 3, names: [fit]}
            - {role: training, use: method, owners: trainers, weight: 3, names: [fit]}
            """)
        #expect(found.contains("roles.yml:4:3: key 'owners' is missing"))
        #expect(
            found.contains("roles.yml:5:44: 'owners' names no list of owners: 'trainer'; did you mean 'trainers'?"))
        #expect(found.contains("roles.yml:6:33: key 'owners' goes only with 'use: method-of'"))
    }

    @Test func oneOfSeveralKeys() {
        #expect(
            mistakes(Schemas.places, "areas:\n- {area: test}\n").contains(
                "places.yml:2:3: one of the keys 'folders', 'names' is missing"))
    }

    @Test func upperCaseThatIsNeverFound() {
        #expect(
            mistakes(Schemas.places, "readmes: [README*]\n").contains(
                "places.yml:1:11: an entry of 'readmes' 'README*' has to be in lower case, as it is compared so"))
    }

    @Test func listThatTheProgramAsksFor() {
        let found = mistakes(
            Schemas.licenceWords,
            (AskedNames.licenceLists.map { ($0 == "borders" ? "border" : $0) + ": [x]" }).joined(separator: "\n"))
        #expect(
            found == [
                "licence-words.yml:1:1: key 'borders' is missing",
                "licence-words.yml:12:1: unknown key 'border'; did you mean 'borders'?",
            ])
    }

    @Test func translationThatLosesAPlace() {
        #expect(
            mistakes(Schemas.words, "zh:\n  \"level {0} of {1}\": 第 {0} 级\n") == [
                "words.yml:2:23: the words for 'level {0} of {1}' have no {1}"
            ])
    }

    @Test func licenceThatNoRecordHas() {
        let text = "approved: [MIT, Apache-2.O, NewerThanTheIndex-1.0]\n"
        #expect(
            mistakes(Schemas.approved, text, licences: ["MIT", "Apache-2.0"]) == [
                "osi-approved.yml:1:17: an entry of 'approved' names no licence: 'Apache-2.O'; "
                    + "did you mean 'Apache-2.0'?",
                "osi-approved.yml:1:29: an entry of 'approved' names no licence: 'NewerThanTheIndex-1.0'; "
                    + "known are 'Apache-2.0', 'MIT'",
            ])
        #expect(mistakes(Schemas.approved, text, missing: [.licence]).isEmpty)
    }

    @Test(arguments: [
        ("* use", "begins with a gap, so that it fits nothing"), ("use *", "ends with a gap, which says nothing"),
        ("use **** only", "has a gap of 4 stars; three are the most"),
        ("(use|copy", "has a parenthesis that is not closed"), ("use) only", "has a parenthesis that is not opened"),
        ("(made by (a|b))", "has a parenthesis inside another"), ("(use|) only", "has a choice without a word: ''"),
        ("use % only", "has a choice without a word: '%'"), ("use|copy", "has choices without parentheses"),
        ("use?", "has no word that must be there"), ("", "is empty"),
    ])
    func phraseThatTheEngineWouldSkip(_ pattern: String, _ wrong: String) {
        #expect(PatternCheck.mistake(pattern) == wrong)
    }

    @Test(arguments: ["use", "(may|can) * (use|copy|run in) the work?", "使用 ** 模型", "non-commercial *** only"])
    func phraseThatIsRight(_ pattern: String) { #expect(PatternCheck.mistake(pattern) == nil) }

    @Test func nearest() {
        #expect(Nearest.distance("trainng-code", "training-code") == 1)
        #expect(Nearest.distance("gaurd", "guard") == 1)
        #expect(Nearest.to("dataset", among: ["data-set", "demo"]) == "data-set")
        #expect(Nearest.to("zebra", among: ["data-set", "demo"]) == nil)
    }
}
