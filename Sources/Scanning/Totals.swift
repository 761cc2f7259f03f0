import OpenscanFacts

/// Sums over a release that reports give. Archives and pointers announce what they like: where a sum does not fit, it stands at the
/// largest number, and this says so.
enum Totals {
    static func check(_ release: inout ReleaseFacts) {
        let files = release.files
        for (what, numbers) in [
            ("the sizes of all files", files.map { $0.entry.size }),
            ("the sizes of the files that pointers stand for", files.map { $0.artefact?.pointer?.size }),
            ("the parameters of all files", files.map { $0.artefact?.parameters }),
        ] where !fits(numbers) {
            release.problems.append(
                ReleaseFacts.Problem(
                    path: "",
                    finding: Finding(
                        .integerOverflow, .medium,
                        "\(Wording(what)) add up to more than can be counted; totals are too small")))
        }
    }

    private static func fits(_ numbers: [Int?]) -> Bool {
        var sum = 0
        for case let number? in numbers {
            let (next, overflow) = sum.addingReportingOverflow(max(0, number))
            if overflow { return false }
            sum = next
        }
        return true
    }
}
