import OpenscanKit
import Testing

@Suite struct ProgressTests {
    @Test func aLineSaysFilesBytesAndRate() {
        var state = ScanProgress.State()
        state.files = 120
        state.listed = 4_000
        state.bytes = 3_000_000
        state.path = "weights/model.bin"
        let line = ProgressText.line(state, seconds: 1.5, width: 80)
        #expect(line == "120 of 4000 files · 3.0 MB · 2.0 MB/s  weights/model.bin")
        state.listed = nil
        #expect(ProgressText.line(state, seconds: 0, width: 80).hasPrefix("120 files · 3.0 MB · 0 B/s  "))
    }

    /// A name that would steer the terminal stays words.
    @Test func aPathCannotSteerTheTerminal() {
        var state = ScanProgress.State()
        state.path = "a\u{1B}[2Jb"
        #expect(!ProgressText.line(state, seconds: 1, width: 80).contains("\u{1B}"))
    }

    @Test func everyFileOfAScanIsBegun() throws {
        let sample = try Openscan.sample()
        let progress = ScanProgress()
        let dossier = try OpenscanKit.Openscan().scan(sample.path, progress: progress)
        #expect(progress.now.files == dossier.release.fileCount && progress.now.listed == dossier.release.fileCount)
        #expect(progress.now.bytes == dossier.release.byteCount)
    }

    @Test func nothingIsSaidWhereNobodyWatches() throws {
        let sample = try Openscan.sample()
        #expect(try Openscan.run([sample.path]).error.isEmpty)
    }
}
