import OpenscanBytes
@_exported import OpenscanFacts
import OpenscanLicensing
@_exported import OpenscanOpenness
@_exported import OpenscanReporting
@_exported import OpenscanRules
@_exported import OpenscanScanning
import OpenscanUnpacking

/// The analyser as a library: rules and readers, made once, used for as many releases as wanted and from any thread.
public struct Openscan: Sendable {
    /// This program's version.
    public static let version = "0.2.0"

    /// Everything that people edit.
    public let rules: RuleSet
    private let readers: Readers
    private let licenceScanner: Lazy<LicenceScanner>
    let templates: Lazy<Result<PageTemplates, PageProblem>>

    /// The analyser with the rules and licence texts that are linked in.
    /// - Throws: `LoadProblem` where they are damaged or of another edition.
    public init() throws(LoadProblem) {
        let index: LicenceIndex
        do throws(IndexProblem) { index = try LicenceIndex.embedded() } catch { throw .index(error) }
        do throws(RuleProblem) {
            let documents = try RuleDocuments.embedded()
            try self.init(rules: RuleSet(documents, licences: LicenceNames(index, documents)), index: index)
        } catch { throw .rules(error) }
    }

    /// The analyser with other rules.
    /// - Parameters:
    ///   - rules: everything that people edit.
    ///   - index: licence texts to compare with.
    public init(rules: RuleSet, index: LicenceIndex) {
        self.rules = rules
        readers = Readers(rules, index: index)
        templates = Lazy { Result { () throws(PageProblem) -> PageTemplates in try PageTemplates() } }
        licenceScanner = Lazy { LicenceScanner(index, rules: rules, readsEveryClause: true) }
    }

    /// Scans and judges what lies at a path: a directory, checkout, hub cache, archive or single file. Nothing is loaded or run, no connection opened.
    /// - Parameters:
    ///   - path: the release.
    ///   - limits: bounds on what is read.
    ///   - workers: threads to use.
    ///   - progress: told of every file, where somebody watches.
    /// - Throws: `ScanRefusal` where there is no release to judge.
    public func scan(
        _ path: String, limits: Limits = Limits(), workers: Int = 1, progress: ScanProgress? = nil
    ) throws(ScanRefusal) -> Dossier {
        judge(try facts(path, limits: limits, workers: workers, progress: progress))
    }

    /// Reads what lies at a path, and judges nothing.
    /// - Parameters:
    ///   - path: the release.
    ///   - limits: bounds on what is read.
    ///   - workers: threads to use.
    ///   - progress: told of every file, where somebody watches.
    ///   - known: files that were read before; with it the facts list the files, for the next time.
    /// - Throws: `ScanRefusal` where there is no release.
    public func facts(
        _ path: String, limits: Limits = Limits(), workers: Int = 1, progress: ScanProgress? = nil,
        known: (any KnownContents)? = nil
    ) throws(ScanRefusal) -> ReleaseFacts {
        let location: ReleaseLocation
        do throws(ReadError) { location = try ReleaseLocation.find(path) } catch { throw .unreadable(error) }
        var scanner = ReleaseScanner(readers, limits: limits, workers: workers)
        scanner.progress = progress
        scanner.known = known
        return try scanner.scan(location, shownPath: path)
    }

    /// Judges what was read.
    public func judge(_ facts: ReleaseFacts) -> Dossier { Judge(rules).dossier(facts) }

    /// What the facts of a file depend on, besides its bytes, its path and the limits: facts of another edition are read again.
    public var readingEdition: String { readers.edition }

    /// The dossier of a release that cannot be read, which says so and nothing else.
    /// - Parameters:
    ///   - path: the release.
    ///   - code: a word for programs: `unreadable`, `crashed`, `timeout`.
    ///   - message: what happened.
    public func unread(_ path: String, code: String, message: Wording) -> Dossier {
        let shown = Printable.path(path)
        let name = ReleaseLocation.name(of: path)
        return Judge(rules).unread(
            ReleaseIdentity(name: name, path: shown),
            ReleaseFacts.ReadProblem(path: shown, code: code, message: message))
    }

    /// Judges without files: a saved report, or a list of components written by hand.
    /// - Parameters:
    ///   - bytes: the report or list.
    ///   - name: for a list that names no release.
    /// - Throws: `JudgeProblem` with the place where it breaks.
    public func judge(_ bytes: [UInt8], name: String) throws(JudgeProblem) -> Dossier {
        let text = String(decoding: bytes, as: UTF8.self)
        if SavedReport.isReport(text) {
            do throws(SavedReportProblem) { return Judge(rules).rejudged(try SavedReport.read(bytes)) } catch {
                throw .report(error)
            }
        }
        do throws(ComponentListReader.Problem) {
            return Judge(rules).dossier(try ComponentListReader(rules).read(text, name: name))
        } catch { throw .list(error) }
    }

    /// The report of a dossier, as the JSON contract has it.
    public func report(_ dossier: Dossier, review: Review? = nil, policy: PolicyResult? = nil) -> Report {
        Report(dossier, tool: tool, review: review, policy: policy)
    }

    /// This program, as reports name it.
    var tool: ReportTool {
        ReportTool(name: "openscan", version: Self.version, licenceData: rules.licences.digest, ruleData: rules.digest)
    }

    /// Every licence and clause in a text.
    /// - Parameters:
    ///   - bytes: the text, in any encoding.
    ///   - path: its name, for evidence and for what kind of text it is.
    public func licences(in bytes: UnsafeRawBufferPointer, path: String) -> LicenceScan {
        licenceScanner.wrapped.scan(bytes, path: path, role: role(path))
    }

    /// Every licence and clause in a file.
    /// - Throws: `ReadError` where it cannot be read.
    public func licences(inFile path: String) throws(ReadError) -> LicenceScan {
        try licenceScanner.wrapped.scan(FileBytes(path: path, followLinks: true), path: path, role: role(path))
    }

    /// Who names a file asks for licences: only program text and READMEs are read as such.
    private func role(_ path: String) -> TextRole {
        switch rules.roles.language(ofName: String(Entry.name(of: path))) {
        case .notebook: .document
        case nil: rules.places.place(path).isReadme ? .document : .licence
        default: .source
        }
    }
}

/// Why the analyser cannot start.
public enum LoadProblem: Error, Sendable, Hashable {
    /// The licence index.
    case index(IndexProblem)
    /// The compiled rules.
    case rules(RuleProblem)

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .index(let problem): problem.description
        case .rules(let problem): problem.description
        }
    }
}

/// Why something cannot be judged without files.
public enum JudgeProblem: Error, Sendable {
    /// A saved report.
    case report(SavedReportProblem)
    /// A list written by hand.
    case list(ComponentListReader.Problem)

    /// What happened, and what would be right.
    public var message: String {
        switch self {
        case .report(let problem): problem.message
        case .list(let problem): problem.message
        }
    }

    /// The line where it breaks, counted from 1.
    public var line: Int? {
        switch self {
        case .report: nil
        case .list(let problem): problem.line
        }
    }
}
