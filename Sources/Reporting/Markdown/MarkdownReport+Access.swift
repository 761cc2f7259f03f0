import OpenscanFacts
import OpenscanOpenness

extension Words {
    /// Access as rows of a table: the question, the answer, what it rests on.
    func accessRows(_ access: ReleaseAccess) -> [(question: String, answer: String, reason: Reason)] {
        func offers(_ offers: [ReleaseAccess.Offer], _ title: String) -> [(String, String, Reason)] {
            offers.map {
                (self(title) + self(": ") + self($0.way.rawValue), self($0.status.rawValue), $0.reason)
            }
        }
        let promises = access.promises.map {
            (self("announced"), $0.due?.description ?? self("without a date"), $0.reason)
        }
        return offers(access.direct, "direct") + offers(access.indirect, "indirect")
            + [
                (self("for whom"), self(access.who.value.rawValue), access.who.reason),
                (self("before the files"), self(access.gate.value.rawValue), access.gate.reason),
                (self("since when"), self(access.when.value.rawValue), access.when.reason),
            ] + promises
            + access.how.map {
                (self($0.practice.rawValue), $0.isShown ? self("shown") : self("unknown"), $0.reason)
            }
    }
}
