"""What is fetched of each format is what its reader needs, and little more."""

import io
import json
import pickle
import struct
import zipfile

from hub import Blob, safetensors


def gguf(tokens, tensors=3, size=2 << 30):
    def string(text):
        return struct.pack("<Q", len(text)) + text.encode()

    head = b"GGUF" + struct.pack("<IQQ", 3, tensors, 2)
    head += string("general.architecture") + struct.pack("<I", 8) + string("llama")
    head += string("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, tokens)
    head += b"".join(string(f"token {number}") for number in range(tokens))
    for number in range(tensors):
        head += string(f"blk.{number}.weight") + struct.pack("<IQQIQ", 2, 64, 64, 0, number * 16384)
    return Blob(head, size=size), len(head)


def torch_zip(storages=4, size=3 << 20, pickled=b"\x80\x02}q\x00."):
    """A checkpoint as torch writes it: members aligned, nothing packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("model/data.pkl", pickled)
        archive.writestr("model/byteorder", b"little")
        for number in range(storages):
            archive.writestr(f"model/data/{number}", bytes([number + 1]) * size)
        archive.writestr("model/version", b"3\n")
    return Blob(out.getvalue())


def read(run, name, path, start, count):
    with open(run.out / name / path, "rb") as file:
        file.seek(start)
        return file.read(count)


def test_of_safetensors_the_header_is_fetched(hub, run):
    blob = safetensors({f"layer.{n}": ("BF16", [4096, 4096]) for n in range(2000)}, {"format": "pt"})
    hub.add("org/tiny", {"model.safetensors": blob})
    assert run("org/tiny") == 0
    file = run.files("org/tiny")["model.safetensors"]
    length = len(blob.parts[0][1])
    assert file["state"] == "partial" and file["ranges"] == [[0, length]]
    assert length > 64 << 10 and run.hub.sent < length + 10_000
    assert file["digest"] == "sha256:" + blob.sha256 and file["size"] == blob.size
    assert (run.out / "org/tiny/model.safetensors").stat().st_size == blob.size
    assert (run.out / "org/tiny/model.safetensors").stat().st_blocks * 512 < 4 << 20
    assert read(run, "org/tiny", "model.safetensors", 0, length) == blob.read(0, length)


def test_a_header_length_that_cannot_be_costs_nothing(hub, run):
    hub.add("org/tiny", {"model.safetensors": Blob(struct.pack("<Q", 1 << 50) + b"{", size=4 << 30)})
    assert run("org/tiny") == 0
    assert run.hub.sent < 100_000


def test_of_gguf_as_much_as_the_header_takes(hub, run):
    blob, length = gguf(tokens=100_000)
    hub.add("org/tiny", {"model-Q4_0.gguf": blob})
    assert run("org/tiny") == 0
    [[start, end]] = run.files("org/tiny")["model-Q4_0.gguf"]["ranges"]
    assert start == 0 and length <= end < 4 * length and run.hub.sent < end + 10_000


def test_a_gguf_that_announces_what_it_cannot_have_ends(hub, run):
    head = b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60) + struct.pack("<Q", 1 << 63)
    hub.add("org/tiny", {"a.gguf": Blob(head, size=8 << 30)})
    assert run("org/tiny") == 0
    assert run.hub.sent <= 33_000_000


def test_of_a_checkpoint_the_directory_and_the_pickle(hub, run):
    blob = torch_zip(pickled=pickle.dumps({f"layer.{n}": n for n in range(30_000)}, 2))
    hub.add("org/tiny", {"pytorch_model.bin": blob})
    assert run("org/tiny") == 0
    file = run.files("org/tiny")["pytorch_model.bin"]
    assert file["state"] == "partial" and run.hub.sent < 1_500_000 < blob.size
    data = blob.read(0, blob.size)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.getinfo("model/data.pkl")
    assert any(start <= place.header_offset and place.header_offset + place.file_size < end for start, end in file["ranges"])
    for start, end in file["ranges"]:
        assert read(run, "org/tiny", "pytorch_model.bin", start, end - start) == data[start:end]


def test_of_arrays_the_headers(hub, run):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5):
            head = b"\x93NUMPY\x01\x00v\x00" + b"{'descr': '<f4', 'fortran_order': False, 'shape': (500000,), }".ljust(117) + b"\n"
            archive.writestr(f"array_{number}.npy", head + bytes(2_000_000))
    blob = Blob(out.getvalue())
    hub.add("org/tiny", {"params.npz": blob})
    assert run("org/tiny") == 0
    assert len(run.files("org/tiny")["params.npz"]["ranges"]) >= 5 and run.hub.sent < 200_000


def test_of_old_checkpoints_the_streams(hub, run):
    streams = b"".join(pickle.dumps(part, 2) for part in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}, {"w": list(range(60_000))}, ["0"]))
    assert len(streams) > 128 << 10
    hub.add("org/tiny", {"model.pt": Blob(streams + b"\0" * 4096, size=1 << 30)})
    assert run("org/tiny") == 0
    [first, *_] = run.files("org/tiny")["model.pt"]["ranges"]
    assert first[0] == 0 and first[1] >= len(streams) and run.hub.sent < 2 << 20


def test_of_parquet_the_footer(hub, run):
    footer = b"F" * 200_000
    blob = Blob(b"PAR1", size=1 << 30, tail=footer + struct.pack("<I", len(footer)) + b"PAR1")
    hub.add("org/tiny", {"data/train.parquet": blob})
    assert run("org/tiny") == 0
    assert run.files("org/tiny")["data/train.parquet"]["ranges"][-1] == [(1 << 30) - 200_008, 1 << 30]


def test_of_anything_else_both_ends(hub, run):
    hub.add("org/tiny", {"blob.dat": Blob(b"\x01\x02", size=1 << 30)})
    assert run("org/tiny") == 0
    assert run.files("org/tiny")["blob.dat"]["ranges"] == [[0, 64 << 10], [(1 << 30) - (66 << 10), 1 << 30]]


def test_a_model_of_seventy_billion_costs_less_than_thirty_megabytes(hub, run):
    shards, layers = 30, 80
    weights = {name: f"model-{layer * shards // layers + 1:05}-of-{shards:05}.safetensors"
               for layer in range(layers) for name in names(layer)}
    files = {
        "README.md": Blob(b"---\nlicense: apache-2.0\n---\n# Seventy\n"), "config.json": Blob(b'{"model_type": "llama"}'),
        "tokenizer.json": Blob(b'{"version": "1.0"}', size=9 << 20, lfs=True),
        "model.safetensors.index.json": Blob(json.dumps({"metadata": {"total_size": 1}, "weight_map": weights}).encode()),
    }
    for shard in range(1, shards + 1):
        own = {name: ("BF16", [8192, 28672]) for name, file in weights.items() if file == f"model-{shard:05}-of-{shards:05}.safetensors"}
        files[f"model-{shard:05}-of-{shards:05}.safetensors"] = safetensors(own, {"format": "pt"})
    size = sum(blob.size for blob in files.values())
    assert size > 140 * 10**9
    hub.add("org/seventy", files)
    assert run("org/seventy") == 0
    assert run.hub.sent < 30 * 10**6
    assert run.files("org/seventy")["tokenizer.json"]["state"] == "whole"
    on_disk = sum(path.stat().st_blocks * 512 for path in (run.out / "org/seventy").iterdir())
    assert on_disk < 40 * 10**6


def names(layer):
    return [f"model.layers.{layer}.{part}.weight" for part in ("mlp.down_proj", "mlp.gate_proj", "mlp.up_proj", "self_attn.q_proj")]
