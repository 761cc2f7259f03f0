import Foundation
import OpenscanBytes
import OpenscanKit
import Testing

@Suite struct ManualTests {
    @Test(arguments: [
        "scan", "use", "review", "diff", "history", "licence", "batch", "catalogue", "judge", "explain", "list",
        "schema", "policy",
    ])
    func theManualNamesEveryOption(command: String) throws {
        let page = try String(contentsOfFile: "Documentation/openscan.1", encoding: .utf8).replacingOccurrences(
            of: "\\-", with: "-")
        let help = try Openscan.run([command, "--help"])
        #expect(help.code == 0)
        let options = help.output.split(whereSeparator: { " \n,[]()".contains($0) }).filter { $0.hasPrefix("--") }
        #expect(options.contains("--help"))
        for option in options { #expect(page.contains(option), "\(option)") }
        #expect(page.contains(".SS \(command)"))
    }
}
