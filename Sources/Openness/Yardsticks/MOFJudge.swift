import OpenscanFacts
import OpenscanRules

/// Decides the class of the Model Openness Framework as its tool does.
struct MOFJudge {
    let rules: ModelOpennessFramework
    let licences: any LicenceCatalogue

    typealias Entry = ComponentList.OpennessEntry

    /// Components as the framework counts them: what is there, with the licence that it carries.
    func judge(_ subject: YardstickSubject) -> MOFResult {
        if let entries = subject.openness { return judge(entries) }
        func entries(inheriting: Bool) -> [Entry] {
            rules.definitions.compactMap { definition in
                guard
                    let component = definition.ids.lazy.map(subject.component).first(where: { $0.status == .present })
                else { return nil }
                let ids = component.licences.isEmpty && inheriting ? subject.general : component.licences
                return Entry(
                    name: definition.name,
                    licence: ids.isEmpty ? nil : ids.map(\.rawValue).joined(separator: " AND "))
            }
        }
        return judge(entries(inheriting: false), inherited: entries(inheriting: true))
    }

    func judge(_ entries: [Entry], inherited: [Entry]? = nil) -> MOFResult {
        let parts = parts(entries, normalised: false)
        let strict = decide(parts)
        let classes = Dictionary(
            [3, 2, 1].map { (String($0), state($0, parts, strict)) }, uniquingKeysWith: { first, _ in first })
        return MOFResult(
            class: strict, className: rules.className(strict),
            normalisedClass: decide(self.parts(entries, normalised: true)),
            inheritedClass: inherited.map { decide(self.parts($0, normalised: true)) },
            classes: classes, missing: classes.mapValues { $0.missing + $0.unlicensed + $0.invalid }, components: parts)
    }

    private func parts(_ entries: [Entry], normalised: Bool) -> [MOFResult.Part] {
        rules.definitions.map { definition in
            guard let entry = entries.first(where: { rules.name(of: $0.name) == definition.name }) else {
                return MOFResult.Part(
                    name: definition.name, class: definition.level, required: definition.isRequired, status: .missing,
                    licence: nil, notTypeAppropriate: false)
            }
            var licence = entry.licence
            if normalised, let raw = licence, !rules.isOpen(raw) {
                let ids = licences.value(raw).ids
                if !ids.isEmpty { licence = ids.map(\.rawValue).joined(separator: " AND ") }
            }
            let status: MOFResult.PartStatus =
                licence.map { rules.isOpen($0) ? .included : .invalid } ?? .unlicensed
            let isAppropriate = licence.map { rules.isAppropriate($0, for: definition.type) } ?? false
            return MOFResult.Part(
                name: definition.name, class: definition.level, required: definition.isRequired, status: status,
                licence: licence, notTypeAppropriate: status == .included && !isAppropriate)
        }
    }

    /// What a class needs: the paper stands in for a report that is not there under an open licence, in every class; classes III and II count one of both.
    private func needed(_ level: Int, _ parts: [MOFResult.Part]) -> [MOFResult.Part] {
        let paper = parts.first { $0.name == rules.paper }
        let replacesReport =
            parts.first { $0.name == rules.report }?.status != .included && paper?.status != .missing
        return parts.compactMap { part in
            guard part.required else { return nil }
            if part.name == rules.report, replacesReport { return level == 1 ? nil : paper }
            return part.class >= level ? part : nil
        }
    }

    private func decide(_ parts: [MOFResult.Part]) -> Int {
        var decided = 0
        for level in [3, 2, 1] {
            guard needed(level, parts).allSatisfy({ $0.status == .included }) else { break }
            decided = level
        }
        return decided
    }

    private func state(_ level: Int, _ parts: [MOFResult.Part], _ decided: Int) -> MOFResult.ClassState {
        let needed = needed(level, parts)
        func names(_ status: MOFResult.PartStatus) -> [String] { needed.filter { $0.status == status }.map(\.name) }
        return MOFResult.ClassState(
            met: decided != 0 && decided <= level, needed: needed.count, included: names(.included),
            missing: names(.missing), unlicensed: names(.unlicensed), invalid: names(.invalid))
    }
}
