/// What a hub asks for before a download, by its own word in a manifest of what was fetched.
public enum HubGate: String, Sendable, Codable, Hashable {
    case none
    /// Whoever fills in what is asked gets in at once.
    case automatic = "auto"
    /// Somebody looks at each request.
    case manual
    /// The manifest does not say.
    case unknown
}
