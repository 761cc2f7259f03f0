import OpenscanFacts
import OpenscanRules

/// How a release is kept once it is out: numbered versions, a way to answer, notice of its end.
struct AccessPractice {
    let components: [Component]
    let documents: AccessDocuments
    let rules: RuleSet

    typealias Custom = ReleaseAccess.Custom

    var customs: [Custom] { ReleaseAccess.Practice.allCases.map(custom) }

    private func custom(_ practice: ReleaseAccess.Practice) -> Custom {
        let shown: Reason? =
            switch practice {
            case .versions: versions
            case .feedback: feedback
            case .retirement: retirement
            }
        return Custom(
            practice: practice, isShown: shown != nil, reason: shown ?? Reason("nothing in the release speaks of it"))
    }

    private func file(_ id: ComponentID) -> Evidence? {
        components.first { $0.id == id && $0.status == .present }?.evidence.first
    }

    private var versions: Reason? {
        file(.changelog).map { Reason("a file says what changed", [$0]) }
            ?? documents.first(.versioning).map { Reason("a sentence speaks of versions", [$0]) }
            ?? documents.latestNews.map { Reason("dated news, the last of \($0.date)", [$0.evidence]) }
    }

    private var feedback: Reason? {
        documents.first(.feedback).map { Reason("a sentence says where to answer", [$0]) }
            ?? documents.contact.map { Reason("a section says whom to ask", [$0]) }
            ?? file(.securityPolicy).map { Reason("a file says where to report weaknesses", [$0]) }
    }

    private var retirement: Reason? {
        documents.successorField.map { Reason("a field of the card names what follows", [$0]) }
            ?? documents.first(.retirement).map { Reason("a sentence speaks of the end of a version", [$0]) }
    }
}
