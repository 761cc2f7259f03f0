"""Files of weights with honest headers and no bytes behind them: the holes of a sparse file stand for the tensors."""
from __future__ import annotations

import json
import struct
import zlib
from functools import lru_cache
from typing import Iterable, NamedTuple

# A tensor's name, type and shape.
Tensor = tuple[str, str, list[int]]
BYTES = {"F32": 4, "F16": 2, "BF16": 2, "I64": 8, "U8": 1}


class Blob(NamedTuple):
    """What a file holds: bytes at offsets, holes between them, and its size."""

    parts: tuple[tuple[int, bytes], ...]
    size: int

    @property
    def head(self) -> bytes:
        return self.parts[0][1] if self.parts else b""


def plain(data: bytes | str) -> Blob:
    data = data.encode() if isinstance(data, str) else data
    return Blob(((0, data),), len(data))


def count(shape: Iterable[int]) -> int:
    number = 1
    for side in shape:
        number *= side
    return number


def safetensors(tensors: list[Tensor], metadata: dict[str, str] | None = None) -> Blob:
    words = [f'"__metadata__":{json.dumps(metadata)}'] if metadata else []
    offset = 0
    for name, kind, shape in tensors:
        end = offset + count(shape) * BYTES[kind]
        words.append(f'"{name}":{{"dtype":"{kind}","shape":{shape},"data_offsets":[{offset},{end}]}}')
        offset = end
    header = ("{" + ",".join(words) + "}").encode()
    header += b" " * (-len(header) % 8)
    head = struct.pack("<Q", len(header)) + header
    return Blob(((0, head),), len(head) + offset)


GGML = {"F32": (0, 1, 4), "F16": (1, 1, 2), "Q8_0": (8, 32, 34), "Q4_K": (12, 256, 144), "Q6_K": (14, 256, 210)}


def words(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def gguf_value(value: object) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<IB", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, list):
        return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(words, value))
    return struct.pack("<I", 8) + words(str(value))


def gguf(metadata: dict[str, object], tensors: list[Tensor]) -> Blob:
    out = [b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))]
    out += [words(key) + gguf_value(value) for key, value in metadata.items()]
    end = 0
    for name, kind, shape in tensors:
        number, block, size = GGML[kind]
        out.append(words(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, number, end))
        end += (count(shape) // block * size + 31) // 32 * 32
    head = b"".join(out)
    head += bytes(-len(head) % 32)
    return Blob(((0, head),), len(head) + end)


def torch_pickle(tensors: list[Tensor]) -> bytes:
    """The pickle of a dictionary of tensors, by the opcodes that torch.save writes."""
    def text(value: str) -> bytes:
        return b"X" + struct.pack("<I", len(value)) + value.encode()

    def numbers(values: list[int]) -> bytes:
        return b"(" + b"".join(b"J" + struct.pack("<i", n) for n in values) + b"t"

    out = [b"\x80\x02ccollections\nOrderedDict\n)R("]
    for place, (name, _, shape) in enumerate(tensors):
        strides = [count(shape[n + 1:]) for n in range(len(shape))]
        out += [text(name), b"ctorch._utils\n_rebuild_tensor_v2\n((", text("storage"), b"ctorch\nFloatStorage\n", text(str(place)),
                text("cpu"), b"J", struct.pack("<i", count(shape)), b"tQK\0", numbers(shape), numbers(strides),
                b"\x89ccollections\nOrderedDict\n)RtR"]
    return b"".join(out) + b"u."


@lru_cache(maxsize=None)
def zeros_checksum(size: int) -> int:
    return zlib.crc32(bytes(size))


def torch_zip(tensors: list[Tensor], name: str = "archive") -> Blob:
    """What torch.save writes: a stored zip of the pickle and a member for each storage, those as holes."""
    members: list[tuple[str, bytes | int]] = [(f"{name}/data.pkl", torch_pickle(tensors))]
    members += [(f"{name}/data/{n}", count(shape) * 4) for n, (_, _, shape) in enumerate(tensors)]
    members.append((f"{name}/version", b"3\n"))
    parts: list[tuple[int, bytes]] = []
    directory: list[bytes] = []
    offset = 0
    for path, data in members:
        size = data if isinstance(data, int) else len(data)
        crc = zeros_checksum(size) if isinstance(data, int) else zlib.crc32(data)
        fields = struct.pack("<HHHHHIII", 20 if size < 1 << 32 else 45, 0, 0, 0, 0x21, crc, size, size) + struct.pack("<HH", len(path), 0)
        directory.append(b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, offset) + path.encode())
        head = b"PK\x03\x04" + fields + path.encode()
        parts.append((offset, head if isinstance(data, int) else head + data))
        offset += len(head) + size
    tail = b"".join(directory)
    tail += b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(tail), offset, 0)
    parts.append((offset, tail))
    return Blob(tuple(parts), offset + len(tail))


def plain_pickle(module: str, name: str, fields: dict[str, int]) -> Blob:
    """An object of some class with numbers for its state: what joblib-less scikit-learn and training arguments come to."""
    state = b"".join(b"X" + struct.pack("<I", len(k)) + k.encode() + b"J" + struct.pack("<i", v) for k, v in fields.items())
    return plain(b"\x80\x02c" + f"{module}\n{name}\n".encode() + b")\x81}(" + state + b"ub.")


def layers(prefix: str, names: list[str], number: int, width: int, kind: str) -> list[Tensor]:
    return [(f"{prefix}.{layer}.{name}", kind, [width] if "norm" in name or "bias" in name else [width, width]) for layer in range(number) for name in names]
