"""What a hub does: lists in pages, redirects, refuses, breaks off, and says what is not so."""

import io
import json
import os

import pytest
from hub import REVISION, Blob, safetensors

from hub_skeleton import skeleton
from hub_skeleton.manifest import NAME


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("hub_skeleton.hub.time.sleep", lambda seconds: None)


def tiny():
    return {
        "README.md": Blob(b"---\nlicense: mit\n---\n# Tiny\n"), "LICENSE": Blob(b"MIT"), "config.json": Blob(b"{}"),
        "src/train.py": Blob(b"import torch\n"), "empty.txt": Blob(b""),
        "model.safetensors": safetensors({"a": ("F32", [1024, 2048])}),
    }


def test_small_files_come_whole_and_the_manifest_says_what_is_there(hub, run):
    hub.add("org/tiny", tiny())
    assert run("org/tiny") == 0
    assert run.printed == str(run.out / "org/tiny") + "\n"
    manifest = run.manifest("org/tiny")
    assert manifest["format"] == "openscan-skeleton" and manifest["version"] == 1
    assert (manifest["repository"], manifest["revision"], manifest["gate"]) == ("org/tiny", REVISION, "none")
    assert manifest["endpoint"] == hub.endpoint and manifest["time"].endswith("Z")
    assert [file["path"] for file in manifest["files"]] == sorted(tiny())
    for path, blob in tiny().items():
        file = run.files("org/tiny")[path]
        assert file["size"] == blob.size
        if path == "model.safetensors":
            continue
        assert file["state"] == "whole" and "ranges" not in file
        assert (run.out / "org/tiny" / path).read_bytes() == blob.read(0, blob.size)
    assert "6 files" in run.errors and "fetched" in run.errors


def test_a_second_run_fetches_nothing(hub, run):
    hub.add("org/tiny", tiny())
    assert run("org/tiny") == 0
    before = run.files("org/tiny")
    assert run("org/tiny") == 0
    assert not [path for path, _ in hub.requests if "/resolve/" in path or "//" in path]
    assert run.files("org/tiny") == before


def test_a_run_that_was_cut_off_goes_on(hub, run, monkeypatch):
    hub.add("org/tiny", tiny() | {"b.safetensors": safetensors({f"n{i}": ("F32", [64, 64]) for i in range(4000)})})
    write = skeleton.Pieces.write
    calls = []

    def breaking(self, offset, data):
        calls.append(offset)
        if self.name == "b.safetensors" and offset >= 64 << 10:
            raise KeyboardInterrupt
        write(self, offset, data)

    monkeypatch.setattr(skeleton.Pieces, "write", breaking)
    assert run("org/tiny") == 130 and "goes on" in run.errors
    assert run.files("org/tiny")["b.safetensors"]["ranges"] == [[0, 64 << 10]]
    monkeypatch.setattr(skeleton.Pieces, "write", write)
    assert run("org/tiny") == 0
    asked = [given for path, given in hub.requests if path.endswith("b.safetensors")]
    assert asked and all(given.startswith(f"bytes={64 << 10}-") for given in asked)


def test_what_has_changed_is_fetched_anew_and_what_is_gone_goes(hub, run):
    files = tiny()
    hub.add("org/tiny", files)
    assert run("org/tiny") == 0
    del files["src/train.py"]
    files["config.json"] = Blob(b'{"a": 1}')
    hub.add("org/tiny", files)
    assert run("org/tiny") == 0
    assert [path for path, _ in hub.requests if "/resolve/" in path] == [f"/org/tiny/resolve/{REVISION}/config.json"]
    assert not (run.out / "org/tiny/src/train.py").exists()
    assert (run.out / "org/tiny/config.json").read_text() == '{"a": 1}'


