import OpenscanFacts
import OpenscanRules

/// Components that a file's name or folder shows.
struct NamedComponents {
    let rules: ComponentRules

    /// Found by name alone, whatever the file holds.
    private static let byName: [ComponentID] = [
        .tokenizer, .supportingTools, .evaluationResults, .modelMetadata, .responsibleUseGuide, .securityPolicy,
        .changelog,
    ]

    func mark(_ file: FileFacts, in table: inout ComponentTable) {
        let place = file.place
        for id in Self.byName where rules[id]?.files.matches(place.name) ?? false {
            table.present(id, Evidence(path: file.path))
        }
        if place.isPolicy { table.present(.usagePolicy, Evidence(path: file.path)) }
        guard let samples = rules[.sampleOutputs] else { return }
        if samples.folders.matches(any: place.folders.suffix(1)) || samples.trees.matches(any: place.folders),
            rules.sampleEndings.matches(place.name)
        {
            table.present(.sampleOutputs, Evidence(path: file.path), confidence: .medium)
        } else if samples.files.matches(place.name) {
            table.present(.sampleOutputs, Evidence(path: file.path))
        }
    }
}
