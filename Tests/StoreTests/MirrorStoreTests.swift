import Foundation
import GRDB
import OpenscanTestSupport
import Testing

@testable import OpenscanStore

@Suite struct MirrorStoreTests {
    private let folder = Result { try TemporaryFolder() }
    private func path() throws -> String { try folder.get().path + "/mirror.sqlite" }

    private func problem(_ purpose: MirrorStore.Purpose = .writing) throws -> StoreProblem? {
        let path = try path()
        do throws(StoreProblem) {
            _ = try MirrorStore(path, for: purpose)
            return nil
        } catch { return error }
    }

    @Test func oneRunAtATime() throws {
        let first = try MirrorStore(path(), for: .writing)
        #expect(try problem() == .busy(path: path()))
        #expect(try problem(.reading) == nil)
        withExtendedLifetime(first) {}
    }

    @Test func theNextRunHasItWhenOneIsOver() throws {
        do { _ = try MirrorStore(path(), for: .writing) }
        #expect(try problem() == nil)
    }

    @Test func otherFilesAreNoStores() throws {
        try folder.get().write("mirror.sqlite", String(repeating: "no database at all\n", count: 100))
        guard case .damaged = try problem() else { Issue.record("taken for a store"); return }
        guard case .damaged = try problem(.reading) else { Issue.record("taken for a store"); return }
        #expect(try folder.get().text("mirror.sqlite").hasPrefix("no database"))
    }

    @Test func aDatabaseOfSomebodyElseIsNoStoreToReadFrom() throws {
        let queue = try DatabaseQueue(path: path())
        try queue.write { try $0.execute(sql: "CREATE TABLE x (y)") }
        try queue.close()
        guard case .damaged = try problem(.reading) else { Issue.record("taken for a store"); return }
    }

    @Test func aLaterEditionIsLeftAlone() throws {
        do { _ = try MirrorStore(path(), for: .writing) }
        let queue = try DatabaseQueue(path: path())
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
        #expect(try problem() == .newer(path: path()))
    }

    @Test func aStoreThatIsNotThereIsNotMadeForReading() throws {
        #expect(try problem(.reading) != nil)
        #expect(try folder.get().names().isEmpty)
    }

    @Test func packedBytesComeBack() throws {
        for bytes in [
            [], [1], [UInt8](repeating: 7, count: 100_000), (0..<999).map { UInt8(truncatingIfNeeded: $0 &* $0) },
        ] {
            let packed = PackedBytes.pack(bytes)
            #expect(try packed.withUnsafeBytes { try PackedBytes.unpack($0) } == bytes)
        }
        for damaged in [[], [1, 0, 0], [255, 255, 255, 255, 0], [4, 0, 0, 0, 1, 2, 3]] as [[UInt8]] {
            #expect(throws: (any Error).self) { try damaged.withUnsafeBytes { try PackedBytes.unpack($0) } }
        }
    }
}
