/// A list of components that somebody wrote by hand: what there is to judge without files.
public struct ComponentList: Sendable, Hashable {
    /// One component of the list.
    public struct Entry: Sendable, Hashable {
        /// Which.
        public var id: ComponentID
        /// How far it is there.
        public var status: ComponentStatus
        /// Licences that cover it: ids where the names are known, else as written.
        public var licences: [LicenceID]

        /// A component.
        public init(id: ComponentID, status: ComponentStatus, licences: [LicenceID]) {
            self.id = id
            self.status = status
            self.licences = licences
        }
    }

    /// A component as an inventory of the Model Openness Framework writes it.
    public struct OpennessEntry: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its licence as written; `nil` for none. Several with " AND ".
        public var licence: String?

        /// An entry.
        public init(name: String, licence: String?) {
            self.name = name
            self.licence = licence
        }
    }

    /// Name of the release.
    public var name: String
    /// Licences of the release as a whole, for parts that have none of their own.
    public var licences: [LicenceID]
    /// Whether something stands before the weights.
    public var isGated: Bool
    /// The components.
    public var entries: [Entry]
    /// Entries for the Model Openness Framework, where the source writes them itself.
    public var openness: [OpennessEntry]?

    /// A list.
    public init(
        name: String, licences: [LicenceID] = [], isGated: Bool = false, entries: [Entry] = [],
        openness: [OpennessEntry]? = nil
    ) {
        self.name = name
        self.licences = licences
        self.isGated = isGated
        self.entries = entries
        self.openness = openness
    }
}
