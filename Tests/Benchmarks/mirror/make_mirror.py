#!/usr/bin/env python3
"""Makes a synthetic mirror: N releases as they lie on a hub's mirror, weights as sparse files with honest headers.

    make_mirror.py DIR -n 1000 [--seed 1] [--layout tree|cache|archives] [--jobs CORES]

The same seed and number make the same bytes. shares.py says what a mirror is made up of, and after which sources. Licence texts come
from the packages that `make pinned` fetches, at this moment.
"""
from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter

import texts
from layouts import LAYOUTS
from releases import Maker

SLICE = 200


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", metavar="DIR", help="a folder that is not there yet, or an empty one")
    parser.add_argument("-n", type=int, default=1000, metavar="N", help="releases (1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="tree")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    return parser.parse_args()


_maker: Maker
_root: str
_layout: str


def prepare(maker: Maker, root: str, layout: str) -> None:
    """In each process once."""
    global _maker, _root, _layout
    _maker, _root, _layout = maker, root, layout


def write_slice(start: int) -> tuple[Counter[str], int]:
    """Some releases in a row: their kinds, and the number of their files."""
    kinds: Counter[str] = Counter()
    files = 0
    for number in range(start, min(start + SLICE, _maker.total)):
        release = _maker.release(number)
        LAYOUTS[_layout](_root, release)
        kinds[release.kind] += 1
        files += len(release.files)
    return kinds, files


def make(folder: str, number: int, seed: int = 1, layout: str = "tree", jobs: int = 1) -> tuple[Counter[str], int]:
    """Writes a mirror and counts it."""
    known = texts.read()
    if len(known) == 1:
        print("make_mirror: the packages of licence texts are not at hand (make pinned); licences other than Apache-2.0 are made up", file=sys.stderr)
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        raise SystemExit(f"make_mirror: {folder} is not empty; name another folder or remove it first")
    maker, kinds, files = Maker(seed, number, known), Counter[str](), 0
    with multiprocessing.get_context("fork").Pool(jobs, prepare, (maker, folder, layout)) as pool:
        for part, count in pool.imap_unordered(write_slice, range(0, number, SLICE)):
            kinds += part
            files += count
    if layout == "cache":
        with open(f"{folder}/version.txt", "w") as file:
            file.write("1")
    return kinds, files


def main() -> None:
    wanted = arguments()
    if wanted.n < 1 or wanted.jobs < 1:
        raise SystemExit("make_mirror: -n and --jobs take a number from 1 up")
    start = time.monotonic()
    kinds, files = make(wanted.folder, wanted.n, wanted.seed, wanted.layout, wanted.jobs)
    shares = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    print(f"{wanted.n} releases, {files} files in {time.monotonic() - start:.0f} s under {wanted.folder}: {shares}")


if __name__ == "__main__":
    main()