def test_gated_files_are_named_and_the_rest_is_fetched(hub, run):
    hub.add("org/tiny", tiny(), gated="manual", denied=["model.safetensors", "config.json"])
    assert run("org/tiny") == 0
    assert run.manifest("org/tiny")["gate"] == "manual"
    gated = run.files("org/tiny")["model.safetensors"]
    assert gated["state"] == "gated" and gated["reason"].startswith("401: GatedRepo")
    assert gated["size"] and gated["digest"].startswith("sha256:")
    assert not (run.out / "org/tiny/model.safetensors").exists()
    assert run.files("org/tiny")["README.md"]["state"] == "whole"
    assert "2 files are gated" in run.errors
    # With access, the rest comes and nothing else.
    hub.add("org/tiny", tiny(), gated="manual")
    assert run("org/tiny") == 0
    asked = {path.rpartition("/")[2] for path, _ in hub.requests if "/resolve/" in path}
    assert asked == {"model.safetensors", "config.json"}


def test_a_repository_that_is_gated_whole_is_named_file_by_file(hub, run):
    hub.add("org/tiny", tiny(), gated="auto", denied=["*"])
    assert run("org/tiny") == 0
    assert {file["state"] for file in run.files("org/tiny").values()} == {"gated"}
    assert run.manifest("org/tiny")["gate"] == "auto"


def test_a_token_goes_to_the_hub_and_nowhere_else(hub, run):
    hub.add("org/tiny", tiny())
    assert run("org/tiny", "--token", "hf_secret") == 0
    assert {token for is_cdn, token in hub.tokens if is_cdn} == {None}
    assert {token for is_cdn, token in hub.tokens if not is_cdn} == {"Bearer hf_secret"}
    assert "hf_secret" not in (run.out / "org/tiny" / NAME).read_text() + run.errors + run.printed


def test_a_server_without_ranges_sends_no_weights(hub, run):
    hub.ignores_ranges = True
    hub.add("org/tiny", {"README.md": Blob(b"# Tiny"), "model.pt": Blob(b"PK\3\4", size=70 << 30),
                         "a.safetensors": safetensors({f"n{i}": ("F32", [640, 640]) for i in range(4000)})})
    assert run("org/tiny") == 1
    assert hub.sent < 30 << 20
    assert run.files("org/tiny")["README.md"]["state"] == "whole"
    weights = run.files("org/tiny")["model.pt"]
    assert weights["state"] == "partial" and weights["ranges"] == [[0, 64 << 10]] and "whatever range" in weights["reason"]
    assert run.files("org/tiny")["a.safetensors"]["ranges"][0][0] == 0


@pytest.mark.parametrize("header, value, words", [
    ("X-Linked-Size", "12", "are listed, and the server has 12"),
    ("X-Linked-ETag", '"' + "0" * 64 + '"', "another content"),
    ("X-Repo-Commit", "f" * 40, "another revision"),
    ("Content-Range", "bytes 5-9/10", "another range"),
    ("Content-Range", "bytes 0-65535/70000", "are listed, and the server has 70000"),
    ("Content-Encoding", "gzip", "packs"),
    ("Location", "file:///etc/passwd", "no file is"),
])
def test_a_server_that_contradicts_its_list_is_not_believed(hub, run, header, value, words):
    hub.add("org/tiny", {"README.md": Blob(b"# Tiny"), "model.safetensors": safetensors({"a": ("F32", [1024, 2048])})})
    hub.change = lambda headers, path: headers | {header: value} if header in headers and path.endswith(".safetensors") or header == "Content-Encoding" and path.endswith(".safetensors") else headers
    assert run("org/tiny") == 1
    file = run.files("org/tiny")["model.safetensors"]
    assert file["state"] == "failed" and words in file["reason"], file
    assert not (run.out / "org/tiny/model.safetensors").exists()
    assert run.files("org/tiny")["README.md"]["state"] == "whole"


def test_content_of_another_digest_is_not_kept(hub, run):
    blob = Blob(b"# Tiny")
    hub.add("org/tiny", {"README.md": blob})
    blob.parts = [(0, b"# Evil")]
    assert run("org/tiny") == 1
    assert "another digest" in run.files("org/tiny")["README.md"]["reason"]
    assert not (run.out / "org/tiny/README.md").exists()


