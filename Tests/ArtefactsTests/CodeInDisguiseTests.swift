import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

private func template(_ text: String) -> [Finding] {
    Array(text.utf8).withUnsafeBytes { ChatTemplate.findings($0, of: "template") }
}
private func config(_ text: String, _ name: String) -> [Finding] {
    Array(text.utf8).withUnsafeBytes { LoaderConfig.findings($0, path: name) }
}

@Suite struct CodeInDisguiseTests {
    @Test(arguments: [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ messages|attr('__init__') }}",
        "{% set x = cycler.__init__.__globals__ %}", "{{ self._TemplateReference__context }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}", "{{ x['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    ])
    func findsReachingTemplates(text: String) { #expect(template(text).contains { $0.severity == .high }) }

    @Test(arguments: [
        "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}{% endfor %}",
        "{%- set ns = namespace(found=false) -%}{{ bos_token }}{{ raise_exception('no') }}",
        "{{ '<__media__>' if x is defined else '' }}{{ tools | tojson(indent=4) }}",
    ])
    func leavesPlainTemplatesAlone(text: String) { #expect(template(text).isEmpty) }

    @Test(arguments: [
        (#"{"auto_map": {"AutoModel": "modeling_x.Model"}}"#, "config.json", 1),
        (#"{"auto_map": {"AutoModel": "someone/else--modeling_x.Model"}}"#, "config.json", 1),
        (#"{"trust_remote_code": true}"#, "generation_config.json", 1),
        (#"{"trust_remote_code": false, "auto_map": {}}"#, "config.json", 0),
        (
            #"{"_class_name": "P", "unet": ["my_unet", "UNet"], "vae": ["diffusers", "AutoencoderKL"]}"#,
            "model_index.json", 1
        ), (#"{"chat_template": "{{ ''.__class__ }}"}"#, "tokenizer_config.json", 1),
        (#"{"chat_template": [{"name": "a", "template": "{{ x.__globals__ }}"}]}"#, "tokenizer_config.json", 1),
        (#"{"chat_template": "{{ messages[0] }}"}"#, "tokenizer_config.json", 0),
        (#"{"auto_map": {"A": "b.C"}}"#, "other.json", 0),
    ])
    func readsConfigs(sample: (String, String, Int)) { #expect(config(sample.0, sample.1).count == sample.2) }

    @Test(arguments: [
        (
            #"{"class_name":"Functional","config":{"name":"m","layers":[{"module":"keras.layers","class_name":"Lambda","config":{"name":"l"}}]}}"#,
            "high"
        ),
        (
            #"{"class_name":"Sequential","config":{"name":"m","layers":[{"module":"os","class_name":"system","config":{}}]}}"#,
            "high"
        ),
        (
            #"{"class_name":"A","config":{"name":"m","activation":{"module":"builtins","class_name":"function","config":"relu","registered_name":"function"}}}"#,
            "none"
        ),
        (
            #"{"class_name":"A","config":{"name":"m","activation":{"module":"builtins","class_name":"function","config":"eval","registered_name":"function"}}}"#,
            "high"
        ),
        (
            #"{"module":"keras.layers","class_name":"Dense","config":{"name":"d","units":1},"registered_name":"my>Dense"}"#,
            "low"
        ), (#"{"class_name":"TextVectorization","config":{"name":"t","vocabulary":"/etc/passwd"}}"#, "medium"),
    ])
    func readsKerasConfigs(sample: (String, String)) {
        var facts = ArtefactFacts(format: "keras-zip", status: .ok)
        KerasConfig.inspect(Array(sample.0.utf8), into: &facts)
        #expect((facts.findings.map(\.severity).max()?.rawValue ?? "none") == sample.1, "\(facts.findings)")
    }

    @Test func bringsTemplatesOfGGUFToLight() throws {
        func string(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + Array(text.utf8) }
        let bytes =
            Array("GGUF".utf8) + littleEndian(UInt32(3)) + littleEndian(UInt64(0)) + littleEndian(UInt64(1))
            + string("tokenizer.chat_template") + littleEndian(UInt32(8)) + string("{{ ''.__class__.__base__ }}")
        #expect(
            try readArtefact(MemoryBytes(bytes), name: "m.gguf")?.findings.contains { $0.id == .embeddedCode } == true
        )
    }
}
