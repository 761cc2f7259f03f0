import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanTestSupport
import Testing

@Suite struct SchemaTests {
    private static func schema() throws -> JSONValue {
        try Array(Schema.text.utf8).withUnsafeBytes { try JSONValue.parse($0) }
    }

    @Test func reportsObeyTheSchema() throws {
        let checker = SchemaChecker(root: try Self.schema())
        for dossier in [Samples.full, Samples.bare] {
            #expect(checker.problems(try ReportTests.json(dossier)) == [])
        }
        #expect(
            checker.problems(try ReportTests.json(Samples.full, review: Samples.review, policy: Samples.policy)) == [])
    }

    /// Strict: nothing stands in the schema that no report has, so that it cannot grow stale.
    @Test func everyPropertyOfTheSchemaIsWritten() throws {
        var checker = SchemaChecker(root: try Self.schema())
        checker.isEveryPropertyRequired = true
        let problems = checker.problems(
            try ReportTests.json(Samples.full, review: Samples.review, policy: Samples.policy)
        ).filter {
            // An evidence has lines or an offset; parts without licences have no expression.
            !["/lines", "/offset", "/quote", "/expression", "/category", "/change", "/component", "/tensors"].contains(
                where: $0.hasSuffix)
                && !["/parameters", "/pointer", "/size", "/path", "/beside", "/expired", "1/unseenBytes"].contains(
                    where: $0.hasSuffix)
        }
        #expect(problems == [])
    }

    @Test func keysThatTheSchemaDoesNotNameAreRefused() throws {
        let checker = SchemaChecker(root: try Self.schema())
        let text = try JSON.text(Report(Samples.full, tool: ReportTests.tool), isPretty: false)
        let more = try Array((#"{"mood":"good","# + text.dropFirst()).utf8).withUnsafeBytes {
            try JSONValue.parse($0)
        }
        #expect(checker.problems(more) == ["unknown: /mood"])
    }

    /// Words that stand for cases are those of the program, no more and no less.
    @Test func enumerationsAreThoseOfTheProgram() throws {
        let definitions = try Self.schema()["$defs"]
        func words(_ path: String...) -> Set<String> {
            Set(path.reduce(definitions) { value, key in value?[key] }?["enum"]?.strings ?? [])
        }
        func cases<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) -> Set<String> {
            Set(type.allCases.map(\.rawValue))
        }
        #expect(words("componentId") == cases(ComponentID.self))
        #expect(words("category") == cases(LicenceCategory.self))
        #expect(words("severity") == cases(Severity.self))
        #expect(words("confidence") == cases(Confidence.self))
        #expect(words("status") == cases(Component.Status.self))
        #expect(words("terms", "properties", "basis") == cases(PartTerms.Basis.self))
        #expect(words("verdict", "properties", "openSource") == cases(Verdict.Answer.self))
        #expect(words("verdict", "properties", "ground") == cases(Verdict.Ground.self))
        #expect(words("reviewed", "properties", "kind") == cases(ReviewQuestion.Kind.self))
        #expect(words("reviewed", "properties", "decision") == cases(ReviewDecision.Outcome.self))
        #expect(words("reviewed", "properties", "state") == cases(ReviewedQuestion.State.self))
        #expect(words("gradient", "properties", "subject") == cases(Gradient.Subject.self))
        #expect(words("gradient", "properties", "licenceClass") == cases(LicenceClass.self))
        #expect(words("artefact", "properties", "status") == cases(ArtefactStatus.self))
        #expect(words("release", "properties", "kind") == cases(ReleaseFacts.Kind.self))
        #expect(words("otherLicence", "properties", "reason") == cases(OtherLicence.Why.self))
        #expect(words("claim", "properties", "category") == cases(Claim.Category.self))
        #expect(words("criterion", "properties", "status") == cases(FrameworkResult.Status.self))
        #expect(words("use", "properties", "answer") == cases(UseAnswer.self))
        #expect(words("offer", "properties", "id") == cases(ReleaseAccess.Way.self))
        #expect(words("practice", "properties", "id") == cases(ReleaseAccess.Practice.self))
        #expect(words("access", "properties", "gate") == cases(ReleaseAccess.Gate.self))
        #expect(words("access", "properties", "who", "properties", "answer") == cases(ReleaseAccess.Audience.self))
        #expect(words("access", "properties", "when", "properties", "answer") == cases(ReleaseAccess.Timing.self))
        #expect(words("duty", "properties", "id") == cases(DutyID.self))
        #expect(words("duty", "properties", "when") == cases(DutyMoment.self))
        #expect(words("partOfRelease") == cases(ReleasePart.self))
        #expect(words("threshold", "properties", "measure") == cases(UseThreshold.Measure.self))
        #expect(words("threshold", "properties", "effect") == cases(UseThreshold.Effect.self))
        let questions = definitions?["useId"]?["anyOf"]?.array?.first?["enum"]?.strings
        #expect(questions == UseID.ofEveryPart.map(\.rawValue))
    }

    @Test func levelsAreThoseOfTheRules() throws {
        let levels = try Self.schema()["$defs"]?["level"]?["enum"]?.strings ?? []
        #expect(Set(levels) == Set(TestRules.shared.gradient.levels.map(\.id)))
    }

    @Test func aPropertyStandsOnALine() {
        let longest = Schema.text.split(separator: "\n").map(\.count).max() ?? 0
        #expect(longest < 160)
    }
}

