import OpenscanBytes

/// A sentence of the program: a form with gaps, and what stands in them, so that outputs can put it in another language.
///
/// Written as an interpolated string: `"\(id) limits use"` has the form `{0} limits use`.
public struct Wording: Sendable, Hashable, Codable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The form in English; `{0}`, `{1}` stand for the parts.
    public let form: String
    /// What stands in the gaps.
    public let parts: [Wording]

    /// A sentence without gaps.
    public init(_ text: String) {
        form = text
        parts = []
    }

    /// A sentence without gaps.
    public init(stringLiteral text: String) { self.init(text) }

    /// A sentence with its parts.
    public init(stringInterpolation interpolation: Interpolation) {
        form = interpolation.form
        parts = interpolation.parts
    }

    /// Reads the sentence in English; its parts are no longer told apart. From the short form it comes with its parts.
    /// - Throws: the decoder's error where there is no text.
    public init(from decoder: any Decoder) throws {
        form = try decoder.singleValueContainer().decode(String.self)
        parts = decoder is CompactDecoder ? try [Wording](from: decoder) : []
    }

    /// Writes the sentence in English; in the short form with its parts.
    /// - Throws: the encoder's error.
    public func encode(to encoder: any Encoder) throws {
        if encoder is CompactEncoder {
            var container = encoder.singleValueContainer()
            try container.encode(form)
            return try parts.encode(to: encoder)
        }
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The sentence in English.
    public var description: String { text { $0 } }

    /// The sentence with each form put in another language.
    public func text(_ translate: (String) -> String) -> String {
        let translated = translate(form)
        guard !parts.isEmpty else { return translated }
        // One pass: a part may hold braces of its own.
        var out = ""
        var rest = translated[...]
        while let open = rest.firstIndex(of: "{") {
            out += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            let digits = inner.prefix { $0.isNumber }
            if let number = Int(digits), number < parts.count, inner.dropFirst(digits.count).first == "}" {
                out += parts[number].text(translate)
                rest = inner.dropFirst(digits.count + 1)
            } else {
                out += "{"
                rest = inner
            }
        }
        return out + rest
    }

    /// Several sentences in one, with `separator` between them.
    public static func joined(_ parts: [Wording], by separator: String) -> Wording {
        Wording(
            form: parts.indices.map { "{\($0)}" }.joined(separator: separator), parts: parts)
    }

    /// The sentence with every part that is not a sentence of the program fit to be shown, each of `limit` characters at most.
    public func printable(limit: Int) -> Wording {
        if parts.isEmpty { return Wording(Printable.text(form, limit: 2 * limit)) }
        return Wording(
            form: form,
            parts: parts.map {
                $0.parts.isEmpty ? Wording(Printable.text($0.form, limit: limit)) : $0.printable(limit: limit)
            })
    }

    private static let namedForm = "{0} ({1})"

    /// A sentence, and in brackets whose it is.
    public static func named(_ sentence: Wording, by name: Wording) -> Wording {
        Wording(form: namedForm, parts: [sentence, name])
    }

    /// The sentence without the name in brackets, where a reader knows that already.
    public func without(_ name: String?) -> Wording {
        guard let name else { return self }
        if form == Self.namedForm, parts.count == 2, parts[1].description == name { return parts[0] }
        return Wording(form: form, parts: parts.map { $0.without(name) })
    }

    private init(form: String, parts: [Wording]) {
        self.form = form
        self.parts = parts
    }

    /// Takes the pieces of an interpolated string apart.
    public struct Interpolation: StringInterpolationProtocol {
        var form = ""
        var parts: [Wording] = []

        /// - Parameters:
        ///   - literalCapacity: bytes of the text, as the compiler counts them.
        ///   - interpolationCount: parts.
        public init(literalCapacity: Int, interpolationCount: Int) { form.reserveCapacity(literalCapacity) }

        /// Text between parts.
        public mutating func appendLiteral(_ literal: String) { form += literal }

        /// A part that is a sentence or word of its own.
        public mutating func appendInterpolation(_ wording: Wording) {
            form += "{\(parts.count)}"
            parts.append(wording)
        }

        /// Any other part, as it describes itself.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendInterpolation(Wording(value.description))
        }
    }
}
