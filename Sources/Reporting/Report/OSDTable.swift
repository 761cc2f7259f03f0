import OpenscanFacts

/// The ten criteria of the Open Source Definition as an object with the keys "1" to "10".
public struct OSDTable: Sendable, Codable, Hashable {
    /// What it says.
    public var assessment: OSDAssessment

    /// A table of what an assessment says.
    public init(_ assessment: OSDAssessment) { self.assessment = assessment }

    /// Reads criteria by their numbers.
    /// - Throws: the decoder's error, also where a key is no criterion.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: TextKey.self)
        var criteria: [OSDCriterion: OSDJudgement] = [:]
        for key in container.allKeys {
            guard let criterion = Int(key.stringValue).flatMap(OSDCriterion.init(rawValue:)) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "criteria have the numbers 1 to 10")
            }
            criteria[criterion] = try container.decode(OSDJudgement.self, forKey: key)
        }
        assessment = OSDAssessment(criteria)
    }

    /// Writes criteria by their numbers.
    /// - Throws: the encoder's error.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: TextKey.self)
        for (criterion, judgement) in assessment.criteria {
            try container.encode(judgement, forKey: TextKey(String(criterion.rawValue)))
        }
    }
}

/// A key that data name.
struct TextKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
