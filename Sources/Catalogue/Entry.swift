import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanStore

/// A release as the catalogue lists it.
struct Entry {
    let line: ReleaseListing.Line
    /// Whose it is, then its name.
    let title: String
    /// Where it is, from its mirror's folder on: a site tells nothing of the machine that it was made on.
    let location: String
    let organisation: String
    /// What stays its own from site to site.
    let key: String
    /// What the weights are under, where the release itself says so: what only the repository's licence lets one guess
    /// is found by no filter.
    let licence: String
    let category: String
    /// Numbers of its flags.
    var flags: [Int] = []

    init(_ line: ReleaseListing.Line, roots: [String]) {
        self.line = line
        location = Self.shown(line.location, roots: roots)
        let folders = location.split(separator: "/")
        let organisation = line.organisation ?? (folders.count > 1 ? String(folders[folders.count - 2]) : "")
        self.organisation = organisation
        title = line.name.contains("/") || organisation.isEmpty ? line.name : organisation + "/" + line.name
        key = String(SHA256.hex(line.location.utf8).prefix(16))
        let isSaid = line.basis.flatMap(PartTerms.Basis.init(rawValue:))?.isSaidHere ?? false
        licence = isSaid ? line.licence ?? "" : ""
        category = isSaid ? line.category ?? "" : ""
    }

    private static func shown(_ location: String, roots: [String]) -> String {
        let fitting = roots.filter { root in
            location.hasPrefix(root) && (root.hasSuffix("/") || location.dropFirst(root.count).first == "/")
        }.max { $0.utf8.count < $1.utf8.count }
        if let fitting { return String(location.dropFirst(fitting.count).drop { $0 == "/" }) }
        guard location.hasPrefix("/") else { return location }
        return location.split(separator: "/").last.map(String.init) ?? location
    }

    /// The most open first, then by name.
    static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        let (first, second) = (left.line.rank ?? 0, right.line.rank ?? 0)
        if first != second { return first > second }
        if left.title != right.title { return left.title < right.title }
        return left.line.location < right.line.location
    }

    /// Days since 1970 of a moment in ISO 8601; 0 where it is none.
    static func day(_ text: String?) -> Int {
        guard let parts = text?.prefix(10).split(separator: "-"), parts.count == 3, let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2]), 1970...9999 ~= year, 1...12 ~= month, 1...31 ~= day
        else { return 0 }
        // Years begin in March, so that the day that is not always there is the last.
        let from = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return from * 365 + from / 4 - from / 100 + from / 400 + dayOfYear - 719_468
    }
}

/// Everything that a site shows of the releases at once.
struct Entries {
    private(set) var all: [Entry]
    private(set) var levels: Values
    private(set) var answers: Values
    private(set) var bases: Values
    private(set) var categories: Values
    private(set) var subjects: Values
    private(set) var gates: Values
    private(set) var flags: Values
    private(set) var formats: Values
    private(set) var licences: Values
    private(set) var organisations: Values
    /// The severity that each flag has.
    private(set) var severities: [String: String] = [:]
    /// Answers on the use of the weights, by question: 0 where nothing is asked, else the number of the answer from 1.
    private(set) var uses: [(id: String, codes: [Int])] = []
    let origin: ReleaseListing.Origin?

    /// Values of a filter that are offered one by one, and questions on use: more are no releases' but somebody's who means ill.
    private static let mostValues = 200
    private static let mostQuestions = 60

    init(_ listing: ReleaseListing) throws {
        let roots = try listing.roots()
        origin = try listing.origin()
        var all = try listing.lines().map { Entry($0, roots: roots) }
        all.sort(by: Entry.precedes)
        func counted(_ values: (Entry) -> [String]) -> [String: Int] {
            var counts: [String: Int] = [:]
            for entry in all { for value in values(entry) { counts[value, default: 0] += 1 } }
            return counts
        }
        func values(_ known: [String] = [], most: Int = Self.mostValues, _ value: (Entry) -> String?) -> Values {
            Values(counted { [value($0) ?? ""] }, known: known, most: most)
        }
        var ranks: [String: Int] = [:]
        for entry in all { ranks[entry.line.level] = entry.line.rank ?? 0 }
        levels = values(ranks.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)) { $0.line.level }
        answers = values(["yes", "no", "not-shown"]) { $0.line.openSource }
        bases = values(PartTerms.Basis.allCases.map(\.rawValue)) { $0.line.basis }
        categories = values { $0.category }
        subjects = values { $0.line.subject }
        gates = values { $0.line.gate }
        formats = Values(counted { Self.list($0.line.formats) }, most: Self.mostValues)
        licences = values(most: .max) { $0.licence }
        organisations = values(most: .max) { $0.organisation }
        self.all = all
        flags = Values([:], most: 0)
        try addFlags(listing)
        try addUses(listing)
    }

    private var places: [Int64: Int] {
        Dictionary(all.enumerated().map { ($0.element.line.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func addFlags(_ listing: ReleaseListing) throws {
        let places = places
        var counts: [String: Int] = [:]
        var found: [(place: Int, id: String)] = []
        var severities: [String: String] = [:]
        try listing.eachFlag { mark in
            guard let place = places[mark.release] else { return }
            counts[mark.id, default: 0] += 1
            found.append((place, mark.id))
            severities[mark.id] = mark.value
        }
        flags = Values(counts, most: Self.mostValues)
        self.severities = severities
        for (place, id) in found {
            let number = flags[id]
            if all[place].flags.last != number { all[place].flags.append(number) }
        }
    }

    private mutating func addUses(_ listing: ReleaseListing) throws {
        let places = places
        var numbers: [String: Int] = [:]
        for (number, answer) in UseAnswer.allCases.enumerated() { numbers[answer.rawValue] = number + 1 }
        var columns: [String: [Int]] = [:]
        let none = [Int](repeating: 0, count: all.count)
        try listing.eachUse { mark in
            guard let place = places[mark.release], let number = numbers[mark.value] else { return }
            if columns[mark.id] == nil {
                guard columns.count < Self.mostQuestions else { return }
                columns[mark.id] = none
            }
            columns[mark.id]?[place] = number
        }
        let known = UseID.ofEveryPart.map(\.rawValue)
        let order = known.filter { columns[$0] != nil } + columns.keys.filter { !known.contains($0) }.sorted()
        uses = order.compactMap { id in columns[id].map { (id, $0) } }
    }

    /// Flags, those that matter most first.
    func bySeverity(_ flags: [Int]) -> [Int] {
        func weight(_ flag: Int) -> Severity {
            severities[self.flags.ids[flag]].flatMap(Severity.init(rawValue:)) ?? .info
        }
        return flags.sorted { (weight($1), $0) < (weight($0), $1) }
    }

    /// What stands with commas between.
    static func list(_ text: String?) -> [String] { (text ?? "").split(separator: ",").map(String.init) }

    /// Combinations of values, most releases having one of few: the number of each release's, and what is in each.
    static func combined(_ sets: [[Int]]) -> (codes: [Int], combinations: [[Int]]) {
        var numbers: [[Int]: Int] = [:]
        var combinations: [[Int]] = []
        let codes = sets.map { set in
            if let number = numbers[set] { return number }
            numbers[set] = combinations.count
            combinations.append(set)
            return combinations.count - 1
        }
        return (codes, combinations)
    }
}
