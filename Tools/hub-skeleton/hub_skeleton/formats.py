"""What of a file has to be fetched so that its header can be read. Nothing here is run: pickles are told apart into opcodes and no more.

Each function takes pieces of a file, `pieces.at(start, count)`, which fetches what is not here yet.
"""

import io
import pickletools
import struct

HEAD = 64 << 10
# As much as openscan reads of a header.
LONGEST_HEADER = 32_000_000
# Streams that tell what loading would run.
LONGEST_PICKLE = 16 << 20
MOST_MEMBERS = 2000
TAIL = 66 << 10


def fetch(pieces):
    """The parts of a large file that its reader asks for."""
    head = pieces.at(0, HEAD)
    name = pieces.name.lower()
    if name.endswith(".safetensors") or is_safetensors(head):
        return safetensors(pieces)
    if head[:4] == b"GGUF":
        return gguf(pieces)
    if head[:4] == b"PK\x03\x04":
        return zipped(pieces)
    if head[:1] == b"\x80" and head[1:2] <= b"\x05":
        return pickles(pieces)
    if head[:4] == b"PAR1":
        return parquet(pieces)
    if head[:8] == b"\x89HDF\r\n\x1a\n" or name.endswith(".onnx"):
        pieces.at(0, 1 << 20)
    pieces.at(max(0, pieces.size - TAIL), TAIL)


def is_safetensors(head):
    return len(head) > 9 and head[8:9] == b"{" and head[5:8] == b"\0\0\0"


def safetensors(pieces):
    head = pieces.at(0, 8)
    if len(head) == 8:
        (length,) = struct.unpack("<Q", head)
        if length <= LONGEST_HEADER:
            pieces.at(0, 8 + length)


def gguf(pieces):
    """The header's length is written nowhere: more is fetched until it fits."""
    wanted = 256 << 10
    while True:
        data = pieces.at(0, wanted)
        if gguf_end(data) is not None or len(data) < wanted or wanted >= LONGEST_HEADER:
            return
        wanted = min(wanted * 4, LONGEST_HEADER)


SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


class Short(Exception):
    """The header goes on behind what is here."""


def gguf_end(data):
    """Where a header ends, the length of one that is none; `None` where it goes on behind `data`."""
    order = "<"
    place = 4

    def number(form):
        nonlocal place
        size = struct.calcsize(form)
        if place + size > len(data):
            raise Short
        (value,) = struct.unpack_from(order + form, data, place)
        place += size
        return value

    def skip(count):
        nonlocal place
        if count > len(data) - place:
            raise Short
        place += count

    def value(kind, depth):
        if kind in SIZES:
            skip(SIZES[kind])
        elif kind == 8:
            skip(number("Q"))
        elif kind == 9 and depth < 4:
            inner, count = number("I"), number("Q")
            if inner in SIZES:
                skip(SIZES[inner] * count)
            else:
                for _ in range(count):
                    value(inner, depth + 1)
        else:
            raise ValueError

    try:
        version = number("I")
        if version & 0xFFFF == 0:
            order = ">"
        tensors, pairs = number("Q"), number("Q")
        for _ in range(pairs):
            skip(number("Q"))
            value(number("I"), 0)
        for _ in range(tensors):
            skip(number("Q"))
            skip(8 * number("I"))
            skip(12)
        return place
    except Short:
        return None
    except ValueError:
        return len(data)


def pickles(pieces):
    """Streams in a row, as old checkpoints have them in front of their tensors; the rest is data."""
    wanted = HEAD
    while True:
        data = pieces.at(0, wanted)
        if len(data) < wanted or wanted >= LONGEST_PICKLE or streams_end(data) is not None:
            break
        wanted = min(wanted * 4, LONGEST_PICKLE)
    pieces.at(max(0, pieces.size - TAIL), TAIL)


def streams_end(data):
    """Where the streams at the beginning end; `None` where one goes on behind `data`."""
    source = io.BytesIO(data)
    while True:
        place = source.tell()
        if data[place:place + 1] != b"\x80" or data[place + 1:place + 2] > b"\x05":
            return place if place < len(data) else None
        try:
            for _ in pickletools.genops(source):
                pass
        except Exception:
            # Cut off, or no stream at all: a few bytes more tell.
            return None


def parquet(pieces):
    """The footer, whose length stands in front of the last four bytes."""
    tail = pieces.at(max(0, pieces.size - 8), 8)
    if len(tail) == 8 and tail[4:] == b"PAR1":
        (length,) = struct.unpack("<I", tail[:4])
        if length <= LONGEST_HEADER:
            start = max(0, pieces.size - 8 - length)
            pieces.at(start, pieces.size - start)


def zipped(pieces):
    """The directory at the end, and those members that say what the others are."""
    start = max(0, pieces.size - TAIL)
    tail = pieces.at(start, pieces.size - start)
    found = directory(tail, start, pieces)
    if found is None:
        return
    place, length = found
    if length > LONGEST_HEADER or place < 0 or place + length > pieces.size:
        return
    members = list(entries(pieces.at(place, length)))
    left = LONGEST_PICKLE
    for name, offset, size in members[:MOST_MEMBERS]:
        # Name and further fields stand in front of the data once more; torch fills up to 64 bytes.
        front = 30 + len(name) + 256
        wanted = member(name, size)
        if wanted is None:
            continue
        left -= front + wanted
        if left < 0:
            return
        if 0 <= offset < pieces.size:
            pieces.at(offset, front + wanted)


WHOLE = (b".pkl", b".pickle", b".joblib", b"version", b"byteorder", b"config.json", b"metadata.json", b"schema.json",
         b"manifest.json", b".data/serialization_id", b"archive_format", b"model.json")


def member(name, size):
    """Bytes that are wanted of a member; `None` where its place in the directory says enough."""
    name = name.lower()
    if name.endswith(WHOLE):
        return min(size, LONGEST_PICKLE)
    if name.endswith(b".npy"):
        return min(size, 1024)
    return None


def directory(tail, start, pieces):
    """Place and length of a zip's directory (APPNOTE 4.3.16 and 4.3.14)."""
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < 22:
        return None
    length, offset = struct.unpack_from("<II", tail, place + 12)
    end = start + place
    locator = pieces.at(max(0, end - 20), min(20, end))
    if locator[:4] == b"PK\x06\x07":
        (wide,) = struct.unpack_from("<Q", locator, 8)
        if wide + 56 > pieces.size:
            return None
        record = pieces.at(wide, 56)
        if record[:4] == b"PK\x06\x06":
            length, offset = struct.unpack_from("<QQ", record, 40)
    return offset, length


def entries(data):
    """Name, place and packed size of members."""
    place = 0
    while data[place:place + 4] == b"PK\x01\x02" and place + 46 <= len(data):
        size, expanded, name, extra, comment = struct.unpack_from("<IIHHH", data, place + 20)
        (offset,) = struct.unpack_from("<I", data, place + 42)
        more = place + 46 + name
        fields = data[more:more + extra]
        while len(fields) >= 4:
            kind, count = struct.unpack_from("<HH", fields)
            if kind == 1:
                values = iter(struct.unpack_from(f"<{min(count, len(fields) - 4) // 8}Q", fields, 4))
                if expanded == 0xFFFFFFFF:
                    next(values, None)
                if size == 0xFFFFFFFF:
                    size = next(values, size)
                if offset == 0xFFFFFFFF:
                    offset = next(values, offset)
            fields = fields[4 + count:]
        yield data[place + 46:more], offset, size
        place = more + extra + comment
