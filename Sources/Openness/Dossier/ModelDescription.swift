import OpenscanFacts
import OpenscanRules

/// The model itself and what it was made from.
public struct ModelDescription: Sendable, Hashable {
    /// How sure a licence is that was looked up by name: `verified` where it was read in a source and the name is
    /// the maker's own; a copy's name, or one that a configuration hints at, makes it `probable`.
    public enum Certainty: String, Sendable, Codable, Hashable { case verified, probable }

    /// Something that a base's licence asks of a derivative.
    public struct Duty: Sendable, Hashable {
        /// Whether this release does it; `unknown` where its files cannot show it.
        public enum Status: String, Sendable, Codable { case kept, missing, unknown }

        /// The clause that asks.
        public var clause: ClauseID
        /// Whether this release does it.
        public var status: Status
        /// Where it is done, or what is missing.
        public var note: Reason?

        /// A duty.
        public init(clause: ClauseID, status: Status, note: Reason?) {
            self.clause = clause
            self.status = status
            self.note = note
        }
    }

    /// A model that this one was made from.
    public struct Base: Sendable, Hashable {
        /// What names it: a field of the card, metadata of weights, a configuration, or prose.
        public enum Source: String, Sendable, Codable {
            case card, artefact, config, prose
            case adapterConfig = "adapter-config"
            case mergeConfig = "merge-config"
        }

        /// Its name as written.
        public var name: String
        /// What was made of it, or what the card says.
        public var relation: Relation
        /// What names it.
        public var source: Source
        /// Where.
        public var evidence: Evidence
        /// Entry of Licenses/models.yml that the name fits.
        public var known: String?
        /// The base's licence.
        public var licence: LicenceID?
        /// How sure that licence is.
        public var certainty: Certainty?
        /// What its licence asks of this release.
        public var duties: [Duty]

        /// A base of which nothing is known but its name.
        public init(name: String, relation: Relation, source: Source, evidence: Evidence) {
            self.name = name
            self.relation = relation
            self.source = source
            self.evidence = evidence
            duties = []
        }
    }

    /// Terms of a data set that the release names.
    public struct DatasetTerms: Sendable, Hashable {
        /// Its name as written.
        public var name: String
        /// Entry of Licenses/models.yml that the name fits.
        public var known: String
        /// Its licence.
        public var licence: LicenceID?
        /// What the terms say on commercial use.
        public var commercial: KnownModel.Commercial
        /// The terms in short.
        public var terms: String?
        /// Model whose outputs are inside.
        public var generatedBy: String?
        /// Whether it can no longer be had.
        public var isWithdrawn: Bool
        /// How sure the terms are.
        public var certainty: Certainty

        /// Terms of a data set.
        public init(
            name: String, known: String, licence: LicenceID?, commercial: KnownModel.Commercial, terms: String?,
            generatedBy: String?, isWithdrawn: Bool, certainty: Certainty
        ) {
            self.name = name
            self.known = known
            self.licence = licence
            self.commercial = commercial
            self.terms = terms
            self.generatedBy = generatedBy
            self.isWithdrawn = isWithdrawn
            self.certainty = certainty
        }
    }

    /// Another maker's model that has to be got as well to run this one: a text encoder, a vocoder, a tokenizer.
    public struct Need: Sendable, Hashable {
        /// Its name or address as the program writes it.
        public var name: String
        /// The place that gets it.
        public var evidence: Evidence
        /// Entry of Licenses/models.yml that the name fits.
        public var known: String?
        /// Its licence.
        public var licence: LicenceID?
        /// How sure that licence is.
        public var certainty: Certainty?

        /// A model of which nothing is known but its name.
        public init(name: String, evidence: Evidence) {
            self.name = name
            self.evidence = evidence
        }
    }

    /// Name of its class or family.
    public var architecture: String?
    /// Parameters of one copy.
    public var parameters: Int?
    /// How the weights are quantised, as written.
    public var quantization: String?
    /// Training compute in FLOP by 6 times parameters times tokens, where both are stated (Kaplan et al. 2020; dense models).
    public var trainingCompute: Double?
    /// Where the tokens are stated.
    public var trainingTokens: Evidence?
    /// Models that it was made from, by fields and files.
    public var baseModels: [Base]
    /// Bases that prose or a config hints at, where no field names one.
    public var hintedBases: [Base]
    /// Other makers' models that it does not run without.
    public var needs: [Need]
    /// Data sets that a field names.
    public var datasets: [String]
    /// Terms of those that are known.
    public var datasetTerms: [DatasetTerms]

    /// A model of which nothing is known.
    public init() {
        baseModels = []
        hintedBases = []
        needs = []
        datasets = []
        datasetTerms = []
    }
}
