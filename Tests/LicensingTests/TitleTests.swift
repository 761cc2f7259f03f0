import Foundation
import OpenscanTestSupport
import Testing

/// A title of its own makes a changed text another licence; the project's own licence, changed, is the text here.
@Suite struct TitleTests {
    private let terms =
        "\n\nYou must not use the Work for any commercial purpose, and must pay a fee to exceed one million users.\n"

    private func titled(_ title: String, isChanged: Bool = true) throws -> String {
        var lines = try String(contentsOfFile: "LICENSE", encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let body = try #require(lines.firstIndex { $0.contains("TERMS AND CONDITIONS") })
        lines.removeSubrange(..<body)
        return title + "\n\n" + lines.joined(separator: "\n") + (isChanged ? terms : "")
    }

    @Test(arguments: ["Foo Public License Version 1.2", "# ZEBRA RESEARCH LICENSE AGREEMENT", "Zebra 许可协议"])
    func anotherNameIsAnotherLicence(title: String) throws {
        let found = try scan(titled(title))
        #expect(found.matches.filter { $0.method == .text }.isEmpty, "\(found.matches)")
        #expect(found.nearest?.id == "Apache-2.0")
        #expect(!found.unknownText.isEmpty)
    }

    @Test(arguments: [
        "Apache License", "Modified Apache 2.0 License", "LICENSE", "Copyright 2024 Zebra", "License Agreement",
        "This software is under the Zebra license", "Zebra is a tool. Its licence follows",
        "Software License, Version 2",
    ])
    func theSameNameAndWhatIsNoTitleChangeNothing(title: String) throws {
        #expect(try ids(titled(title)) == ["modified Apache-2.0"])
    }

    @Test func anUnchangedTextIsItselfUnderAnyTitle() throws {
        #expect(try ids(titled("Zebra Public License", isChanged: false)) == ["Apache-2.0"])
    }
}
