import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness

/// A place as code hosts want it: a file of the repository and lines in it.
struct HostPlace: Sendable, Hashable {
    /// Path of the file; of a member of an archive, that of the archive.
    var path: String
    /// Lines in that file.
    var lines: LineRange?
    /// What is meant inside the file, where lines cannot say it.
    var inside: String?

    /// Places of a release.
    struct Finder {
        private let release: ReleaseIdentity
        private let fallback: String?
        /// Where the release lies, with a slash behind; `nil` where that is no path inside the folder of the call.
        let root: String?

        init(_ dossier: Dossier) {
            release = dossier.release
            root = Self.root(dossier.release)
            // What has no place of its own is shown at the file that a reader opens first.
            let documents: [ComponentID] = [.modelCard, .licenceFile, .weightsFinal]
            fallback =
                documents.lazy.compactMap { dossier.component($0).paths.first }.first
                ?? dossier.artefacts.lazy.map(\.path).first { !$0.isEmpty }
        }

        /// From the folder in which the call was made. What is in no folder has the place of the release itself.
        func fromCall(_ evidence: Evidence?) -> HostPlace {
            let place = inRelease(evidence)
            switch release.kind {
            case .file, .archive:
                let isWhole = release.kind == .file
                return HostPlace(
                    path: Self.relative(release.path) ?? release.name, lines: isWhole ? place?.lines : nil,
                    inside: isWhole ? nil : evidence?.place)
            default:
                guard let place else { return HostPlace(path: root.map { $0.isEmpty ? "." : $0 } ?? ".") }
                return HostPlace(path: (root ?? "") + place.path, lines: place.lines, inside: place.inside)
            }
        }

        /// From the root of the release; `nil` where there is no file at all.
        func inRelease(_ evidence: Evidence?) -> HostPlace? {
            guard let evidence, !evidence.path.isEmpty else { return fallback.map(Self.outermost) }
            var place = Self.outermost(evidence.path)
            if place.inside == nil { place.lines = evidence.lines } else { place.inside = evidence.place }
            return place
        }

        /// The file on disk that holds a path: members of archives stand behind `!/`.
        private static func outermost(_ path: String) -> HostPlace {
            guard let end = path.range(of: "!/") else { return HostPlace(path: path) }
            return HostPlace(path: String(path[..<end.lowerBound]), inside: path)
        }

        private static func root(_ release: ReleaseIdentity) -> String? {
            switch release.kind {
            case .directory, .gitCheckout:
                relative(release.path).map { $0.isEmpty ? "" : $0 + "/" }
            default: nil
            }
        }

        /// A path that stays inside the folder of the call, without its points; `nil` for every other.
        private static func relative(_ path: String) -> String? {
            guard !path.hasPrefix("/") else { return nil }
            let parts = path.split(separator: "/").filter { $0 != "." }
            return parts.contains("..") ? nil : parts.joined(separator: "/")
        }
    }

    /// A path as the relative reference of a URI (RFC 3986): everything but letters, figures and four signs is spelled out.
    static func reference(_ path: String) -> String {
        var out = ""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": out.unicodeScalars.append(scalar)
            default:
                let bytes = SystemPath.byte(scalar).map { [$0] } ?? Array(String(scalar).utf8)
                for byte in bytes {
                    let digits = String(byte, radix: 16, uppercase: true)
                    out += "%" + (digits.count == 1 ? "0" : "") + digits
                }
            }
        }
        return out
    }
}

extension Issue {
    /// Everything that is said of it in one line: what it is, what the program saw, what clears it.
    func line(_ words: Words, inside: String? = nil) -> String {
        let said = ([title] + details).map { words($0) }
        var seen = Set<String>()
        var parts = said.filter { seen.insert($0).inserted }.joined(separator: words("; "))
        if let inside { parts += " (\(inside))" }
        guard let remedy else { return parts }
        return parts + ". " + words(remedy)
    }
}
