import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// SARIF 2.1.0 (OASIS): what a release has to be looked at for, as code hosts and editors read it.
public enum SARIFReport {
    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    /// What paths of results are relative to.
    private static let base = "RELEASE"
    private static let callBase = "CALL"
    private static let fingerprintName = "openscan/v1"

    /// One run with every issue, without a line end.
    /// - Throws: the encoder's error.
    public static func text(
        _ dossier: Dossier, issues: [Issue], tool: ReportTool, rules: RuleSet, words: Words, hasBaseline: Bool
    ) throws -> String {
        let finder = HostPlace.Finder(dossier)
        var ids: [String: Int] = [:]
        var descriptors: [JSONTree] = []
        for issue in issues.sorted(by: { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) })
        where issue.kind != .unread && ids[issue.id] == nil {
            ids[issue.id] = descriptors.count
            descriptors.append(descriptor(issue, rules, words))
        }
        let results = issues.filter { $0.kind != .unread }.map {
            result($0, ids[$0.id], finder, words, hasBaseline: hasBaseline)
        }
        let notes = issues.filter { $0.kind == .unread }.map { notification($0, finder, words) }
        var bases: [String: JSONTree] = [
            base: ["description": ["text": .string(words("the root of the release"))]]
        ]
        if let root = finder.root, !root.isEmpty {
            bases[base] = [
                "uri": .string(HostPlace.reference(root)), "uriBaseId": .string(callBase),
                "description": ["text": .string(words("the root of the release"))],
            ]
            bases[callBase] = ["description": ["text": .string(words("the folder in which openscan was called"))]]
        }
        let driver: JSONTree = .some([
            "name": .string(tool.name), "version": .string(tool.version), "semanticVersion": .string(tool.version),
            "rules": .array(descriptors),
            "properties": ["licenceData": .string(tool.licenceData), "ruleData": .string(tool.ruleData)],
        ])
        let run: JSONTree = .some([
            "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
            "automationDetails": ["id": .string("openscan/\(HostPlace.reference(dossier.release.name))/")],
            "originalUriBaseIds": .object(bases), "results": .array(results),
            "invocations": [
                .some([
                    "executionSuccessful": .bool(dossier.gradient.subject != .unread),
                    "toolExecutionNotifications": .list(notes),
                ])
            ],
        ])
        return try JSON.text(
            ["$schema": .string(schema), "version": "2.1.0", "runs": [run]] as JSONTree, isPretty: true)
    }

    // MARK: Rules

    private static func descriptor(_ issue: Issue, _ rules: RuleSet, _ words: Words) -> JSONTree {
        let flag = issue.kind == .flag ? rules.flag(FlagID(issue.id)) : nil
        let severity = flag?.severity ?? issue.severity
        let short: String =
            switch issue.kind {
            case .flag: words(flag?.title ?? issue.id)
            case .finding: FindingID(rawValue: issue.id).flatMap { rules.finding($0) }.map { words($0) } ?? issue.id
            case .policy, .unread: words("A rule of the policy is not kept: {0}", issue.id)
            }
        let help = Explanation(rules, words: words).of(issue.id) ?? short
        return .some([
            "id": .string(issue.id), "shortDescription": ["text": .string(short)],
            "fullDescription": ["text": .string(short)], "help": ["text": .string(help)],
            "defaultConfiguration": ["level": .string(level(severity))],
            "properties": ["tags": [.string(issue.kind.rawValue)], "severity": .string(severity.rawValue)],
        ])
    }

    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .high: "error"
        case .medium: "warning"
        case .low, .info: "note"
        }
    }

    // MARK: Results

    private static func result(
        _ issue: Issue, _ index: Int?, _ finder: HostPlace.Finder, _ words: Words, hasBaseline: Bool
    ) -> JSONTree {
        let place = finder.inRelease(issue.place)
        let hasOwnPlace = issue.place.map { !$0.path.isEmpty } ?? false
        return .some([
            "ruleId": .string(issue.id), "ruleIndex": index.map(JSONTree.number),
            "level": .string(level(issue.severity)), "message": ["text": .string(issue.line(words))],
            "locations": place.map {
                [location($0, message: hasOwnPlace ? issue.place?.quote : words("the release as a whole"))]
            },
            "relatedLocations": .list(
                issue.related.enumerated().compactMap { number, evidence in
                    finder.inRelease(evidence).map {
                        location($0, message: evidence.quote ?? evidence.place, id: number + 1)
                    }
                }),
            "partialFingerprints": [fingerprintName: .string(issue.fingerprint)],
            "baselineState": hasBaseline ? .string(issue.isKnown ? "unchanged" : "new") : nil,
            "suppressions": issue.rejection.map { reason in
                [.some(["kind": "external", "justification": reason.isEmpty ? nil : .string(reason)])]
            },
            "properties": ["kind": .string(issue.kind.rawValue), "severity": .string(issue.severity.rawValue)],
        ])
    }

    private static func location(_ place: HostPlace, message: String?, id: Int? = nil) -> JSONTree {
        .some([
            "id": id.map(JSONTree.number),
            "physicalLocation": .some([
                "artifactLocation": [
                    "uri": .string(HostPlace.reference(place.path)), "uriBaseId": .string(base),
                ],
                "region": place.lines.map {
                    ["startLine": .number(max(1, $0.first)), "endLine": .number(max(1, $0.first, $0.last))]
                },
            ]),
            "logicalLocations": place.inside.map { [["fullyQualifiedName": .string($0)]] },
            "message": message.map { ["text": .string($0)] },
        ])
    }

    private static func notification(_ issue: Issue, _ finder: HostPlace.Finder, _ words: Words) -> JSONTree {
        .some([
            "level": "warning", "message": ["text": .string(issue.line(words))],
            "descriptor": ["id": .string(issue.id)],
            "locations": issue.place.flatMap { finder.inRelease($0) }.map { [location($0, message: nil)] },
        ])
    }
}
