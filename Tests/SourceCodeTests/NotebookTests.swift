import OpenscanFacts
import OpenscanSourceCode
import OpenscanTestSupport
import Testing

@Suite struct NotebookTests {
    private func read(_ text: String) -> CodeFacts {
        Array(text.utf8).withUnsafeBytes { CodeReader(TestRules.shared).read($0, language: .notebook) }
    }

    /// Evidence stands where a reader of the file finds it, not where the cells would be by themselves.
    @Test func linesAreThoseOfTheNotebooksFile() throws {
        let code = read(
            """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "source": ["a \\"quoted\\" word\\n", "b"]
              },
              {
               "cell_type": "code",
               "outputs": [{"text": ["x\\n", "y"]}],
               "source": [
                "import torch\\n",
                "m = AutoModel.from_pretrained('org/model')"
               ]
              },
              {
               "source": "a = 1\\nb = Big.from_pretrained('org/other')",
               "cell_type": "code"
              }
             ],
             "nbformat": 4
            }
            """)
        let places = Dictionary(uniqueKeysWithValues: code.fetches.map { ($0.target, $0.line) })
        #expect(places == ["org/model": 12, "org/other": 16])
    }

    @Test func aPathOfTheMachineIsNoNameOfAHub() {
        func fetches(_ target: String) -> [String] {
            let text = "x = np.load('\(target)')\n"
            return Array(text.utf8).withUnsafeBytes { CodeReader(TestRules.shared).read($0, language: .python) }
                .fetches.map(\.target)
        }
        #expect(fetches("cells/embedding.npy").isEmpty)
        #expect(fetches("checkpoints/model.pt").isEmpty)
        #expect(fetches("org/model-v1.5") == ["org/model-v1.5"])
        #expect(fetches("org/small.en") == ["org/small.en"])
    }

    @Test(arguments: ["", "{", "[1]", #"{"cells": 3}"#, #"{"cells": [3, {"source": [1, {"a": "b"}]}]}"#])
    func whatIsNoNotebookHasNoCode(text: String) { #expect(read(text).codeLines == 0) }
}
