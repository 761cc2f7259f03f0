import OpenscanFacts
import OpenscanLicensing

/// All licences with their texts as word hashes, from every source.
struct Collection {
    /// A text as it is compared.
    struct Text {
        var kind: IndexFormat.TextKind
        var words: [UInt32]
        var core: Range<Int>
    }

    /// A licence with everything that the index keeps of it.
    struct Licence {
        var id: String
        var key: String
        var name: String
        var category: LicenceCategory
        var isOSIApproved = false
        var isException = false
        var isDeprecated = false
        var isAI = false
        /// Whether Licenses/ has a record of it.
        var isOwn = false
        var maker: String?
        var texts: [Text] = []
        /// In order of precedence.
        var names: [String] = []
        var addresses: [String] = []
        /// Names and addresses of an earlier index, whose letters are not at hand.
        var nameHashes: [UInt32] = [], addressHashes: [UInt32] = []

        /// The lower, the better known.
        var rank: Int { (isAI ? 0 : id.hasPrefix("LicenseRef-") ? 4 : 2) + (isDeprecated ? 1 : 0) }
    }

    let data: RecordFiles
    var licences: [String: Licence] = [:]
    /// Texts as they were read, of the sources that are at hand: what `records` takes clauses from.
    var bodies: [String: String] = [:]
    /// ScanCode key -> id, for keys that an AI record names.
    private(set) var idOfKey: [String: String] = [:]
    /// Licences whose text Licenses/ names.
    let hasOwnText: Set<String>
    /// Licences whose text was read in a repository.
    let hasOrigin: Set<String>
    /// Every ScanCode key that is a licence here.
    var idOfScanCodeKey: [String: String] = [:]

    var textCount: Int { licences.values.reduce(0) { $0 + $1.texts.count } }

    init(_ data: RecordFiles) {
        self.data = data
        hasOwnText = Set(data.licences.filter { $0.text != nil }.map(\.id))
        hasOrigin = Set(data.licences.filter(\.hasOrigin).map(\.id))
        for record in data.licences {
            let key = record.id.hasPrefix("LicenseRef-") ? String(record.id.dropFirst(11)) : record.id
            licences[record.id] = Licence(
                id: record.id, key: Source.own.prefix + key, name: record.name,
                category: LicenceCategory(rawValue: record.category) ?? .unclear,
                isOSIApproved: data.approved.contains(record.id), isAI: record.isAI, isOwn: true,
                maker: record.maker, names: record.names + [record.name], addresses: record.addresses)
            for key in record.scancodeKeys { idOfKey[key.text] = record.id }
        }
    }

    /// The kind of a licence, by what Licenses/ says, by its id and by what the pinned package says.
    func category(_ id: String, _ scancode: String, _ isException: Bool) -> LicenceCategory {
        if let override = data.overrides[id].flatMap(LicenceCategory.init(rawValue:)) { return override }
        if isException { return .exception }
        if id.hasPrefix("CC-BY-NC") { return .nonCommercial }
        if id.hasPrefix("CC-BY-ND") { return .noDerivatives }
        if ["CC-BY", "CC0", "CDLA-", "ODC-", "ODbL", "PDDL"].contains(where: id.hasPrefix) { return .openData }
        switch scancode {
        case "Permissive": return .permissive
        case "Public Domain": return .publicDomain
        case "Copyleft": return .copyleft
        case "Copyleft Limited": return .copyleftLimited
        case "Source-available": return .sourceAvailable
        case "Free Restricted", "Proprietary Free", "Commercial", "CLA", "Patent License": return .proprietary
        default: return data.approved.contains(id) ? .permissive : .unclear
        }
    }
}

/// Where texts come from; a licence's key begins with its source.
enum Source: String, CaseIterable {
    /// The collected texts of AI licences.
    case own = "ai"
    /// The pinned package of ScanCode.
    case scanCode = "sc"
    /// The pinned copy of the SPDX list.
    case spdx

    var prefix: String { rawValue + ":" }
}
