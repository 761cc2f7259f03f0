#!/usr/bin/env python3
"""Runs the recipe for GNU parallel on a small mirror, ends it in the middle, goes on, and takes the lines up into a store.

    test_shards.py BINARY
"""
from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAKER = HERE.parents[1] / "Tests/Benchmarks/mirror/make_mirror.py"
RELEASES, SHARDS = 60, 5


def expect(holds: bool, words: object) -> None:
    if not holds:
        raise SystemExit(f"test_shards: {words}")


def recipe(folder: Path, program: Path) -> subprocess.Popen[bytes]:
    """As the README has it, on this machine alone; a session of its own, so that all of it can be ended."""
    words = ["parallel", "--will-cite", "--jobs", "2", "--retries", "2", "--joblog", folder / "joblog", "--resume-failed",
             HERE / "scan-shard", "{}", str(SHARDS), folder / "mirror", folder / "lines", "--jobs", "1", ":::", *map(str, range(SHARDS))]
    environment = os.environ | {"OPENSCAN": str(program)}
    return subprocess.Popen([str(word) for word in words], env=environment, start_new_session=True, stderr=subprocess.PIPE)


def end_in_the_middle(folder: Path, slow: Path) -> None:
    """Ends everything when some shards are there and some are not."""
    run = recipe(folder, slow)
    deadline = time.monotonic() + 60
    while not 0 < len(list((folder / "lines").glob("*.jsonl.gz"))) < SHARDS and time.monotonic() < deadline and run.poll() is None:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    done = len(list((folder / "lines").glob("*.jsonl.gz")))
    expect(0 < done < SHARDS, f"{done} shards of {SHARDS} were there when the recipe was ended")


def lines(folder: Path) -> dict[str, str]:
    out: dict[str, str] = {}
    for file in sorted((folder / "lines").glob("*.jsonl.gz")):
        for line in gzip.open(file, "rt").read().splitlines():
            path = json.loads(line)["release"]["path"]
            expect(path not in out, f"{path} is in two shards")
            out[path] = line
    return out


def run(folder: Path, binary: Path) -> None:
    subprocess.run([sys.executable, MAKER, folder / "mirror", "-n", str(RELEASES)], check=True, stdout=subprocess.DEVNULL)
    (folder / "mirror/strange").mkdir()
    (folder / "mirror/strange/broken.tar.gz").write_bytes(b"this is no archive")
    slow = folder / "slow-openscan"
    slow.write_text(f"#!/bin/sh\nsleep 0.5\nexec {binary} \"$@\"\n")
    slow.chmod(0o755)
    end_in_the_middle(folder, slow)
    again = recipe(folder, binary)
    _, err = again.communicate(timeout=120)
    expect(again.returncode == 0, f"parallel ended with {again.returncode}: {err.decode()}")
    whole = subprocess.run([binary, "batch", folder / "mirror", "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    plain = {json.loads(line)["release"]["path"]: line for line in whole.stdout.splitlines()}
    found = lines(folder)
    expect(len(list((folder / "lines").glob("*.jsonl.gz"))) == SHARDS and found == plain, f"{len(found)} lines in shards, {len(plain)} in one run")
    store = folder / "mirror.sqlite"
    done = subprocess.run([binary, "batch", "--store", store, "--import", *sorted((folder / "lines").glob("*.jsonl.gz"))], stderr=subprocess.PIPE, text=True)
    expect(done.returncode in (0, 3), f"--import ended with {done.returncode}: {done.stderr}")
    import sqlite3
    with sqlite3.connect(store) as database:
        count = database.execute("SELECT count(*) FROM releases").fetchone()[0]
    expect(count == len(plain), f"the store has {count} releases of {len(plain)}")


def main() -> None:
    expect(len(sys.argv) == 2, "test_shards.py BINARY")
    with tempfile.TemporaryDirectory(prefix="openscan-shards-") as folder:
        run(Path(folder), Path(sys.argv[1]).resolve())
    print(f"test_shards: {SHARDS} shards, ended in the middle and gone on, have the lines of one run")


if __name__ == "__main__":
    main()
