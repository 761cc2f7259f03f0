import Licensing
import Unpacking

/// Words of the rules in Licenses/, as compiled into the index.
public enum Catalogue {
    public struct FlagText: Sendable {
        public let id: String
        public let severity: Severity
        public let title: String
        public let remedy: String
    }

    public struct ComponentText: Sendable {
        public let id: String
        public let group: String
        public let name: String
        public let meaning: String
    }

    public struct LevelText: Sendable {
        public let id: String
        public let rank: Int
        public let solaiman: String
        public let name: String
        public let meaning: String
    }

    private static func items(_ document: String) -> [JSONValue] {
        guard let bytes = LicenceIndex.embedded.document(document), let root = try? JSONValue.parse(bytes) else {
            return []
        }
        return root[document]?.array ?? []
    }

    public static let flags: [FlagText] = items("flags").map {
        FlagText(
            id: $0["id"]?.string ?? "", severity: Severity(rawValue: $0["severity"]?.string ?? "") ?? .info,
            title: $0["title"]?.string ?? "", remedy: $0["remedy"]?.string ?? "")
    }

    public static let components: [ComponentText] = items("components").map {
        ComponentText(
            id: $0["id"]?.string ?? "", group: $0["group"]?.string ?? "", name: $0["name"]?.string ?? "",
            meaning: $0["meaning"]?.string ?? "")
    }

    public static let levels: [LevelText] = items("levels").map {
        LevelText(
            id: $0["id"]?.string ?? "", rank: $0["rank"]?.int ?? 0, solaiman: $0["solaiman"]?.string ?? "-",
            name: $0["name"]?.string ?? "", meaning: $0["meaning"]?.string ?? "")
    }

    public static func level(_ id: String) -> LevelText? { levels.first { $0.id == id } }
    public static func flag(_ id: String) -> FlagText? { flags.first { $0.id == id } }
    public static func component(_ id: String) -> ComponentText? { components.first { $0.id == id } }
}
