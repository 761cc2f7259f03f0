import OpenscanKit

/// The analyser of this run.
enum Session {
    /// - Throws: `Stop` with what is wrong with the program's own data.
    static func openscan() throws(Stop) -> Openscan {
        do throws(LoadProblem) { return try Openscan() } catch { throw .unreadable(error.message) }
    }
}