/// As much of JSON Schema as the schema uses.
private struct SchemaChecker {
    let root: JSONValue
    var isEveryPropertyRequired = false

    /// Places that break the schema, each with what is wrong.
    func problems(_ value: JSONValue) -> [String] { check(value, root, "") }

    private func check(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        if let name = schema["$ref"]?.string {
            guard let definition = root["$defs"]?[String(name.dropFirst("#/$defs/".count))] else {
                return ["no definition: \(name)"]
            }
            return check(value, definition, place)
        }
        if let choices = schema["anyOf"]?.array {
            return choices.contains { check(value, $0, place).isEmpty } ? [] : ["fits no choice: \(place)"]
        }
        if let constant = schema["const"], constant != value { return ["not the constant: \(place)"] }
        if let words = schema["enum"]?.array, !words.contains(value) { return ["not in the list: \(place)"] }
        switch schema["type"]?.string {
        case "object"?: return object(value, schema, place)
        case "array"?:
            guard let items = value.array else { return ["no list: \(place)"] }
            if let least = schema["minItems"]?.int, items.count < least { return ["too short: \(place)"] }
            if let most = schema["maxItems"]?.int, items.count > most { return ["too long: \(place)"] }
            let prefix = schema["prefixItems"]?.array ?? []
            return items.enumerated().flatMap { number, item in
                let schema = number < prefix.count ? prefix[number] : schema["items"]
                return schema.map { check(item, $0, "\(place)/\(number)") } ?? ["unexpected: \(place)/\(number)"]
            }
        case "string"?:
            guard let text = value.string else { return ["no text: \(place)"] }
            if let least = schema["minLength"]?.int, text.count < least { return ["too short: \(place)"] }
            if let pattern = schema["pattern"]?.string {
                let isHexadecimal = pattern == "^[0-9a-f]+$"
                let fits = text.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x61...0x66: true
                    case 0x67...0x7A, 0x2D: !isHexadecimal
                    default: false
                    }
                }
                guard fits, !text.isEmpty else { return ["not of the pattern: \(place)"] }
            }
            return []
        case "boolean"?: if case .bool = value { return [] } else { return ["neither true nor false: \(place)"] }
        case "integer"?, "number"?:
            guard case .number(let text) = value, let number = Double(text) else { return ["no number: \(place)"] }
            if schema["type"]?.string == "integer", Int(text) == nil { return ["no whole number: \(place)"] }
            if let least = schema["minimum"]?.int, number < Double(least) { return ["too small: \(place)"] }
            if let most = schema["maximum"]?.int, number > Double(most) { return ["too large: \(place)"] }
            return []
        default: return []
        }
    }

    private func object(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard let members = value.members else { return ["no object: \(place)"] }
        let properties = schema["properties"]?.members ?? []
        let required = isEveryPropertyRequired ? properties.map(\.key) : schema["required"]?.strings ?? []
        var out = required.filter { value[$0] == nil }.map { "missing: \(place)/\($0)" }
        for member in members {
            let here = "\(place)/\(member.key)"
            if let names = schema["propertyNames"] { out += check(.string(member.key), names, here) }
            if let property = properties.first(where: { $0.key == member.key }) {
                out += check(member.value, property.value, here)
            } else if let other = schema["additionalProperties"], other.members != nil {
                out += check(member.value, other, here)
            } else {
                out.append("unknown: \(here)")
            }
        }
        return out
    }
}
