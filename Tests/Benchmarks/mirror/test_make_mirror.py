#!/usr/bin/env python3
"""The same seed makes the same bytes whatever the processes, another seed others; the three layouts are judged the same.

    test_make_mirror.py BINARY
"""
from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

MAKER = Path(__file__).with_name("make_mirror.py")
RELEASES = 250


def expect(holds: object, words: object) -> None:
    if not holds:
        raise SystemExit(f"test_make_mirror: {words}")


def make(folder: Path, *words: str) -> Path:
    subprocess.run([sys.executable, MAKER, folder, "-n", str(RELEASES), *words], check=True, stdout=subprocess.DEVNULL)
    return folder


def digest(folder: Path) -> str:
    """Of all names, sizes and heads; what is behind a head is holes."""
    made = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        made.update(str(path.relative_to(folder)).encode())
        if path.is_file():
            with open(path, "rb") as file:
                made.update(str(path.stat().st_size).encode() + file.read(100_000))
    return made.hexdigest()


def verdicts(binary: Path, folder: Path) -> dict[str, str]:
    """What a batch says of each release, by the last part of its name."""
    done = subprocess.run([binary, "batch", folder, "--format", "jsonl"], capture_output=True, text=True)
    expect(done.returncode == 0, f"{folder.name}: exit code {done.returncode}: {done.stderr}")
    out = {}
    for line in done.stdout.splitlines():
        report = json.loads(line)
        name = report["release"]["name"].split("/")[-1].removesuffix(".tar")
        terms = sorted((part, term.get("expression"), term["basis"], term["open"]) for part, term in report["terms"].items())
        findings = sorted(f["id"] for a in report["artefacts"] for f in a["findings"])
        out[name] = repr((report["gradient"]["level"], terms, [(use["id"], use["answer"]) for use in report["use"]], sorted(f["id"] for f in report["flags"]), findings))
    return out


def main() -> None:
    expect(len(sys.argv) == 2, "test_make_mirror.py BINARY")
    binary = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="openscan-mirror-") as name:
        folder = Path(name)
        first = digest(make(folder / "tree", "--jobs", "1"))
        expect(first == digest(make(folder / "same", "--jobs", "3")), "two mirrors of one seed differ")
        expect(first != digest(make(folder / "other", "--seed", "2")), "another seed makes the same")
        room = sum(path.lstat().st_blocks * 512 for path in (folder / "tree").rglob("*")) / RELEASES
        expect(room < 42_000, f"a release takes {room / 1000:.0f} kB of disk")
        tree = verdicts(binary, folder / "tree")
        expect(len(tree) == RELEASES and len(set(tree.values())) > RELEASES / 10, f"{len(tree)} releases, {len(set(tree.values()))} different ones")
        for layout in ("cache", "archives"):
            other = verdicts(binary, make(folder / layout, "--layout", layout))
            expect(other.keys() == tree.keys(), f"{layout}: other releases: {sorted(other.keys() ^ tree.keys())[:3]}")
            different = [key for key in tree if other[key] != tree[key]]
            expect(not different, f"{layout}: other verdicts than in a tree: {[(key, tree[key], other[key]) for key in different[:1]]}; {len(different)} of {len(tree)}")
    print("test_make_mirror: the same bytes for a seed, the same verdicts in three layouts")


if __name__ == "__main__":
    main()
