import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// JUnit XML: a test for each rule, so that whatever shows test results shows them. Flags that were looked for and not raised pass.
public enum JUnitReport {
    /// One document with a suite for flags, one for files and one for a policy.
    public static func text(
        _ dossier: Dossier, issues: [Issue], policy: PolicyResult?, rules: RuleSet, words: Words
    ) -> String {
        let finder = HostPlace.Finder(dossier)
        var suites: [Suite] = []
        if let policy {
            var suite = Suite(name: words("policy"))
            let failed = issues.filter { $0.kind == .policy }
            let broken = Set(failed.map(\.id))
            suite.cases = failed.map { Case($0, finder, words) }
            suite.cases += policy.rules.filter { !broken.contains($0) }.map { Case(name: $0) }
            suites.append(suite)
        }
        var flags = Suite(name: words("flags"))
        for rule in rules.flags {
            let raised = issues.filter { $0.kind == .flag && $0.id == rule.id.rawValue }
            let name = "\(rule.id) \(words(rule.title))"
            flags.cases += raised.isEmpty ? [Case(name: name)] : raised.map { Case($0, finder, words, name: name) }
        }
        suites.append(flags)
        var files = Suite(name: words("files"))
        files.cases = issues.filter { $0.kind == .finding || $0.kind == .unread }.map { Case($0, finder, words) }
        if files.cases.isEmpty { files.cases = [Case(name: words("nothing is found about files"))] }
        suites.append(files)

        let release = dossier.release.name
        let body = suites.map { $0.text(release) }.joined()
        let counts = Suite.counts(suites.flatMap(\.cases))
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<testsuites name=\"\(XMLText.escaped("openscan " + release))\" \(counts)>\n" + body + "</testsuites>"
    }

    private struct Suite {
        let name: String
        var cases: [Case] = []

        func text(_ release: String) -> String {
            "  <testsuite name=\"\(XMLText.escaped(release + ": " + name))\" \(Self.counts(cases))>\n"
                + cases.map { $0.text(release) }.joined() + "  </testsuite>\n"
        }

        static func counts(_ cases: [Case]) -> String {
            let failures = cases.count { if case .failed = $0.result { true } else { false } }
            let errors = cases.count { if case .broken = $0.result { true } else { false } }
            let skipped = cases.count { if case .skipped = $0.result { true } else { false } }
            return
                "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"0\""
        }
    }

    private enum Result {
        case passed
        /// With words for whoever looks.
        case noted(String)
        case failed(String, Severity)
        case broken(String)
        case skipped(String)
    }

    private struct Case {
        let name: String
        var file: String?
        var line: Int?
        var result = Result.passed

        init(name: String) { self.name = name }

        /// Information is no failure; what is known or was rejected is passed over.
        init(_ issue: Issue, _ finder: HostPlace.Finder, _ words: Words, name: String? = nil) {
            let place = finder.fromCall(issue.place)
            self.name = name ?? (issue.place.map { "\(issue.id) \($0.place)" } ?? issue.id)
            file = place.path
            line = place.lines?.first
            let text = issue.line(words, inside: place.inside ?? issue.place?.shownPlace)
            if let reason = issue.rejection {
                result = .skipped(words("rejected: {0}", reason))
            } else if issue.isKnown {
                result = .skipped(words("known from the baseline"))
            } else if issue.kind == .unread {
                result = .broken(text)
            } else {
                result = issue.severity == .info ? .noted(text) : .failed(text, issue.severity)
            }
        }

        func text(_ release: String) -> String {
            var out =
                "    <testcase classname=\"\(XMLText.escaped(release))\" name=\"\(XMLText.escaped(name))\" time=\"0\""
            if let file { out += " file=\"\(XMLText.escaped(file))\"" }
            if let line { out += " line=\"\(line)\"" }
            switch result {
            case .passed: return out + "/>\n"
            case .noted(let text): out += ">\n      <system-out>\(XMLText.escaped(text))</system-out>\n"
            case .failed(let text, let severity):
                out +=
                    ">\n      <failure type=\"\(severity.rawValue)\" message=\"\(XMLText.escaped(text))\">\(XMLText.escaped(text))</failure>\n"
            case .broken(let text):
                out +=
                    ">\n      <error type=\"unread\" message=\"\(XMLText.escaped(text))\">\(XMLText.escaped(text))</error>\n"
            case .skipped(let text): out += ">\n      <skipped message=\"\(XMLText.escaped(text))\"/>\n"
            }
            return out + "    </testcase>\n"
        }
    }
}
