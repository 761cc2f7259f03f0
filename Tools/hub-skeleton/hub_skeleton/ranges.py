"""Sets of bytes, as pairs of the first and the one behind the last, in order and apart."""


def merged(ranges):
    out = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def missing(ranges, start, end):
    """What of `start..<end` is in none of `ranges`."""
    out = []
    for first, last in ranges:
        if last <= start:
            continue
        if first >= end:
            break
        if first > start:
            out.append((start, first))
        start = max(start, last)
    if start < end:
        out.append((start, end))
    return out


def count(ranges):
    return sum(end - start for start, end in ranges)
