import OpenscanOpenness

/// What each published framework says, keyed by its id.
public struct ReportFrameworks: Sendable, Codable, Hashable {
    /// The Open Source Definition for the licence of the weights (of the code where there are none).
    public var osd: OSDTable
    /// The Model Openness Framework.
    public var mof: MOFResult
    /// Those whose criteria are data, by id; read ones stand in the order of their ids.
    public var others: [FrameworkResult]

    private static let osdKey = TextKey("osd")
    private static let mofKey = TextKey("mof")

    init(_ yardsticks: Yardsticks) {
        osd = OSDTable(yardsticks.osd)
        mof = yardsticks.mof
        others = yardsticks.frameworks
    }

    /// Reads results by the ids of frameworks.
    /// - Throws: the decoder's error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: TextKey.self)
        osd = try container.decode(OSDTable.self, forKey: Self.osdKey)
        mof = try container.decode(MOFResult.self, forKey: Self.mofKey)
        let ids = container.allKeys.map(\.stringValue).filter {
            $0 != Self.osdKey.stringValue && $0 != Self.mofKey.stringValue
        }
        others = try ids.sorted().map { try container.decode(FrameworkResult.self, forKey: TextKey($0)) }
    }

    /// Writes results by the ids of frameworks.
    /// - Throws: the encoder's error.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: TextKey.self)
        try container.encode(osd, forKey: Self.osdKey)
        try container.encode(mof, forKey: Self.mofKey)
        for result in others { try container.encode(result, forKey: TextKey(result.id)) }
    }

    /// Where the yardsticks differ is not told.
    var yardsticks: Yardsticks {
        Yardsticks(osd: osd.assessment, mof: mof, frameworks: others, differences: [])
    }
}
