import OpenscanFacts

/// A bill of materials in the release lists files that are not there or are others, leaves weights out, or names other bases or data than the
/// release itself. What it says of licences is held against the texts by another rule.
///
/// Guard: a bill of which no file is here is about something else; names are compared by their last part, and only where both sides name some.
struct BillDiffers: FlagRule {
    let id: FlagID = "bill-differs"

    private typealias Difference = (reason: Reason, evidence: Evidence)

    func check(_ context: FlagContext) -> FlagFinding? {
        var differences: [Difference] = []
        for file in context.release.files where file.place.area == .main {
            guard let bill = file.bill else { continue }
            differences += files(bill, beside: file, context)
            differences += names(
                bill.bases, context.model.baseModels.map { ($0.name, $0.evidence) },
                missing: { "the bill names \($0) as a base, the release does not" },
                more: { "the release names \($0) as its base, the bill does not" })
            differences += names(
                bill.datasets, context.model.datasets.map { ($0, nil) },
                missing: { "the bill names \($0) as data, the release does not" },
                more: { "the release names \($0) as its data, the bill does not" })
        }
        guard !differences.isEmpty else { return nil }
        return FlagFinding(evidence: differences.map(\.evidence), reasons: differences.map(\.reason))
    }

    // MARK: Files

    private func files(_ bill: DeclaredBill, beside file: FileFacts, _ context: FlagContext) -> [Difference] {
        var byPath: [String: FileFacts] = [:]
        for other in context.release.files { byPath[other.path] = other }
        let found = bill.files.map { listed in
            (listed, byPath[file.folder + clean(listed.path)] ?? byPath[clean(listed.path)])
        }
        guard found.contains(where: { $0.1 != nil }) else { return [] }
        var out: [Difference] = []
        for (listed, other) in found {
            guard let other else {
                // A release may have more files than are listed here.
                if context.release.unlisted == 0 {
                    out.append(
                        (Reason("\(listed.path) is listed and not there", [listed.evidence]), listed.evidence))
                }
                continue
            }
            let size = other.artefact?.pointer?.size ?? other.byteCount
            if let stated = listed.size, let size, stated != size {
                out.append(
                    (
                        Reason("\(listed.path) has \(size) bytes, not \(stated)", [listed.evidence]),
                        listed.evidence
                    ))
            }
            if let stated = listed.sha256, let known = digest(other), stated != known {
                out.append(
                    (
                        Reason("\(listed.path) is another file by its digest", [listed.evidence]), listed.evidence
                    ))
            }
        }
        return out + unlisted(bill, found.compactMap(\.1), context)
    }

    /// Weights that are there and not listed, where others of their format are.
    private func unlisted(_ bill: DeclaredBill, _ listed: [FileFacts], _ context: FlagContext) -> [Difference] {
        let formats = Set(listed.compactMap { $0.artefact?.standsForWeights ?? false ? $0.artefact?.format : nil })
        let paths = Set(listed.map(\.path))
        guard let place = bill.files.first?.evidence else { return [] }
        return context.release.files.compactMap { other in
            guard other.place.area == .main, let artefact = other.artefact, artefact.standsForWeights,
                formats.contains(artefact.format), !paths.contains(other.path)
            else { return nil }
            let evidence = Evidence(path: other.path)
            return (Reason("\(other.path) is there and not listed", [evidence, place]), place)
        }
    }

    private func clean(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// What the release itself states: a pointer carries the digest of what it stands for.
    private func digest(_ file: FileFacts) -> String? {
        guard let oid = file.artefact?.pointer?.oid, let colon = oid.firstIndex(of: ":") else { return nil }
        let text = oid[oid.index(after: colon)...].lowercased()
        return text.utf8.count == Self.digestLength ? text : nil
    }

    private static let digestLength = 64

    // MARK: Names

    private func names(
        _ listed: [DeclaredBill.Named], _ own: [(name: String, evidence: Evidence?)],
        missing: (String) -> Wording, more: (String) -> Wording
    ) -> [Difference] {
        guard !listed.isEmpty, !own.isEmpty else { return [] }
        let ownKeys = Set(own.map { key($0.name) })
        let listedKeys = Set(listed.map { key($0.name) })
        var out: [Difference] = listed.filter { !ownKeys.contains(key($0.name)) }.map {
            (Reason(missing($0.name), [$0.evidence]), $0.evidence)
        }
        out += own.filter { !listedKeys.contains(key($0.name)) }.map {
            let place = $0.evidence ?? listed[0].evidence
            return (Reason(more($0.name), [place]), place)
        }
        return out
    }

    /// The last part of a name, as people write it with and without its maker.
    private func key(_ name: String) -> String {
        (name.split(separator: "/").last.map(String.init) ?? name).lowercased()
    }
}
