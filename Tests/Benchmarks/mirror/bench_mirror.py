#!/usr/bin/env python3
"""Speed of openscan on whole mirrors beside the plain tools, all in one run.

    bench_mirror.py BINARY [--sizes 1000,10000,100000] [--work DIR] [--jobs N] [--cold] [--json FILE]

For each size a mirror is made, and measured one after the other: `find -type f`; a C loop on one core that walks it, opens each file and reads
4 kB (a Python loop where there is no C compiler, which is said); the first scan into a store; the scan of the same once more; the scan after 1 %
of the releases changed; and judging what is stored anew. Files are in the page cache for all of them, which is hard on us: nothing hides behind
the disk. With --cold (as root) the caches of the whole machine are dropped before the loop and before the first scan.
Wall seconds tell little where other work shares the machine; CPU seconds stand beside them, and aims are measured in both.
"""
from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from running import Cost, measure

MAKER = Path(__file__).with_name("make_mirror.py")
C_LOOP = r"""
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <unistd.h>
int main(int argc, char **argv) {
    static char buffer[4096];
    long files = 0, bytes = 0;
    FTS *walk = fts_open(argv + 1, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
    for (FTSENT *entry; walk && (entry = fts_read(walk));) {
        if (entry->fts_info != FTS_F && entry->fts_info != FTS_NSOK) continue;
        int handle = open(entry->fts_accpath, O_RDONLY);
        if (handle < 0) continue;
        long got = read(handle, buffer, sizeof buffer);
        close(handle);
        files++;
        bytes += got > 0 ? got : 0;
    }
    fprintf(stderr, "%ld files, %ld bytes\n", files, bytes);
    return walk == NULL;
}
"""
PYTHON_LOOP = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        handle = os.open(os.path.join(folder, name), os.O_RDONLY)
        os.read(handle, 4096)
        os.close(handle)
"""
# What issue and README promise.
FIRST_TO_LOOP, AGAIN_TO_FIND, REJUDGED_SECONDS, MEMORY, FLAT, STORE = 4.0, 2.0, 60.0, 300.0, 0.20, 40.0


class Aim(NamedTuple):
    words: str
    value: float
    limit: float
    unit: str

    def line(self) -> str:
        return f"| {self.words:62} | {self.value:9.2f} {self.unit:3} | {self.limit:6.0f} {self.unit:3} | {'met' if self.value <= self.limit else 'missed':6} |"


class Rates(NamedTuple):
    """What one size came to."""

    releases: int
    files: int
    find: Cost
    loop: Cost
    first: Cost
    again: Cost
    changed: Cost
    rejudged: Cost
    store_bytes: int


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--sizes", default="1000,10000", help="numbers of releases, the smallest first (1000,10000)")
    parser.add_argument("--work", type=Path, help="a folder with 40 kB of room for each release; one in the system's place for such by default")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cold", action="store_true", help="drop the caches of the machine before the loop and the first scan")
    parser.add_argument("--json", type=Path, help="the figures as a file besides")
    return parser.parse_args()


def loop_command(work: Path) -> list[str]:
    if not shutil.which("cc"):
        print("no C compiler: the loop is one of Python, some four times slower than C; ratios look better than they are")
        return [sys.executable, "-c", PYTHON_LOOP]
    (work / "loop.c").write_text(C_LOOP)
    subprocess.run(["cc", "-O2", "-o", work / "loop", work / "loop.c"], check=True)
    return [str(work / "loop")]


def drop_caches() -> None:
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3")
    except OSError as error:
        raise SystemExit(f"--cold needs root and a kernel of one's own: {error}")


def best(command: list[str | Path], runs: int) -> Cost:
    return min((checked(command) for _ in range(runs)), key=lambda cost: cost.wall)


def checked(command: list[str | Path]) -> Cost:
    cost = measure(command)
    if cost.code:
        raise SystemExit(f"{' '.join(map(str, command))} ended with exit code {cost.code}:\n{cost.err[-2000:]}")
    return cost


def stored(store: Path) -> int:
    """Releases that a store tells of."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM releases").fetchone()[0])


def store_size(store: Path) -> int:
    return sum(path.stat().st_size for path in store.parent.glob(store.name + "*"))


def expect(store: Path, wanted: int, after: str) -> None:
    have = stored(store)
    if have != wanted:
        raise SystemExit(f"after {after} the store tells of {have} releases, not of {wanted}: the figures would mean nothing")


def change(mirror: Path, share: int = 100) -> int:
    """Adds a line to the card of each hundredth release."""
    done = 0
    for number, card in enumerate(sorted(mirror.glob("*/*/README.md"))):
        if number % share == 0:
            with open(card, "a") as file:
                file.write("\nThis card has a line more than it had.\n")
            done += 1
    return done


def row(size: int, what: str, cost: Cost, beside: Cost | None = None) -> None:
    ratios = "" if beside is None else f"{cost.wall / beside.wall:.2f} / {cost.cpu / max(beside.cpu, 1e-3):.2f}"
    print(f"| {size:7} | {what:24} | {cost.wall:8.2f} | {cost.cpu:8.2f} | {cost.cpu / size * 1000:9.3f} | {cost.parent:6.0f} | {cost.workers:7.0f} | {ratios:15} |", flush=True)


