import Foundation
import OpenscanLicensing

/// The collected texts of AI licences.
extension Collection {
    /// - Throws: `Mistakes` with the texts that are named and not there.
    mutating func addOwnTexts(_ folder: String) throws(Mistakes) {
        var missing: [Mistake] = []
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for record in data.aiLicences {
            guard let file = record.text else { continue }
            guard let text = try? String(contentsOfFile: folder + "/" + file.text, encoding: .utf8) else {
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
