import OpenscanBytes
import OpenscanFacts

/// Everything that people edit in Licenses/, handed in as a value: readers and judges know nothing else.
/// Documents are read when they are first asked for, once.
public struct RuleSet: Sendable {
    /// Digest of the compiled rules.
    public let digest: String
    /// Digest of those rules by which files are read. As long as it stays, facts that were read once may be judged anew.
    public var readingDigest: String { lazyReadingDigest.wrapped }
    /// Licences by id and by name.
    public let licences: any LicenceCatalogue

    private let documents: RuleDocuments
    private let lazyReadingDigest: Lazy<String>
    private let lazyPlaces: Lazy<PlaceRules>
    private let lazyComponents: Lazy<ComponentRules>
    private let lazyRoles: Lazy<CodeRoleRules>
    private let lazyLinks: Lazy<LinkRules>
    private let lazyCards: Lazy<CardRules>
    private let lazyClaims: Lazy<ClaimVocabulary>
    private let lazyDisclosures: Lazy<DisclosureRules>
    private let lazyClauses: Lazy<ClauseRules>
    private let lazyLineage: Lazy<LineageRules>
    private let lazyModels: Lazy<KnownModels>
    private let lazyFlags: Lazy<[FlagDescription]>
    private let lazyChangeFlags: Lazy<[FlagDescription]>
    private let lazyFindings: Lazy<[FindingID: String]>
    private let lazyBills: Lazy<BillRules>
    private let lazyGradient: Lazy<GradientRules>
    private let lazyDefinition: Lazy<OSDRules>
    private let lazyFrameworks: Lazy<[Framework]>
    private let lazyOpenness: Lazy<ModelOpennessFramework>
    private let lazyUse: Lazy<UseRules>
    /// Clauses of known licences.
    public let clauseRecords: ClauseRecords
    private let lazyLicenceWords: Lazy<LicenceWords>
    private let lazyLanguages: Lazy<[LanguageRules]>
    private let lazyTranslations: Lazy<[String: Translations]>

    /// - Parameters:
    ///   - documents: the compiled rules.
    ///   - licences: licences by id and by name.
    /// - Throws: `RuleProblem` where a document is missing.
    public init(_ documents: RuleDocuments, licences: any LicenceCatalogue) throws(RuleProblem) {
        let names = Set(documents.names)
        for name in Self.needed where !names.contains(name) {
            throw .badDocument(name: name, reason: "there is no such document")
        }
        digest = documents.digest
        self.documents = documents
        self.licences = licences
        // Documents that verify are JSON: the compiler wrote them.
        @Sendable func root(_ name: String) -> JSONValue { (try? documents.document(name)) ?? .null }
        lazyPlaces = Lazy { PlaceRules(root("places")) }
        lazyComponents = Lazy { ComponentRules(root("components")) }
        lazyRoles = Lazy { CodeRoleRules(root("roles")) }
        lazyLinks = Lazy { LinkRules(root("links")) }
        lazyCards = Lazy { CardRules(root("cards")) }
        let languages = Lazy { root("languages").items("languages").map(LanguageRules.init) }
        lazyClaims = Lazy { ClaimVocabulary(root("claims"), languages: languages.wrapped) }
        lazyDisclosures = Lazy { DisclosureRules(root("disclosures")) }
        lazyClauses = Lazy { ClauseRules(root("clauses")) }
        let lineage = Lazy { LineageRules(root("lineage")) }
        lazyLineage = lineage
        lazyModels = Lazy { KnownModels(root("models"), lineage: lineage.wrapped) }
        lazyFlags = Lazy { root("flags").items("flags").map(FlagDescription.init) }
        lazyChangeFlags = Lazy { root("flags").items("changes").map(FlagDescription.init) }
        lazyFindings = Lazy {
            var meanings: [FindingID: String] = [:]
            for item in root("findings").items("findings") {
                if let id = FindingID(rawValue: item.text("id")) { meanings[id] = item.text("meaning") }
            }
            return meanings
        }
        lazyBills = Lazy { BillRules(root("bills")) }
        lazyGradient = Lazy { GradientRules(root("gradient")) }
        lazyDefinition = Lazy { OSDRules(root("osd")) }
        let use = Lazy { UseRules(root("use")) }
        lazyUse = use
        // Of the rules of use, readers go by the names of territories alone.
        lazyReadingDigest = Lazy {
            let territories = Array(use.wrapped.territoryWords.sorted().joined(separator: "\n").utf8)
            return documents.digest(of: Self.reading) + territories.withUnsafeBytes { RuleDocuments.digest($0) }
        }
        clauseRecords = ClauseRecords(documents)
        lazyLicenceWords = Lazy { LicenceWords(root("licence-words")) }
        lazyLanguages = languages
        lazyOpenness = Lazy { ModelOpennessFramework(root("frameworks/mof"), licences: licences) }
        let frameworks = documents.names.filter { $0.hasPrefix("frameworks/") && $0 != "frameworks/mof" }
        lazyFrameworks = Lazy { frameworks.map { Framework(root($0)) }.sorted { $0.order < $1.order } }
        lazyTranslations = Lazy {
            var out: [String: Translations] = [:]
            for member in root("words").members ?? [] { out[member.key] = Translations(member.value) }
            return out
        }
    }

