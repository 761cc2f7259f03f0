import OpenscanBytes
import Foundation
import OpenscanLicensing

/// The collected texts of licences that Licenses/ has records of.
extension Collection {
    /// - Parameter kept: licences whose text an earlier index has; one that was read in its maker's repository is taken from there.
    /// - Throws: `Mistakes` with the texts that are named and not there.
    mutating func addOwnTexts(_ folder: String, kept: Set<String>) throws(Mistakes) {
        var missing: [Mistake] = []
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for record in data.licences {
            guard let file = record.text else { continue }
            guard let text = try? String(contentsOfFile: folder + "/" + file.text, encoding: .utf8) else {
                if record.hasOrigin, kept.contains(record.id) { continue }
                missing.append(
                    Mistake(
                        place: file.place, words: "there is no text '\(file.text)' in \(folder)",
                        meant: Nearest.to(file.text, among: files)))
                continue
            }
            bodies[record.id] = text
            licences[record.id]?.texts.append(TextPreparation.text(text, kind: .full))
        }
        if !missing.isEmpty { throw Mistakes(missing) }
    }
}
