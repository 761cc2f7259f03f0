import OpenscanKit

let openscan = try Openscan()
for path in CommandLine.arguments.dropFirst() {
    let dossier = try openscan.scan(path)
    print(dossier.release.name, "open source:", dossier.verdict.answer, "level:", dossier.gradient.rank ?? "?")
    for (part, terms) in dossier.terms { print(part, terms.expression ?? "no licence", terms.basis, terms.isOpen) }
    for flag in dossier.flags { print(flag.severity, flag.title, flag.evidence.map(\.place)) }
}