    /// Documents that readers go by; a test holds them against what readers ask for.
    static let reading = [
        "aliases", "cards", "claims", "clauses", "disclosures", "languages", "licence-words", "lineage", "links",
        "models",
        "places", "roles",
    ]

    static let needed = [
        "places", "components", "roles", "links", "cards", "claims", "disclosures", "clauses", "lineage", "models",
        "flags", "findings", "bills",
        "gradient", "osd", "use", "clause-records", "licence-words", "languages", "frameworks/mof", "words", "aliases",
    ]

    /// The file of Licenses/ and the line in which a rule stands.
    /// - Parameters:
    ///   - kind: flag, finding, clause, component, level, criterion, osd, framework, use, rule or licence.
    ///   - id: its id.
    public func definition(_ kind: String, _ id: String) -> String? { documents.definition("\(kind)/\(id)") }

    /// What paths say.
    public var places: PlaceRules { lazyPlaces.wrapped }
    /// Components and their signs.
    public var components: ComponentRules { lazyComponents.wrapped }
    /// What programs do, by the names they use.
    public var roles: CodeRoleRules { lazyRoles.wrapped }
    /// What addresses lead to.
    public var links: LinkRules { lazyLinks.wrapped }
    /// What cards say besides claims.
    public var cards: CardRules { lazyCards.wrapped }
    /// Words by which claims are found.
    public var claims: ClaimVocabulary { lazyClaims.wrapped }
    /// What documents tell of how a release was made and is kept.
    public var disclosures: DisclosureRules { lazyDisclosures.wrapped }
    /// Clauses of licences.
    public var clauses: ClauseRules { lazyClauses.wrapped }
    /// How releases name what they were made from.
    public var lineage: LineageRules { lazyLineage.wrapped }
    /// Base models and data sets whose terms are known.
    public var models: KnownModels { lazyModels.wrapped }
    /// Flags in words.
    public var flags: [FlagDescription] { lazyFlags.wrapped }
    /// Flags of what changed from one version of a release to the next.
    public var changeFlags: [FlagDescription] { lazyChangeFlags.wrapped }
    /// Levels and their decision table.
    public var gradient: GradientRules { lazyGradient.wrapped }
    /// The Open Source Definition.
    public var definition: OSDRules { lazyDefinition.wrapped }
    /// What clauses answer and ask.
    public var use: UseRules { lazyUse.wrapped }
    /// Yardsticks whose criteria are data, in the order of reports.
    public var frameworks: [Framework] { lazyFrameworks.wrapped }
    /// The Model Openness Framework, which has rules of its own.
    public var openness: ModelOpennessFramework { lazyOpenness.wrapped }
    /// Words that tell licences from their neighbours and grants from mentions.
    public var licenceWords: LicenceWords { lazyLicenceWords.wrapped }

    /// How people license in languages other than English and Chinese.
    public var languages: [LanguageRules] { lazyLanguages.wrapped }

    /// Words of reports in another language; `nil` where there are none.
    public func translations(_ language: String) -> Translations? { lazyTranslations.wrapped[language] }

    /// What bills of materials say besides parts and licences.
    public var bills: BillRules { lazyBills.wrapped }

    /// What a kind of finding means.
    public func finding(_ id: FindingID) -> String? { lazyFindings.wrapped[id] }

    private static let policyFolder = "policies/"

    /// Names of the policies that ship with the program.
    public var policyNames: [String] {
        documents.names.filter { $0.hasPrefix(Self.policyFolder) }.map { String($0.dropFirst(Self.policyFolder.count)) }
    }

    /// A policy that ships with the program, as written.
    public func policyDocument(_ name: String) -> JSONValue? {
        guard policyNames.contains(name) else { return nil }
        return try? documents.document(Self.policyFolder + name)
    }

    /// A flag in words.
    public func flag(_ id: FlagID) -> FlagDescription? {
        flags.first { $0.id == id } ?? changeFlags.first { $0.id == id }
    }
}
