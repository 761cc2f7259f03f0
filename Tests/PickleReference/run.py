"""Programs and what CPython would do with them.

run.py SEED COUNT            writes programs with both readings, for the test of the machine (`PickleReferenceTests`)
run.py --check SEED COUNT    holds the readings against the unpicklers of this Python, program by program
"""

import struct
import sys
from collections import Counter

import real
from programs import program
from reading import read
from values import shown

FLAVOURS = ["python", "file", "loads"]


def lines(reading):
    """A reading in lines: how it ended, what happened, and what is left where it came to STOP."""
    yield ("stopped" if reading.has_stopped else "broken",)
    yield from dict.fromkeys(reading.events)
    if reading.has_stopped:
        yield ("result", shown(reading.result))
        for index, value in reading.memo.items():
            yield ("memo", str(index), shown(value))


def write(seed, count):
    out = sys.stdout.buffer
    for number in range(seed, seed + count):
        data = program(number)
        texts = ["\n".join("\t".join(line) for line in lines(read(data, flavour))) for flavour in FLAVOURS]
        for part in [data, *(text.encode() for text in texts)]:
            out.write(struct.pack("<I", len(part)) + part)


def check(seed, count):
    seen = Counter()
    for number in range(seed, seed + count):
        data = program(number)
        for flavour in FLAVOURS:
            reading = read(data, flavour)
            # No file is read with a line that has no end; C's memo takes memory up to the highest number.
            if flavour == "loads" and reading.has_cut_line or max(reading.memo, default=0) > 10_000 or reading.is_large:
                seen[flavour, "unchecked", "broken"] += 1
                continue
            events, has_stopped, result, memo = real.load(data, flavour)
            same = events == reading.events and has_stopped == reading.has_stopped
            if same and has_stopped:
                same = shown(result) == shown(reading.result) and {key: shown(value) for key, value in memo.items()} == {
                    key: shown(value) for key, value in reading.memo.items()
                }
            seen[flavour, "same" if same else "different", "stopped" if has_stopped else "broken"] += 1
            if not same and seen[flavour, "shown"] < 5:
                seen[flavour, "shown"] += 1
                print(flavour, number, data, "\n  real   ", events, has_stopped, shown(result), "\n  reading", reading.events,
                    reading.has_stopped, shown(reading.result), file=sys.stderr)
    print(dict(seen))
    return 1 if any(key[1] == "different" for key in seen) else 0


if __name__ == "__main__":
    isCheck = sys.argv[1] == "--check"
    seed, count = (int(argument) for argument in sys.argv[2 if isCheck else 1 :])
    sys.exit(check(seed, count) if isCheck else write(seed, count))