def bench(size: int, work: Path, wanted: argparse.Namespace) -> Rates:
    mirror, store = work / f"mirror-{size}", work / f"store-{size}.sqlite"
    subprocess.run([sys.executable, MAKER, mirror, "-n", str(size), "--jobs", str(wanted.jobs)], check=True, stdout=subprocess.DEVNULL)
    files = sum(len(names) for _, _, names in os.walk(mirror))
    batch: list[str | Path] = [wanted.binary.resolve(), "batch", mirror, "--store", store, "--jobs", str(wanted.jobs)]
    loop_words = loop_command(work)
    find = best(["find", mirror, "-type", "f"], 3)
    row(size, "find -type f", find)
    if wanted.cold:
        drop_caches()
    loop = best([*loop_words, mirror], 1 if wanted.cold else 3)
    row(size, "read 4 kB of each file", loop, find)
    if wanted.cold:
        drop_caches()
    first = checked(batch)
    row(size, "first scan", first, loop)
    expect(store, size, "the first scan")
    again = best(batch, 2)
    row(size, "scan again, unchanged", again, find)
    number = change(mirror)
    changed = checked(batch)
    row(size, f"scan again, {number} changed", changed, find)
    expect(store, size, "the scan of what changed")
    rejudged = checked([wanted.binary.resolve(), "batch", "--rejudge", "--store", store, "--jobs", str(wanted.jobs)])
    row(size, "judge anew", rejudged)
    return Rates(size, files, find, loop, first, again, changed, rejudged, store_size(store))


def aims(rates: list[Rates], jobs: int) -> list[Aim]:
    out: list[Aim] = []
    for rate in rates:
        size = f"{rate.releases:,}: "
        out += [
            Aim(size + "first scan to the loop, CPU", rate.first.cpu / rate.loop.cpu, FIRST_TO_LOOP, "x"),
            Aim(size + f"first scan to the loop, wall on {jobs} cores x cores", rate.first.wall * jobs / rate.loop.wall, FIRST_TO_LOOP, "x"),
            Aim(size + "unchanged scan to find, wall", rate.again.wall / rate.find.wall, AGAIN_TO_FIND, "x"),
            Aim(size + "unchanged scan to find, CPU", rate.again.cpu / rate.find.cpu, AGAIN_TO_FIND, "x"),
            Aim(size + "judging 100,000 anew, wall", rate.rejudged.wall / rate.releases * 100_000, REJUDGED_SECONDS, "s"),
            Aim(size + f"judging 100,000 anew, CPU on {jobs} cores", rate.rejudged.cpu / jobs / rate.releases * 100_000, REJUDGED_SECONDS, "s"),
            Aim(size + "memory, parent and workers", max(c.memory for c in (rate.first, rate.again, rate.changed, rate.rejudged)), MEMORY, "MB"),
            Aim(size + "store for a release", rate.store_bytes / rate.releases / 1000, STORE, "kB"),
        ]
    spread = [rate.first.cpu / rate.releases for rate in rates]
    if len(spread) > 1:
        out.append(Aim("CPU for a release, the dearest size to the cheapest, over 1", (max(spread) / min(spread) - 1) * 100, FLAT * 100, "%"))
    return out


def figures(rates: list[Rates]) -> list[dict[str, object]]:
    costs = ("find", "loop", "first", "again", "changed", "rejudged")
    return [{"releases": rate.releases, "files": rate.files, "storeBytes": rate.store_bytes}
            | {name: {"wall": getattr(rate, name).wall, "cpu": getattr(rate, name).cpu, "parentMB": getattr(rate, name).parent, "workersMB": getattr(rate, name).workers} for name in costs}
            for rate in rates]


def main() -> None:
    wanted = arguments()
    sizes = [int(size) for size in wanted.sizes.split(",")]
    work = Path(tempfile.mkdtemp(prefix="bench-", dir=wanted.work))
    try:
        print(f"{wanted.jobs} at a time; load of the machine at the start {os.getloadavg()[0]:.1f}; {'cold' if wanted.cold else 'warm'} caches; ratios are wall / CPU, to the loop or to find")
        print(f"| {'number':>7} | {'what':24} | {'wall s':>8} | {'CPU s':>8} | {'CPU ms/r.':>9} | {'MB':>6} | {'workers':>7} | {'ratio':15} |")
        print("|" + "|".join("-" * n for n in (9, 26, 10, 10, 11, 8, 9, 17)) + "|")
        rates = []
        for size in sizes:
            rates.append(bench(size, work, wanted))
            shutil.rmtree(work / f"mirror-{size}")
        print(f"\n| {'aim':62} | {'measured':>13} | {'aim':>10} | {'':6} |\n|{'-' * 64}|{'-' * 15}|{'-' * 12}|{'-' * 8}|")
        for aim in aims(rates, wanted.jobs):
            print(aim.line())
        if wanted.json:
            wanted.json.write_text(json.dumps(figures(rates), indent=1) + "\n")
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
