import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanUnpacking

@Suite struct EntryNameTests {
    @Test(arguments: [
        ("../evil", FindingID.pathTraversal), ("a/../../b", .pathTraversal), ("/etc/passwd", .pathTraversal),
        ("C:\\x", .pathTraversal), ("a\u{1B}[2J", .controlCharacters),
        ("a\u{202E}txt.exe", .bidiControl), ("a\nb", .controlCharacters),
    ])
    func refusesNames(name: String, id: FindingID) {
        let verdict = Array(name.utf8).withUnsafeBytes { EntryName.check($0, limits: Limits()) }
        guard case .refused(let shown, let finding) = verdict else {
            return #expect(Bool(false), "\(name) was accepted")
        }
        #expect(finding.id == id)
        #expect(!shown.unicodeScalars.contains(where: Printable.isUnsafe))
    }

    @Test func namesThatAreNotUTF8KeepTheirBytes() {
        guard
            case .usable(let name) = ([0x61, 0xFF, 0x62] as [UInt8]).withUnsafeBytes({
                EntryName.check($0, limits: Limits())
            })
        else { return #expect(Bool(false)) }
        #expect(Printable.path(name) == "a\\xFFb" && !SystemPath.isText(name))
    }

    /// On disk a backslash is a character; two points alone are no name there.
    @Test func aNameOnDiskIsOnePart() {
        let verdict = Array("a\\..\\b".utf8).withUnsafeBytes {
            EntryName.checkOnDisk($0, below: "", limits: Limits())
        }
        guard case .usable(let name) = verdict else { return #expect(Bool(false)) }
        #expect(name == "a\\..\\b")
    }

    @Test(arguments: [("a/./b", "a/b"), ("./x", "x"), ("a//b", "a/b"), ("模型.txt", "模型.txt")])
    func cleansNames(name: String, clean: String) {
        guard case .usable(let found) = Array(name.utf8).withUnsafeBytes({ EntryName.check($0, limits: Limits()) })
        else { return #expect(Bool(false)) }
        #expect(found == clean)
    }
}
