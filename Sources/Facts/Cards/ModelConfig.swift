/// What the configs beside weights say: architecture, base model, quantisation.
public struct ModelConfig: Sendable, Hashable, Codable {
    /// Names of the model's classes.
    public var architectures: [String] = []
    /// The library's name of the architecture.
    public var modelType: String?
    /// Models that it names as its origin.
    public var baseModels: [String] = []
    /// Whether it is an adapter's config.
    public var isAdapter = false
    /// A recipe of mergekit: its models are the bases.
    public var isMerge = false
    /// How the weights are quantised, as written.
    public var quantization: String?
    /// Bits of a quantised parameter, where the config says.
    public var quantizedBits: Int?
    /// Whether it lists the parts of a pipeline.
    public var isPipeline = false
    /// Parts of a pipeline, each a folder of its own.
    public var parts: [Part] = []

    /// One part of a pipeline.
    public struct Part: Sendable, Hashable, Codable {
        /// Its folder.
        public var name: String
        /// Name of its class.
        public var type: String
        /// Whether it is more than configuration.
        public var hasWeights: Bool

        /// A part.
        public init(name: String, type: String, hasWeights: Bool) {
            self.name = name
            self.type = type
            self.hasWeights = hasWeights
        }
    }

    /// A config that says nothing.
    public init() {}
}
