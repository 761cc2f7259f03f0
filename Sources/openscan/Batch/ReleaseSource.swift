import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanUnpacking
import Synchronization

/// Where the releases of a call come from, one after the other: a folder that is searched, or lines of standard input.
final class ReleaseSource: Sendable {
    /// What comes out of it.
    enum Item {
        case release(BatchRequest, why: Discovered.Kind?)
        /// A line of standard input that names none.
        case bad(shown: String, problem: Wording)
    }

    /// The folder; without links and from the root on where what is found is kept.
    let directory: String?
    private let base: String
    private let shard: Shard?
    private let state: Mutex<State>

    private struct State {
        var folder: DiscoveryIterator?
        var lines = BatchInput()
        var count = 0
    }

    /// - Parameter isAbsolute: whether paths are to hold wherever a later run is started.
    /// - Throws: `Stop` where the folder cannot be searched.
    init(directory: String?, shard: Shard?, isAbsolute: Bool) throws(Stop) {
        do throws(ReadError) {
            let folder =
                isAbsolute ? try directory.map { path throws(ReadError) in try FileSystem.resolve(path) } : directory
            self.directory = folder
            base = isAbsolute && folder == nil ? try FileSystem.resolve(".") : ""
            let found = try folder.map { path throws(ReadError) in try DiscoveryIterator(path) }
            state = Mutex(State(folder: found))
        } catch { throw .unreadable(ScanRefusal.unreadable(error).message) }
        self.shard = shard
    }

    /// How many came out so far.
    var count: Int { state.withLock(\.count) }

    /// Why nothing more came.
    var failure: ReadError? { state.withLock(\.lines.failure) }

    func next() -> Item? {
        state.withLock { state in
            while let item = item(&state) {
                if case .release(let request, _) = item, let shard, !shard.holds(relative(request.path)) { continue }
                state.count += 1
                return item
            }
            return nil
        }
    }

    private func item(_ state: inout State) -> Item? {
        if state.folder != nil {
            return state.folder?.next().map { .release(BatchRequest(path: $0.path), why: $0.kind) }
        }
        switch state.lines.next() {
        case .request(var request):
            if !base.isEmpty, !request.path.hasPrefix("/") { request.path = "\(base)/\(request.path)" }
            return .release(request, why: nil)
        case .bad(let number, let shown, let problem): return .bad(shown: "line \(number) (\(shown))", problem: problem)
        case nil: return nil
        }
    }

    /// The path below the folder, so that it does not matter where a mirror lies.
    private func relative(_ path: String) -> Substring.UTF8View {
        guard let directory else { return path[...].utf8 }
        let folder = directory.hasSuffix("/") ? directory : directory + "/"
        return path.hasPrefix(folder) ? path.dropFirst(folder.count).utf8 : path[...].utf8
    }
}
