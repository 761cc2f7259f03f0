#!/usr/bin/env python3
"""Writes seeds for a fuzz target: seeds.py TARGET FOLDER, or lists the targets: seeds.py --list.

Seeds are the files that the reference libraries wrote (Tests/ArtefactsTests/Fixtures and, after `make test`,
.build/fixture-samples) and a few made here.
"""
import io, json, struct, sys, tarfile, zipfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
FOLDERS = [folder for folder in (TESTS / "ArtefactsTests" / "Fixtures", TESTS.parent / ".build" / "fixture-samples") if (folder / "expected.json").exists()]


def fixtures():
    """Every sample's file and what is expected of it."""
    for folder in FOLDERS:
        for name, entry in json.loads((folder / "expected.json").read_text()).items():
            yield folder / name, entry


def safetensors(header):
    text = header.encode()
    return struct.pack("<Q", len(text)) + text + bytes(32)


def string(s):
    return struct.pack("<Q", len(s)) + s.encode()


def tar(members):
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=tarfile.PAX_FORMAT) as out:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return sink.getvalue()


def zipped(members):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as out:
        for name, data in members:
            out.writestr(name, data)
    return sink.getvalue()


PAYLOAD = b"\x80\x02cos\nsystem\nU\x02id\x85R."
MADE = {
    "safetensors": [safetensors(h) for h in (
        '{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"v":{"dtype":"BF16","shape":[8],"data_offsets":[16,32]}}',
        '{ "w" : {"shape":[1], "dtype":"I8", "data_offsets":[0,1]} }', "{}", '{"a\\"b":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"x":[{"y":1}]}')],
    "gguf": [
        b"GGUF" + struct.pack("<IQQ", 3, 1, 2) + string("general.name") + struct.pack("<I", 8) + string("x") + string("t") + struct.pack("<IIQ", 9, 8, 2) + string("a") + string("b")
        + string("w") + struct.pack("<IQQIQ", 2, 32, 2, 2, 0) + bytes(200),
        b"GGUF" + struct.pack(">IQQ", 2, 0, 0), b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + string("k") + struct.pack("<IIQIQ", 9, 9, 1, 4, 3) + bytes(12)],
    "json": [b'{"a":[1,-2.5e3,true,null,"x\\u00e9\\ud83d\\ude00"],"b":{"c":{}}}', b"[[[[]]]]"],
    "index": [json.dumps({"metadata": {"total_size": 3}, "weight_map": {"a": "m-00001-of-00002.safetensors", "b": "../x"}}).encode()],
    "pickle": [PAYLOAD, b"(S'id'\nios\nsystem\n.", b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x8c\x02id\x85R.", b"(lp0\nI1\naV\\u0041\na.", b"\x80\x02\x82\x01.", b"Pabc\n."],
    "torch-tar": [tar([("sys_info", b"\x80\x02}."), ("pickle", PAYLOAD), ("storages", b"\x80\x02K\x00."), ("tensors", b"\x80\x02K\x01.\x80\x02K\x01K\x02ctorch\nFloatTensor\n\x87." + struct.pack("<iiqqq", 1, 0, 3, 1, 0))])],
    "nemo": [tar([("model_config.yaml", b"target: x\n"), ("w.ckpt", zipped([("a/data.pkl", PAYLOAD)]))])],
    "webdataset": [tar([(f"{n:05}.{e}", b"x") for n in range(4) for e in ("jpg", "txt")])],
    "onnx": [bytes.fromhex("080712016d3a0f2a0b0802100142017750014a04") + bytes(4)],
    "torch-zip": [zipped([("a/data.pkl", PAYLOAD), ("a/version", b"3\n"), ("a/data/0", bytes(8))])], "npz": [zipped([("a.npy", PAYLOAD)])],
    "torch-legacy": [bytes.fromhex("80028a0a6cfc9c46f9206aa850192e80024de9032e80027d2e") + PAYLOAD + b"\x80\x02]."],
    "tar": [tar([("a/b.txt", b"hello"), ("é" * 60 + "/" + "n" * 120, b"x")])],
    "front-matter": [b"---\nlicense: mit\ntags:\n- a\n- b\nmodel-index:\n- name: x\n  results: [{task: {type: y}}]\n---\ntext\n", b"---\na: &x [1]\nb: *x\na: 2\n---\n"],
    "zip": [zipped([("a/b.txt", b"hello"), ("x.dat", PAYLOAD)])],
    "llamafile": [b"MZqFpD" + bytes(20) + zipped([("m.gguf", b"GGUF" + struct.pack("<IQQ", 3, 0, 0))])],
    "executorch": [struct.pack("<I", 8) + b"ET12" + bytes(64)], "mnn": [bytes(64)], "catboost": [b"CBM1" + struct.pack("<I", 32) + bytes(32)],
    "tiktoken": [b"YQ== 0\nYg== 1\n"], "xgboost-json": [b'{"learner":{"objective":{"name":"x"}},"version":[1,2,3]}'], "xgboost-ubj": [b"{L" + struct.pack(">q", 7) + b"learner{U\x01a[$l#l" + struct.pack(">i", 2) + bytes(8) + b"}}"],
    "mxnet-symbol": [b'{"nodes":[{"op":"Custom"}]}'], "paddle": [bytes.fromhex("0a0e08001001220822064001")], "paddle-parameters": [struct.pack("<IQIi", 0, 0, 0, 4) + bytes.fromhex("08051002") + bytes(8)],
    "keras-metadata": [bytes.fromhex("0a0b2a097b2261223a317d0a0a")], "gzip": [bytes.fromhex("1f8b0800000000000003") + bytes.fromhex("4b2c5370500200") + bytes(8)],
    "thinc-msgpack": [bytes.fromhex("84a56e6f64657390a5617474727390a6706172616d739181a15785c4026e64c3c40474797065a33c6634c4046b696e64c400c40573686170659202 02c40464617461c41000000000000000000000000000000000a57368696d739 1c40584a56e6f6465".replace(" ", ""))],
    "ort": [struct.pack("<I", 16) + b"ORTM" + struct.pack("<HHHH", 8, 8, 0, 4) + struct.pack("<iI", 8, 0)],
    "signature": [b'{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{"payload":"eyJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJuYW1lIjoiYSJ9XX19"}}', b"-----BEGIN PGP SIGNATURE-----\n"],
    "pmml": [b'<?xml version="1.0"?><PMML version="4.4"><Header><Application name="x"/></Header><TreeModel/></PMML>'],
    "lightgbm-json": [b'{"name":"tree","num_tree_per_iteration":1,"tree_info":[{}]}'],
    "skops": [zipped([("schema.json", b'{"__class__":"Ridge","__module__":"sklearn.linear_model","content":[{"__class__":"x","__module__":"os"}]}'), ("a.npy", b"\x93NUMPY")])],
    "torch-archive": [zipped([("MAR-INF/MANIFEST.json", b'{"model":{"handler":"h.py"}}'), ("m.pt", zipped([("a/data.pkl", PAYLOAD)]))])],
    "spacy-vectors": [b"\x93NUMPY\x01\x00\x36\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n" + bytes(4)],
    "card-form": [b"---\nlicense: mit\nlicense_link: ../x\n---\n# A\n", b"---\nlicense: mit\n"],
    "kitfile": [b"package: {name: p, license: MIT}\nmodel:\n  license: MIT\n  parts: [{path: a, license: ISC}]\ndatasets:\n- path: ./d\n", b'{"model":{"license":"MIT"}}'],
    "croissant": [b'{"@context":{},"@graph":[{"@type":"sc:Dataset","sc:license":[{"@id":"https://spdx.org/licenses/MIT"}],"distribution":[{"contentUrl":"https://e.org/a.csv","includes":"*"}]}]}'],
    "data-package": [b'{"licenses":[{"name":"MIT","path":"u"}],"resources":[{"path":["a.csv","https://e.org/b"]}]}'],
    "kaggle": [b'{"licenses":[{"name":"MIT"}],"resources":[{"path":"a"}],"instances":[{"licenseName":"MIT"}]}'],
    "model-pack": [b'{"descriptor":{"licenses":["MIT"]},"modelfs":{}}'],
    "reuse": [b'version = 1\n[[annotations]]\npath = ["a/**", "b"]\nprecedence = "override"\nSPDX-License-Identifier = "MIT"\n', b"SPDX-License-Identifier: MIT\n", b"Files: a/*\nCopyright: x\nLicense: MIT\n"],
    "config-form": [b'{"a":{"b":[1,true]},"a":"x\\"y"}\n{}'], "templates": [b'{"chat_template":[{"template":"{% for m in x %}{{ m.__class__ }}{% endfor %}"}]}', b"a: {{ x }} {% y"],
    "encoded-pickle": [b"x = 'gAJjb3MKc3lzdGVtClUEaWQgLYVSLg=='"],
    "pointer": [b"# xet version 0\nfilesize = 3\nhash = '" + b"a" * 64 + b"'\n", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 3\n"],
    "manifest": [json.dumps({"manifests": [{"digest": "sha256:" + "a" * 64, "annotations": {"org.opencontainers.image.ref.name": "a/b:1"}}], "config": {"digest": "sha256:" + "a" * 64, "mediaType": "application/vnd.kitops.x"}, "layers": [{"digest": "sha256:" + "a" * 64, "mediaType": "application/vnd.cncf.model.doc.v1.tar", "annotations": {"org.cncf.model.filepath": "a/b"}}]}).encode()],
    "skeleton": [b'{"format":"openscan-skeleton","version":1,"gate":"auto","files":[{"path":"a","size":9,"digest":"sha256:0","state":"partial","ranges":[[0,4],[5,9]]},{"path":"b/c","state":"gated","reason":"403"}]}'],
    "partial": [bytes([90, 120, 200, 255]) + zipped([("a/data.pkl", PAYLOAD), ("a/version", b"3\n"), ("a/data/0", bytes(8))]), bytes([60, 60, 60, 255]) + safetensors('{"a":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}}')],
    "coreml-mlpackage": [struct.pack("<II", 1, 2) + bytes(56) + struct.pack("<IIQQ", 0xDEADBEEF, 1, 8, 128) + bytes(48)],
}
# Targets that share the files of a format.
FORMATS = {"paddle-pickle": "paddle", "pickle-search": "pickle", "zip-directory": "torch-zip", "tar": "torch-tar", "any": None}
ENDINGS = {"gzip": (".gz", "bz2.joblib", "xz.joblib", "lz4.joblib", "zlib.joblib", "lzma.joblib")}


def targets():
    formats = {entry["format"] for _, entry in fixtures()}
    return sorted((formats | set(MADE) | set(FORMATS)) - {"torchscript"})


def main():
    if sys.argv[1] == "--list":
        print("\n".join(targets()))
        return
    target, out = sys.argv[1], Path(sys.argv[2])
    for number, seed in enumerate(MADE.get(target, []) + (MADE.get(FORMATS.get(target) or "", []))):
        (out / f"made-{number}").write_bytes(seed)
    wanted = FORMATS.get(target, target)
    for file, entry in fixtures():
        takes = target == "any" or entry["format"] == wanted or target == "torch-zip" and entry["format"] == "torchscript" or file.name.endswith(ENDINGS.get(target, ("\0",)))
        if takes and file.stat().st_size <= 65536:
            (out / f"fixture-{file.name}").write_bytes(file.read_bytes())


main()
