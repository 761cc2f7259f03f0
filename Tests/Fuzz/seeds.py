#!/usr/bin/env python3
"""Writes seeds for a fuzz target: seeds.py TARGET FOLDER."""
import json, struct, sys
from pathlib import Path

target, out = sys.argv[1], Path(sys.argv[2])


def safetensors(header):
    text = header.encode()
    return struct.pack("<Q", len(text)) + text + bytes(32)


def string(s):
    return struct.pack("<Q", len(s)) + s.encode()


SEEDS = {
    "safetensors": [safetensors(h) for h in (
        '{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"v":{"dtype":"BF16","shape":[8],"data_offsets":[16,32]}}',
        '{ "w" : {"shape":[1], "dtype":"I8", "data_offsets":[0,1]} }', "{}", '{"a\\"b":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"x":[{"y":1}]}')],
    "gguf": [
        b"GGUF" + struct.pack("<IQQ", 3, 1, 2) + string("general.name") + struct.pack("<I", 8) + string("x") + string("t") + struct.pack("<IIQ", 9, 8, 2) + string("a") + string("b")
        + string("w") + struct.pack("<IQQIQ", 2, 32, 2, 2, 0) + bytes(200),
        b"GGUF" + struct.pack(">IQQ", 2, 0, 0), b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + string("k") + struct.pack("<IIQIQ", 9, 9, 1, 4, 3) + bytes(12)],
    "json": [b'{"a":[1,-2.5e3,true,null,"x\\u00e9\\ud83d\\ude00"],"b":{"c":{}}}', b"[[[[]]]]"],
    "index": [json.dumps({"metadata": {"total_size": 3}, "weight_map": {"a": "m-00001-of-00002.safetensors", "b": "../x"}}).encode()],
}
for number, seed in enumerate(SEEDS[target]):
    (out / f"seed-{number}").write_bytes(seed)
