import Testing

/// A folder that is half empty would leave as many tests out.
@Suite struct LicenceTextTests {
    @Test(.enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence))
    func theCommonTextsAreThere() { #expect(LicenceTexts.common.ids.count == 40) }

    @Test(.enabled(if: LicenceTexts.models.areReady, LicenceTexts.absence))
    func theTextsOfModelLicencesAreThere() { #expect(LicenceTexts.models.ids.count >= 41) }

    @Test(.enabled(if: LicenceTexts.approved.areReady, LicenceTexts.absence))
    func theApprovedTextsAreThere() { #expect(LicenceTexts.approved.ids.count >= 132) }
}
