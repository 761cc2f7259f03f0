/// What a card, README or package description says about its release.
public struct CardFacts: Sendable, Hashable, Codable {
    /// A heading of the text.
    public struct Heading: Sendable, Hashable, Codable {
        /// Its words.
        public var text: String
        /// Its line.
        public var line: Int
        /// 1 for the outermost, 6 for the innermost.
        public var level: Int
        /// What stands below it, its subsections included.
        public var content: SectionContent

        /// A heading with its place.
        public init(text: String, line: Int, level: Int, content: SectionContent = SectionContent()) {
            self.text = text
            self.line = line
            self.level = level
            self.content = content
        }
    }

    /// The YAML head.
    public var frontMatter: FrontMatter?
    /// Headings in order of place.
    public var headings: [Heading] = []
    /// Sentences that speak of openness.
    public var claims: [Claim] = []
    /// Addresses.
    public var links: [Link] = []
    /// Sentences that announce something.
    public var promises: [Evidence] = []
    /// Announcements that name a date by which something is to be there; each is among `promises` as well.
    public var dueDates: [DatedStatement] = []
    /// The latest date that a line of news begins with: the text was written no earlier.
    public var latestNews: DatedStatement?
    /// Conditions of access in prose: forms, requests, registration.
    public var gates: [Evidence] = []
    /// Lines that credit a base: "Built with ...".
    public var attributions: [Evidence] = []
    /// Lines that say the model was trained from nothing.
    public var fromScratch: [Evidence] = []
    /// Tokens that the model was trained on, the largest number that a line on training states.
    public var trainingTokens: TokenCount?
    /// The heading behind which another model's card is quoted; nothing below it was read.
    public var parentCard: Evidence?
    /// Lines of a template that nobody filled in.
    public var placeholders: [Evidence] = []
    /// Sentences on checkpoints of the training that can be had.
    public var checkpoints: [Evidence] = []
    /// How the model can be reached, as the text says.
    public var access: [AccessStatement] = []
    /// Terms that stand in the text itself: what it forbids, or allows for some purposes only.
    public var limits: [StatedLimit] = []
    /// Sentences that tell what readers of a release look for.
    public var disclosures: [Disclosure] = []
    /// Lines that give parts of the release a licence, read as fields are.
    public var partStatements: [PartStatement] = []
    /// Sentences that send to terms in another place.
    public var termsElsewhere: [Evidence] = []
    /// Known models from which sentences say that this one was made.
    public var statedBases: [StatedBase] = []
    /// Words of running text, front matter aside.
    public var wordCount = 0
    /// What is wrong with the text itself.
    public var findings: [Finding] = []

    /// A card of which nothing was read.
    public init() {}
}
