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
        guard program.over.allSatisfy({ code.scores[$0] ?? 0 < signs }) else { return false }
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

    private static let mostOthers = 40

    /// What programs get: the release's own weights and data are linked, other makers' models are told apart.
    func fetches(
        _ file: FileFacts, _ names: OwnNames, in table: inout ComponentTable, _ others: inout [OthersModel]
    ) {
        guard let code = file.code, file.place.area == .main || file.place.area == .example else { return }
        let path = file.path.lowercased()
        for fetch in code.fetches {
            let evidence = Evidence(path: file.path, lines: LineRange(fetch.line), quote: fetch.target)
            switch fetch.kind {
            case .weights:
                if names.whose(fetch.target) != .others {
                    table.fetched(.weightsFinal, evidence, from: fetch.target)
                } else {
                    note(
                        OthersModel(name: fetch.target, evidence: evidence, isToRun: isToRun(code, path, fetch)),
                        &others)
                }
            case .named:
                if names.isByItsMaker(fetch.target) {
                    table.fetched(.weightsFinal, evidence, from: fetch.target)
                }
            // A set that evaluation or tuning loads is not what the model was trained on.
            case .data where rules.data.otherPaths.areIn(path) || !rules.data.makingPaths.areIn(path): continue
            case .data: table.fetched(.dataset, evidence, from: fetch.target)
            }
        }
    }

    private func note(_ model: OthersModel, _ others: inout [OthersModel]) {
        guard let place = others.firstIndex(where: { $0.name == model.name }) else {
            if others.count < Self.mostOthers { others.append(model) }
            return
        }
        if model.isToRun, !others[place].isToRun { others[place] = model }
    }

    /// Whether a program runs a model or is part of one, rather than trains or measures it. Files that the code of a network names are
    /// often weights of one that measures.
    private func isToRun(_ code: CodeFacts, _ path: String, _ fetch: CodeFacts.Fetch) -> Bool {
        func signs(_ roles: CodeRole...) -> Int { roles.reduce(0) { $0 + (code.scores[$1] ?? 0) } }
        let runs = signs(.inference)
        let isPart = signs(.architecture) > 0 && !fetch.target.contains("://")
        return !rules.data.otherPaths.areIn(path) && (runs > 0 || isPart)
            && signs(.inference, .architecture) >= signs(.training, .evaluation, .fineTuning)
    }
}
