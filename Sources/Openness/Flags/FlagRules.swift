/// Every rule, in the order of Licenses/flags.yml.
enum FlagRules {
    static let all: [any FlagRule] = [
        LicenceLimitsUse(), LicenceForResearchOnly(), LicenceShutsOutUsers(), MetadataAgainstText(),
        PolicyForbidsUses(), StandardLicenceChanged(), CommercialUseLimited(), OpenInName(), OpenWithoutLicence(),
        LicenceTextMissing(), TrainingCodeMissing(), TrainingDataMissing(), FullReleaseIncomplete(), CodeOnlyRuns(),
        OpenWeightsIncomplete(), BaseNotNamed(), AccessGated(), TerritoryShutOut(), ServiceOnly(), DataNotNamed(),
        DataNotToBeHad(),
        DataTermsStricter(), ReportTellsLittle(), CardTemplate(), NotReproducible(), BaseTermsRelaxed(), HiddenBase(),
        BaseDutiesMissing(),
        PartsOnlyPromised(), OpennessClassBeyond(), BillDiffers(), NoLicenceFile(), WeightsWithoutLicence(),
        WeightsOnlyLinked(),
        ShardSetIncomplete(),
        UnknownLicenceText(), CodeInArtefact(), PickleWeights(),
    ]
}
