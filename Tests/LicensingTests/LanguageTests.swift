import OpenscanFacts
import Testing

/// Grants in languages other than English and Chinese, and what looks like them.
@Suite struct LanguageTests {
    private func said(_ text: String) -> [String] {
        scan("# Name\n\n" + text + "\n", role: .document).matches.filter { $0.method != .mentioned }.map {
            ($0.subjects.map(\.rawValue) + [$0.id.rawValue]).joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("Die Gewichte stehen unter der Apache-Lizenz 2.0.", ["weights Apache-2.0"]),
        ("Dieses Modell ist unter der EUPL-1.2 lizenziert.", ["weights EUPL-1.2"]),
        ("Lizenz: MIT", ["MIT"]), ("## Lizenz\n\nMIT", ["MIT"]), ("## ライセンス\n\nApache-2.0", ["Apache-2.0"]),
        ("## Лицензия\n\nMIT", ["MIT"]), ("Veröffentlicht wird alles unter\nder GPLv3.", ["GPL-3.0-only"]),
        ("Der Quellcode steht unter MIT, die Gewichte unter CC BY-NC 4.0.", ["code MIT", "weights CC-BY-NC-4.0"]),
        (
            "Anders als das Original, das unter der GPL-3.0 steht, steht dieses Modell unter der MIT-Lizenz.",
            ["weights MIT"]
        ),
        ("El modelo se publica bajo la licencia Apache 2.0.", ["weights Apache-2.0"]),
        ("Los pesos se distribuyen bajo CC BY-SA 4.0.", ["weights CC-BY-SA-4.0"]),
        ("La licencia es MIT.", ["MIT"]),
        ("Le modèle est publié sous licence MIT.", ["weights MIT"]),
        ("Les poids sont distribués sous la licence CC BY 4.0.", ["weights CC-BY-4.0"]),
        ("Il modello è rilasciato con licenza Apache 2.0.", ["weights Apache-2.0"]),
        ("I pesi sono distribuiti sotto licenza MIT.", ["weights MIT"]),
        ("O modelo está licenciado sob a licença GPL-3.0.", ["weights GPL-3.0-only"]),
        ("Os pesos são disponibilizados sob CC BY 4.0.", ["weights CC-BY-4.0"]),
        ("Модель распространяется по лицензии MIT.", ["weights MIT"]),
        ("Веса модели опубликованы под лицензией Apache 2.0.", ["weights Apache-2.0"]),
        ("Лицензия: GPL-3.0", ["GPL-3.0-only"]),
        ("本モデルは Apache License 2.0 の下で公開されています。", ["weights Apache-2.0"]),
        ("コードは MIT ライセンス、重みは CC BY-NC 4.0 で公開しています。", ["code MIT", "weights CC-BY-NC-4.0"]),
        ("ライセンスは MIT です。", ["MIT"]), ("このモデルのライセンスはMITライセンスです。", ["weights MIT"]),
        ("이 모델은 Apache 2.0 라이선스에 따라 배포됩니다.", ["weights Apache-2.0"]),
        ("가중치는 MIT 라이선스로 공개되었습니다.", ["weights MIT"]),
    ])
    func grantsAreHeard(text: String, expected: [String]) { #expect(said(text) == expected) }

    @Test(arguments: [
        "Das Modell steht nicht unter der MIT-Lizenz.",
        "Wir planen, die Gewichte unter der MIT-Lizenz zu veröffentlichen.",
        "Sobald der Artikel erscheint, wird das Modell unter Apache 2.0 veröffentlicht.",
        "Bis Version 1.0 stand das Modell unter der MIT-Lizenz.", "Das Basismodell steht unter der Apache-Lizenz 2.0.",
        "Das Modell kommt mit Beispielen.", "## Lizenz\n\n## Apache\n\nText", "## Lizenz\n\nSiehe die Datei.\n\nMIT",
        "Die MIT-Lizenz ist kurz und wird von vielen gelesen.",
        "El modelo no está bajo la licencia MIT.", "El modelo será publicado bajo la licencia Apache 2.0.",
        "El modelo base se distribuye bajo Apache 2.0.",
        "Le modèle n'est pas publié sous licence MIT.", "Les poids seront publiés sous licence MIT.",
        "Il modello non è rilasciato con licenza MIT.", "I pesi saranno rilasciati sotto licenza Apache 2.0.",
        "O modelo não está sob a licença MIT.", "Os pesos serão disponibilizados em breve sob CC BY 4.0.",
        "Модель не распространяется по лицензии MIT.", "Веса будут опубликованы под лицензией Apache 2.0.",
        "Базовая модель распространяется по лицензии MIT.",
        "本モデルは MIT ライセンスではありません。", "重みは今後 Apache 2.0 で公開予定です。",
        "ベースモデルは MIT ライセンスで公開されています。",
        "이 모델은 MIT 라이선스가 아닙니다.", "가중치는 향후 Apache 2.0 라이선스로 공개될 예정입니다.",
    ])
    func denialsPlansAndOthersAreNoGrants(text: String) { #expect(said(text).isEmpty) }

    private func clauses(_ text: String) -> Set<String> { Set(scan(text + "\n").clauses.map(\.id.rawValue)) }

    /// A licence of somebody's own, in his language.
    @Test(arguments: [
        "Lizenz für das Modell Beispiel\n\n1. Das Modell darf genutzt, kopiert und verändert werden.\n2. Die kommerzielle Nutzung ist untersagt. Wer das Modell weitergibt, muss diese Lizenz beilegen, den Namen der Urheber nennen und alle Änderungen deutlich kennzeichnen, damit jeder sehen kann, was von wem stammt, und niemand getäuscht wird; das gilt auch für Auszüge, Übersetzungen und jede andere Bearbeitung.\n",
        "Licencia del modelo\n\n1. Se permite usar, copiar y modificar el modelo.\n2. El uso comercial está prohibido. Quien distribuya el modelo debe incluir esta licencia, nombrar a los autores y señalar claramente todos los cambios, para que cada persona pueda ver qué viene de quién y nadie sea engañado; esto vale también para extractos, traducciones y cualquier otra obra que se derive del modelo.\n",
        "Лицензия на модель\n\n1. Разрешается использовать, копировать и изменять модель.\n2. Коммерческое использование запрещено. Тот, кто распространяет модель, обязан приложить эту лицензию, назвать авторов и ясно обозначить все изменения, чтобы каждый мог видеть, что от кого происходит, и никто не был обманут; это относится также к выдержкам, переводам и любым иным переработкам модели и её частей, в том числе весов.\n",
        "Lizenz\n\nDas Modell darf zur Forschung genutzt werden. Die kommerzielle Nutzung ist untersagt.\n",
        "Licence\n\nLe modèle peut être utilisé et modifié. Toute utilisation commerciale est interdite.\n",
        "Licenza\n\nIl modello può essere usato e modificato. L'uso commerciale è vietato.\n",
        "Licença\n\nO modelo pode ser usado e modificado. O uso comercial é proibido.\n",
        "라이선스\n\n이 모델은 누구나 사용하고 수정할 수 있습니다. 상업적 이용은 금지됩니다.\n",
        "Aelwen モデル利用規約\n\n1. 本モデルは研究目的に限り利用、複製、改変することができます。\n2. 商用利用は禁止します。\n3. 本モデルの出力を他のモデルの学習に利用してはなりません。\n",
    ])
    func limitsOfOwnLicencesAreRead(text: String) {
        #expect(clauses(text).contains("non-commercial"), "\(clauses(text))")
    }
}

/// Names of licences that another one was made from.
@Suite struct AlteredNameTests {
    @Test(arguments: [
        "A small model under a modified MIT licence.",
        "Das Modell steht unter einer modifizierten MIT-Lizenz.",
        "The weights are licensed under a custom Apache 2.0 license.",
    ])
    func areNoGrants(text: String) {
        #expect(scan(text, role: .document).matches.allSatisfy { $0.method == .mentioned || $0.id.isReference })
    }

    @Test(arguments: ["A small model under the MIT licence.", "Weights under CC BY 4.0."])
    func plainOnesAre(text: String) { #expect(ids(text, role: .document).count == 1) }
}
