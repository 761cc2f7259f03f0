import json
import os
import sys

import pytest

sys.path[:0] = [os.path.dirname(__file__), os.path.dirname(os.path.dirname(__file__))]

from hub import Hub  # noqa: E402

from hub_skeleton import cli  # noqa: E402
from hub_skeleton.manifest import NAME  # noqa: E402


class Run:
    """Runs the program against the hub of the test, into a folder of the test."""

    def __init__(self, hub, out, capsys, monkeypatch):
        self.hub, self.out, self.capsys, self.monkeypatch = hub, out, capsys, monkeypatch
        self.printed = self.errors = ""

    def __call__(self, *words):
        self.hub.sent = 0
        self.hub.requests.clear()
        code = cli.main([*words, "-o", str(self.out)])
        self.printed, self.errors = self.capsys.readouterr()
        return code

    def manifest(self, name):
        return json.loads((self.out / name / NAME).read_text())

    def files(self, name):
        return {file["path"]: file for file in self.manifest(name)["files"]}


@pytest.fixture
def hub(monkeypatch):
    hub = Hub()
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    monkeypatch.setenv("HF_TOKEN", "")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield hub
    hub.close()


@pytest.fixture
def run(hub, tmp_path, capsys, monkeypatch):
    return Run(hub, tmp_path, capsys, monkeypatch)
