import Testing

@testable import OpenscanLicensing

@Suite struct NameKeyTests {
    /// Names of records and names in running text go one way, letters beyond ASCII included.
    @Test(arguments: [
        ("Apache License, Version 2.0", "apache-2.0", true),
        ("Licence Libre du Québec – Réciprocité", "LICENCE LIBRE DU QUÉBEC (Réciprocité)", true),
        ("GPL v3+", "GPL 3 +", true), ("GPL v3+", "GPL 3", false),
        ("Licence Libre du Québec", "Licence Libre du Qu bec", false), ("木兰宽松许可证", "木兰公共许可证", false),
        ("MIT 0", "MIT 0.0", true), ("the licence, version", "", true),
    ])
    func spellingsOfOneNameAreOne(left: String, right: String, areSame: Bool) {
        #expect((NameKey.hash(left) == NameKey.hash(right)) == areSame)
    }

    @Test func aNameReadTokenByTokenIsTheSame() {
        let name = "Licence Libre du Québec – Permissive version 1.1"
        let bytes = Array(name.utf8)
        let tokens = Tokenizer.tokens(of: name)
        var parts: [NameKey.Part] = []
        bytes.withUnsafeBytes { bytes in
            for token in 0..<tokens.count {
                NameKey.append(
                    bytes, (token == 0 ? 0 : Int(tokens.ends[token - 1]))..<Int(tokens.ends[token]), to: &parts)
            }
        }
        #expect(NameKey.hash(parts) == NameKey.hash(name))
    }
}
