import OpenscanFacts
import OpenscanLicensing

/// Hashes of names and addresses with their licences; the first licence to claim one keeps it.
struct NameTables {
    /// In order of hash.
    let aliases: [(hash: UInt32, record: UInt16)]
    let addresses: [(hash: UInt32, record: UInt16)]

    /// - Parameters:
    ///   - licences: by number.
    ///   - data: names and addresses that go before those of the sources.
    init(_ licences: [Collection.Licence], _ data: RecordFiles) {
        var numbers: [String: UInt16] = [:]
        for (number, licence) in licences.enumerated() { numbers[licence.id] = UInt16(number) }
        var aliases: [UInt32: UInt16] = [:]
        var addresses: [UInt32: UInt16] = [:]
        for (number, licence) in licences.enumerated() { aliases[NameKey.exactHash(licence.id)] = UInt16(number) }
        func claim(_ hash: UInt32?, _ number: UInt16, in table: inout [UInt32: UInt16]) {
            if let hash, table[hash] == nil { table[hash] = number }
        }
        func claim(name: String, _ number: UInt16) {
            claim(NameKey.exactHash(name), number, in: &aliases)
            claim(NameKey.hash(name), number, in: &aliases)
        }
        for (id, names) in data.aliases {
            if let number = numbers[id] { for name in names { claim(name: name, number) } }
        }
        for (id, list) in data.addresses {
            guard let number = numbers[id] else { continue }
            for address in list { claim(AddressKey.hash(address), number, in: &addresses) }
        }
        // Numbers say when a licence came, which is nothing to its name.
        let ordered = licences.enumerated().sorted { left, right in
            (left.element.rank, LicenceID(left.element.id)) < (right.element.rank, LicenceID(right.element.id))
        }
        for (number, licence) in ordered {
            let number = UInt16(number)
            for name in licence.names { claim(name: name, number) }
            for hash in licence.nameHashes { claim(hash, number, in: &aliases) }
            claim(name: licence.id, number)
            for address in licence.addresses { claim(AddressKey.hash(address), number, in: &addresses) }
            for hash in licence.addressHashes { claim(hash, number, in: &addresses) }
        }
        for (hash, number) in Self.cores(licences, kinds: data.kinds) { claim(hash, number, in: &aliases) }
        func sorted(_ table: [UInt32: UInt16]) -> [(hash: UInt32, record: UInt16)] {
            table.map { (hash: $0.key, record: $0.value) }.sorted { $0.hash < $1.hash }
        }
        self.aliases = sorted(aliases)
        self.addresses = sorted(addresses)
    }

    /// What names of model licences come to without their kind, and with their maker in front or without; what is left of several
    /// licences alike names none of them.
    private static func cores(_ licences: [Collection.Licence], kinds: WordSet) -> [UInt32: UInt16] {
        var owners: [UInt32: Set<UInt16>] = [:]
        for (number, licence) in licences.enumerated() where licence.isAI {
            for name in licence.names {
                var spellings = [name]
                if let maker = licence.maker {
                    spellings.append(maker + " " + name)
                    if name.lowercased().hasPrefix(maker.lowercased()) {
                        spellings.append(String(name.dropFirst(maker.count)))
                    }
                }
                for hash in spellings.compactMap({ NameKey.coreHash($0, without: kinds) }) {
                    owners[hash, default: []].insert(UInt16(number))
                }
            }
        }
        return owners.compactMapValues { $0.count == 1 ? $0.first : nil }
    }
}
