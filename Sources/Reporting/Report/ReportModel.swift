import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The model itself and what it was made from.
public struct ReportModel: Sendable, Codable, Hashable {
    /// Something that a base's licence asks of a derivative.
    public struct Duty: Sendable, Codable, Hashable {
        /// The clause that asks.
        public var clause: ClauseID
        /// Whether this release does it.
        public var status: ModelDescription.Duty.Status
        /// Where it is done, or what is missing.
        public var note: Wording?

        init(_ duty: ModelDescription.Duty) {
            clause = duty.clause
            status = duty.status
            note = duty.note?.words
        }

        var duty: ModelDescription.Duty {
            ModelDescription.Duty(clause: clause, status: status, note: note.map { Reason($0) })
        }
    }

    /// A model that this one was made from.
    public struct Base: Sendable, Codable, Hashable {
        /// Its name as written.
        public var name: String
        /// What was made of it, or what the card says.
        public var relation: Relation
        /// What names it.
        public var source: ModelDescription.Base.Source
        /// Where.
        public var evidence: Evidence
        /// Entry of the known models that the name fits.
        public var known: String?
        /// The base's licence.
        public var licence: LicenceID?
        /// How sure that licence is.
        public var certainty: ModelDescription.Certainty?
        /// What its licence asks of this release.
        public var duties: [Duty]

        init(_ base: ModelDescription.Base) {
            name = base.name
            relation = base.relation
            source = base.source
            evidence = base.evidence
            known = base.known
            licence = base.licence
            certainty = base.certainty
            duties = base.duties.map(Duty.init)
        }

        var base: ModelDescription.Base {
            var base = ModelDescription.Base(name: name, relation: relation, source: source, evidence: evidence)
            base.known = known
            base.licence = licence
            base.certainty = certainty
            base.duties = duties.map(\.duty)
            return base
        }
    }

    /// Another maker's model that has to be got as well to run this one.
    public struct Need: Sendable, Codable, Hashable {
        /// Its name or address as the program writes it.
        public var name: String
        /// The place that gets it.
        public var evidence: Evidence
        /// Entry of the known models that the name fits.
        public var known: String?
        /// Its licence.
        public var licence: LicenceID?
        /// How sure that licence is.
        public var certainty: ModelDescription.Certainty?

        init(_ need: ModelDescription.Need) {
            name = need.name
            evidence = need.evidence
            known = need.known
            licence = need.licence
            certainty = need.certainty
        }

        var need: ModelDescription.Need {
            var need = ModelDescription.Need(name: name, evidence: evidence)
            need.known = known
            need.licence = licence
            need.certainty = certainty
            return need
        }
    }

    /// Terms of a data set that the release names.
    public struct DatasetTerms: Sendable, Codable, Hashable {
        /// Its name as written.
        public var name: String
        /// Entry of the known data sets that the name fits.
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
        public var certainty: ModelDescription.Certainty

        init(_ data: ModelDescription.DatasetTerms) {
            name = data.name
            known = data.known
            licence = data.licence
            commercial = data.commercial
            terms = data.terms
            generatedBy = data.generatedBy
            isWithdrawn = data.isWithdrawn
            certainty = data.certainty
        }

        var data: ModelDescription.DatasetTerms {
            ModelDescription.DatasetTerms(
                name: name, known: known, licence: licence, commercial: commercial, terms: terms,
                generatedBy: generatedBy, isWithdrawn: isWithdrawn, certainty: certainty)
        }
    }

    /// Name of its class or family.
    public var architecture: String?
    /// Parameters of one copy.
    public var parameters: Int?
    /// How the weights are quantised, as written.
    public var quantization: String?
    /// Training compute in FLOP.
    public var trainingCompute: Double?
    /// Where the tokens are stated.
    public var trainingTokens: Evidence?
    /// Models that it was made from, by fields and files.
    public var baseModels: [Base]
    /// Bases that prose or a config hints at, where no field names one.
    public var hintedBases: [Base]
    /// Other makers' models that it does not run without; reports of older builds have none.
    public var needs: [Need]?
    /// Data sets that a field names.
    public var datasets: [String]
    /// Terms of those that are known.
    public var datasetTerms: [DatasetTerms]

    init(_ model: ModelDescription) {
        architecture = model.architecture
        parameters = model.parameters
        quantization = model.quantization
        trainingCompute = model.trainingCompute
        trainingTokens = model.trainingTokens
        baseModels = model.baseModels.map(Base.init)
        hintedBases = model.hintedBases.map(Base.init)
        needs = model.needs.map(Need.init)
        datasets = model.datasets
        datasetTerms = model.datasetTerms.map(DatasetTerms.init)
    }

    var modelDescription: ModelDescription {
        var model = ModelDescription()
        model.architecture = architecture
        model.parameters = parameters
        model.quantization = quantization
        model.trainingCompute = trainingCompute
        model.trainingTokens = trainingTokens
        model.baseModels = baseModels.map(\.base)
        model.hintedBases = hintedBases.map(\.base)
        model.needs = (needs ?? []).map(\.need)
        model.datasets = datasets
        model.datasetTerms = datasetTerms.map(\.data)
        return model
    }
}
