import OpenscanBytes
import OpenscanFacts

/// Detached signatures: bundles of sigstore (protobuf-specs, bundle.proto; model-signing-spec), and those of PGP, SSH and minisign.
/// Whether one holds is not looked at: that takes keys, certificates and time, which a release does not have.
enum Signature {
    static let format = ArtefactFormat(
        id: "signature", kind: .other, magic: { $0.isText && kind($0) != nil },
        name: { $0.hasEnding(".sig", ".sigstore", ".sigstore.json", ".p7s", ".minisig") && $0.size ?? 0 <= longest },
        read: read)

    private static let longest = 16 << 20
    private static let mostNames = 10

    private static func kind(_ head: FileHead) -> String? {
        let text = head.trimmed
        if text.first == UInt8(ascii: "{") {
            let isBundle = text.contains("vnd.dev.sigstore.bundle") || text.contains("\"dsseEnvelope\"")
            return isBundle || text.contains("\"payloadType\"") && text.contains("\"payload\"") ? "sigstore" : nil
        }
        if text.starts(with: "-----BEGIN PGP SIGNATURE-----") { return "PGP" }
        if text.starts(with: "-----BEGIN SSH SIGNATURE-----") { return "SSH" }
        return text.starts(with: "untrusted comment:") ? "minisign" : nil
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let head = try input.piece(at: 0, count: ArtefactReader.headSize)
        let form = head.withUnsafeBytes { kind(FileHead($0, path: input.path, size: input.size)) }
        guard form == "sigstore" else {
            return facts.find(
                .signaturePresent, .info,
                form.map { "a signature (\($0)); not verified" }
                    ?? "a signature by its name, of no form that is known; not verified")
        }
        let bytes = try input.whole(limit: longest, of: "a signature")
        let root = bytes.withUnsafeBytes { try? JSONValue.parse($0, itemLimit: 200_000) }
        guard let root else { return facts.spoil(.badJSON, "a bundle of sigstore that is not well formed") }
        let envelope = root["dsseEnvelope"] ?? root
        guard let payload = envelope["payload"]?.string,
            let statement = Array(payload.utf8).withUnsafeBytes({ Base64.decode($0, limit: longest) }),
            let stated = statement.withUnsafeBytes({ try? JSONValue.parse($0, itemLimit: 500_000) })
        else {
            return facts.find(.signaturePresent, .info, "a signature (sigstore); not verified")
        }
        let type = stated["predicateType"]?.string
        if let type { facts.note("predicateType", type) }
        let predicate = stated["predicate"] ?? .null
        let items = predicate["resources"]?.array ?? predicate["manifest"]?.array ?? stated["subject"]?.array ?? []
        let names = items.compactMap { $0["name"]?.string }
        facts.note("files", items.count)
        let shown = names.prefix(mostNames).map { Printable.text($0, limit: 100) }.joined(separator: ", ")
        let rest = names.count - mostNames
        facts.find(
            .signaturePresent, .info,
            names.isEmpty
                ? "a signature (sigstore); not verified"
                : rest > 0
                    ? "a signature (sigstore) that names \(shown) and \(rest) more; not verified"
                    : "a signature (sigstore) that names \(shown); not verified")
    }
}
