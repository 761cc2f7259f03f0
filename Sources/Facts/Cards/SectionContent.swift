/// How much stands below a heading. A heading alone is no content.
public struct SectionContent: Sendable, Hashable, Codable {
    /// Words of running text, what a template asks for aside.
    public var words: Int
    /// Measured values: numbers with a decimal point or a percent sign, and numbers that are a cell of a table.
    public var figures: Int
    /// Pictures.
    public var pictures: Int

    /// What was counted.
    public init(words: Int = 0, figures: Int = 0, pictures: Int = 0) {
        self.words = words
        self.figures = figures
        self.pictures = pictures
    }

    /// Adds what another line has.
    public static func += (left: inout SectionContent, right: SectionContent) {
        left.words += right.words
        left.figures += right.figures
        left.pictures += right.pictures
    }
}
