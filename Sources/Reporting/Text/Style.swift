/// Colour and width of text for people.
public struct Style: Sendable {
    /// Whether colour codes are written.
    public var isColoured: Bool
    /// Columns of a line; at least 60.
    public var width: Int

    /// A style.
    public init(isColoured: Bool, width: Int = 80) {
        self.isColoured = isColoured
        self.width = max(60, width)
    }

    /// Without colours, 80 columns.
    public static let plain = Style(isColoured: false)

    /// What a word may be painted in, by its parameter of SGR (ECMA-48, 8.3.117).
    public enum Colour: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case yellow = "33"
        case green = "32"
        case blue = "36"
    }

    func paint(_ text: String, _ colour: Colour) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(colour.rawValue)m\(text)\(Columns.reset)" : text
    }
}
