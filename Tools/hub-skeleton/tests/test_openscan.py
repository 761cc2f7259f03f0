"""What openscan makes of a skeleton; where it is not built, these are skipped."""

import json
import os
import subprocess

import pytest
from hub import Blob, safetensors
from test_formats import gguf, torch_zip

OPENSCAN = os.environ.get("OPENSCAN", "")
pytestmark = pytest.mark.skipif(not os.access(OPENSCAN, os.X_OK), reason="OPENSCAN names no program")
CARD = b"---\nlicense: apache-2.0\n---\n# Tiny\nTiny is a small model for tests of programs.\n"


def report(run, name):
    done = subprocess.run([OPENSCAN, "scan", "-f", "json", str(run.out / name)], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def artefact(found, path):
    return next(item for item in found["artefacts"] if item["path"] == path)


def test_it_judges_by_headers_and_says_what_it_has_not_seen(hub, run):
    shards = {f"model-0000{n}-of-00002.safetensors": safetensors({f"layer.{n}": ("BF16", [8192, 8192])}) for n in (1, 2)}
    index = {"metadata": {"total_size": 4 * 8192 * 8192}, "weight_map": {f"layer.{n}": f"model-0000{n}-of-00002.safetensors" for n in (1, 2)}}
    hub.add("org/tiny", shards | {"README.md": Blob(CARD), "model.safetensors.index.json": Blob(json.dumps(index).encode())})
    assert run("org/tiny") == 0
    found = report(run, "org/tiny")
    files = run.files("org/tiny").values()
    unseen = sum(file["size"] - sum(end - start for start, end in file["ranges"]) for file in files if file["state"] == "partial")
    assert found["release"]["unseenBytes"] == unseen > 100 << 20
    assert found["release"]["name"] == "org/tiny" and found["release"]["kind"] == "skeleton"
    assert artefact(found, "model-00001-of-00002.safetensors")["parameters"] == 8192 * 8192
    assert not [finding for item in found["artefacts"] for finding in item["findings"]]


def test_it_reads_gguf_and_checkpoints(hub, run):
    blob, length = gguf(tokens=50_000, size=0)
    blob = Blob(blob.parts[0][1], size=(length + 31) // 32 * 32 + 3 * 16384)
    hub.add("org/tiny", {
        "README.md": Blob(CARD), "tiny.gguf": blob, "pytorch_model.bin": torch_zip(),
        "evil.bin": torch_zip(pickled=b"cos\nsystem\n(S'id'\ntR.")})
    assert run("org/tiny", "--whole-below", "1k") == 0
    found = report(run, "org/tiny")
    assert artefact(found, "tiny.gguf")["tensors"] == 3 and artefact(found, "tiny.gguf")["status"] == "ok"
    assert artefact(found, "pytorch_model.bin")["status"] == "ok"
    assert {"pytorch_model.bin", "evil.bin"} <= {file["path"] for file in run.files("org/tiny").values() if file["state"] == "partial"}
    assert "dangerous-global" in {finding["id"] for finding in artefact(found, "evil.bin")["findings"]}


def test_it_names_what_is_gated(hub, run):
    hub.add("org/tiny", {"README.md": Blob(CARD), "model.safetensors": safetensors({"a": ("BF16", [8192, 8192])})},
            gated="manual", denied=["model.safetensors"])
    assert run("org/tiny") == 0
    found = report(run, "org/tiny")
    weights = artefact(found, "model.safetensors")
    assert weights["status"] == "pointer" and [finding["id"] for finding in weights["findings"]] == ["gated"]
    assert found["release"]["unseenBytes"] == weights["size"]
    assert found["gradient"]["level"] == "weights-available" and found["gradient"]["confidence"] == "low"