def test_a_server_that_is_busy_is_asked_again(hub, run):
    hub.failures = 3
    hub.add("org/tiny", {"README.md": Blob(b"# Tiny")})
    assert run("org/tiny") == 0, run.errors
    hub.failures = 100
    hub.add("org/other", {"README.md": Blob(b"# Tiny")})
    assert run("org/other") == 1
    assert "answers 503" in run.files("org/other")["README.md"]["reason"]


@pytest.mark.parametrize("path", [
    "../evil.txt", "/etc/evil", "a/../../evil", "a//b", "a\\b", "C:evil", "line\nbreak", "./a", "x" * 300, NAME, NAME + ".new"])
def test_names_that_lead_elsewhere_are_not_written(hub, run, path):
    hub.add("org/tiny", {path: Blob(b"evil"), "README.md": Blob(b"# Tiny")})
    assert run("org/tiny") == 1
    assert run.files("org/tiny")[path]["state"] == "failed"
    names = [name for _, _, files in os.walk(run.out) for name in files]
    assert sorted(names) == [NAME, "README.md"]


def test_links_that_somebody_left_are_not_followed(hub, run, tmp_path):
    hub.add("org/tiny", tiny())
    assert run("org/tiny") == 0
    target = tmp_path / "target"
    target.mkdir()
    (run.out / "org/tiny/src/train.py").unlink()
    (run.out / "org/tiny/src").rmdir()
    (run.out / "org/tiny/src").symlink_to(target)
    assert run("org/tiny") == 1
    assert "a link stands in its place" in run.files("org/tiny")["src/train.py"]["reason"]
    assert list(target.iterdir()) == []


def test_a_folder_of_somebody_else_stays_as_it_is(hub, run):
    hub.add("org/tiny", tiny())
    (run.out / "org/tiny").mkdir(parents=True)
    (run.out / "org/tiny/model.safetensors").write_bytes(b"precious")
    assert run("org/tiny") == 3
    assert "holds something else" in run.errors
    assert (run.out / "org/tiny/model.safetensors").read_bytes() == b"precious"


def test_a_repository_may_cost_no_more_than_is_said(hub, run):
    hub.add("org/tiny", {f"part-{n}.txt": Blob(bytes([65 + n]) * 500_000) for n in range(10)})
    assert run("org/tiny", "--most-bytes", "2M") == 1
    states = [file["state"] for file in run.files("org/tiny").values()]
    assert states.count("whole") == 4 and states.count("left-out") == 6
    assert hub.sent < 2_100_000 + 10_000
    assert run("org/tiny", "--most-bytes", "4M") == 0


def test_one_that_is_not_there_stops_nobody(hub, run):
    hub.add("org/tiny", tiny())
    assert run("org/none", "org/tiny") == 1
    assert "no such repository" in run.errors and run.printed == str(run.out / "org/tiny") + "\n"
    assert run("org/none") == 3
    assert run("not a name") == 3 and "not the name" in run.errors
    assert run("org/tiny", "--revision", "nowhere") == 3 and "no revision nowhere" in run.errors


def test_ids_come_from_standard_input(hub, run, monkeypatch):
    hub.add("org/a", {"README.md": Blob(b"# A")})
    hub.add("org/b", {"README.md": Blob(b"# B")})
    monkeypatch.setattr("sys.stdin", io.StringIO("org/a\n\n# a remark\norg/b\norg/a\n"))
    assert run("--stdin") == 0
    assert run.printed.splitlines() == [str(run.out / "org/a"), str(run.out / "org/b")]


def test_usage(run):
    assert run() == 2 and "no repository" in run.errors
    for words in (["--jobs", "0", "org/a"], ["--most-bytes", "much", "org/a"], ["--type", "space", "org/a"]):
        with pytest.raises(SystemExit) as stopped:
            run(*words)
        assert stopped.value.code == 2


def test_a_manifest_that_is_none_is_made_anew(hub, run):
    hub.add("org/tiny", tiny())
    assert run("org/tiny") == 0
    for text in ("", "[]", '{"format": "openscan-skeleton", "version": 1, "files": [{}]}', json.dumps({"files": 3})):
        (run.out / "org/tiny" / NAME).write_text(text)
        assert run("org/tiny") == 0
        assert run.files("org/tiny")["README.md"]["state"] == "whole"
