import OpenscanFacts
import OpenscanRules

/// Components that programs are, by what their code does and what they are called.
struct ProgramComponents {
    let rules: ComponentRules
    /// Files of training code that show no sign of tuning.
    private var trainsFromScratch: [(path: String, isPython: Bool)] = []

    init(rules: ComponentRules) { self.rules = rules }

    mutating func mark(_ file: FileFacts, in table: inout ComponentTable) {
        guard let code = file.code else { return }
        if code.codeLines >= rules.leastLines {
            for program in rules.programs where fits(program, file, code) {
                table.present(program.component, evidence(file, code, program.role), confidence: program.confidence)
                if program.role == .training { noteTraining(file, code) }
            }
        }
    }

    private func fits(_ program: ComponentRules.Program, _ file: FileFacts, _ code: CodeFacts) -> Bool {
        let place = file.place
        let signs = code.scores[program.role] ?? 0
        let isNamed =
            program.names.areIn(place.name) || program.paths.areIn(place.path) || program.whole.matches(place.name)
            || place.folders.contains(where: program.folders.contains)
        return signs >= program.signs && signs + (isNamed ? program.adds : 0) >= program.least
            && (isNamed || !program.needsName) && code.codeLines >= program.lines && place.area != program.notIn
    }

    private func evidence(_ file: FileFacts, _ code: CodeFacts, _ role: CodeRole) -> Evidence {
        code.signs[role].map { Evidence(path: file.path, lines: LineRange($0.line), quote: $0.words) }
            ?? Evidence(path: file.path)
    }

    private mutating func noteTraining(_ file: FileFacts, _ code: CodeFacts) {
        let path = file.place.path
        let isTuning =
            code.scores[.fineTuning] ?? 0 >= rules.tuning.signs || rules.tuning.paths.areIn(path)
        if !isTuning { trainsFromScratch.append((path, file.place.name.hasSuffix(".py"))) }
    }

    /// A trainer without a model of its own starts from somebody's finished one, unless it says otherwise.
    func hasPretrainingCode(hasModel: Bool) -> Bool {
        trainsFromScratch.contains { hasModel || !$0.isPython || rules.pretrainingPaths.areIn($0.path) }
    }

    private static let mostNeeded = 40

    /// What programs get: the release's own weights and data are linked, other people's models are what it needs besides.
    func fetches(
        _ file: FileFacts, _ names: OwnNames, in table: inout ComponentTable,
        _ needed: inout [(name: String, evidence: Evidence)]
    ) {
        guard let code = file.code, file.place.area == .main || file.place.area == .example else { return }
        let path = file.path.lowercased()
        for fetch in code.fetches {
            let evidence = Evidence(path: file.path, lines: LineRange(fetch.line), quote: fetch.target)
            switch fetch.kind {
            case .weights:
                if names.whose(fetch.target) != .others {
                    table.fetched(.weightsFinal, evidence, from: fetch.target)
                } else if needed.count < Self.mostNeeded, !needed.contains(where: { $0.name == fetch.target }) {
                    needed.append((fetch.target, evidence))
                }
            // A set that evaluation or tuning loads is not what the model was trained on.
            case .data where rules.data.otherPaths.areIn(path) || !rules.data.makingPaths.areIn(path): continue
            case .data: table.fetched(.dataset, evidence, from: fetch.target)
            }
        }
    }
}
