#!/usr/bin/env python3
"""Runs openscan_spark.py on a cluster of two workers on this machine, kills one of them in the run, and reads the Parquet files back with DuckDB.

    test_spark.py BINARY

What is asserted: every release has one row, whatever happened to the worker that read it first; rows say what a plain batch says; a second run does
only the partitions that are missing, or whose list changed; the exported lines are those of a plain batch.
"""
from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator

import duckdb

from schema import COLUMNS, failure, strictest

HERE = Path(__file__).resolve().parent
MAKER = HERE.parents[1] / "Tests/Benchmarks/mirror/make_mirror.py"
RELEASES, PARTITIONS = 60, 6


def expect(holds: bool, words: object) -> None:
    if not holds:
        raise SystemExit(f"test_spark: {words}")


class Case:
    """A folder with a mirror, its list of releases, and a worker that takes a while to start."""

    def __init__(self, folder: Path, binary: Path) -> None:
        self.folder, self.binary, self.out = folder, binary, folder / "results"
        subprocess.run([sys.executable, MAKER, folder / "mirror", "-n", str(RELEASES)], check=True, stdout=subprocess.DEVNULL)
        strange = folder / "mirror/strange/pipe"
        strange.mkdir(parents=True)
        os.mkfifo(strange / "model.safetensors")
        (strange / "README.md").write_text("# Nothing comes out of this\n")
        self.paths = sorted(map(str, (folder / "mirror").glob("*/*"))) + [str(folder / "no/such release")]
        self.list = folder / "paths.txt"
        self.write(self.paths)
        # Slow enough to be met while it works, and it tells of each start.
        self.slow = folder / "slow-openscan"
        self.slow.write_text(f"#!/bin/sh\necho $$ >> {folder}/starts\nsleep 1\nexec {binary} \"$@\"\n")
        self.slow.chmod(0o755)

    def write(self, paths: list[str]) -> None:
        self.list.write_text("".join(path + "\n" for path in paths))

    def start(self, master: str, *words: str) -> subprocess.Popen[str]:
        # Short runs: a compiler that is quick, no pages.
        environment = os.environ | {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1", "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
        settings = ["spark.ui.enabled=false", "spark.sql.codegen.wholeStage=false", "spark.sql.shuffle.partitions=2", "spark.executor.heartbeatInterval=2s", f"spark.local.dir={self.folder}"]
        command = [Path(sys.executable).with_name("spark-submit"), "--master", master, *(word for setting in settings for word in ("--conf", setting)),
                   "--py-files", HERE / "schema.py", HERE / "openscan_spark.py", "--out", self.out, "--partitions", str(PARTITIONS), *words]
        return subprocess.Popen([str(word) for word in command], env=environment, cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=open(self.folder / "log", "a"))

    def finish(self, run: subprocess.Popen[str]) -> str:
        out, _ = run.communicate(timeout=240)
        expect(run.returncode == 0, f"spark-submit ended with {run.returncode}:\n{out}\n{(self.folder / 'log').read_text()[-3000:]}")
        return out

    def plain(self) -> dict[str, str]:
        """Lines of a batch without Spark, by their paths."""
        done = subprocess.run([self.binary, "batch", "--stdin", "--format", "jsonl"], input=self.list.read_text(), text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return {json.loads(line)["release"]["path"]: line for line in done.stdout.splitlines()}

    def rows(self, columns: str) -> list[tuple[object, ...]]:
        return duckdb.sql(f"SELECT {columns} FROM read_parquet('{self.out}/part=*/*.parquet', hive_partitioning = true)").fetchall()

    def files(self) -> dict[str, set[str]]:
        return {folder.name: {file.name for file in folder.glob("*.parquet")} for folder in self.out.glob("part=*")}


def parents() -> dict[int, tuple[int, str]]:
    """Of each process its parent and its command."""
    out: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            out[int(entry.name)] = (parent, (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except (FileNotFoundError, ProcessLookupError, ValueError):
            continue
    return out


def line_of(process: int, known: dict[int, tuple[int, str]]) -> Iterator[int]:
    while process in known:
        yield process
        process = known[process][0]


def kill_one(case: Case, run: subprocess.Popen[str]) -> int:
    """Kills the Spark worker that one of our pipes belongs to, while that pipe has releases to read."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and run.poll() is None:
        starts = (case.folder / "starts").read_text().split() if (case.folder / "starts").exists() else []
        # The first start is the question for the version.
        for pipe in map(int, starts[1:]):
            known = parents()
            for process in line_of(pipe, known):
                if "CoarseGrainedExecutorBackend" in known[process][1] and run.pid in line_of(process, known):
                    os.kill(process, signal.SIGKILL)
                    return process
        time.sleep(0.05)
    raise SystemExit(f"test_spark: no worker was met at work\n{(case.folder / 'log').read_text()[-3000:]}")


def compare(case: Case) -> None:
    """Rows are what a plain batch says."""
    plain = case.plain()
    names = ", ".join(name for name, _, _ in COLUMNS)
    rows = {row[1]: dict(zip([name for name, _, _ in COLUMNS], row)) for row in case.rows(names)}
    expect(len(case.rows("location")) == len(case.paths), f"{len(case.rows('location'))} rows for {len(case.paths)} releases")
    expect(set(rows) == set(case.paths) == set(plain), f"releases differ: {set(rows) ^ set(case.paths)}")
    for path, line in plain.items():
        row, report = rows[path], json.loads(line)
        expect(row["report"] == line, f"{path}: the report is another than that of a plain batch")
        expect(row["level"] == report["gradient"]["level"] and row["rank"] == report["gradient"].get("rank"), f"{path}: level {row['level']}")
        expect(row["use"] == strictest(report["use"]), f"{path}: use {row['use']}")
        expect(row["flags"] == sorted({flag["id"] for flag in report["flags"]}), f"{path}: flags {row['flags']}")
        expect(row["weights_expression"] == (report["terms"].get("weights") or {}).get("expression"), f"{path}: terms {row['weights_expression']}")
        expect(row["error"] == failure(report), f"{path}: error {row['error']}")
    unread = [path for path, row in rows.items() if row["error"]]
    expect(unread == [case.paths[-1]], f"could not be read: {unread}")
    expect(len({row["level"] for row in rows.values()}) > 1 and any(row["flags"] for row in rows.values()), "rows tell nothing")


def documented() -> None:
    """The README names every column and its type."""
    words = (HERE.parent / "README.md").read_text()
    for name, _, _ in COLUMNS:
        expect(f"`{name}`" in words, f"column {name} is not in the README")


def run(case: Case) -> None:
    documented()
    first = case.start("local-cluster[2,1,1024]", "--locations", str(case.list), "--openscan", str(case.slow), "--wave", "4")
    killed = kill_one(case, first)
    out = case.finish(first)
    expect(f"{len(case.paths)} releases under" in out and "1 of which could not be read" in out, out)
    expect("exit code 137" in (case.folder / "log").read_text() or "Lost executor" in (case.folder / "log").read_text(), f"Spark did not notice that {killed} was killed")
    compare(case)

    # A partition that went missing, and one whose list changed: a path goes, its partition is done anew, all others stay.
    before = case.files()
    shutil.rmtree(case.out / sorted(before)[0])
    gone, part = next((path, f"part={part}") for path, part in case.rows("location, part") if f"part={part}" != sorted(before)[0])
    case.paths.remove(str(gone))
    case.write(case.paths)
    out = case.finish(case.start("local[2]", "--locations", str(case.list), "--openscan", str(case.binary), "--export", str(case.folder / "lines")))
    expect("2 of them to do" in out, out)
    after = case.files()
    expect({name for name in before if before[name] != after.get(name)} == {sorted(before)[0], part}, f"written anew: {before} {after}")
    compare(case)
    lines = [line for file in (case.folder / "lines").glob("*.gz") for line in gzip.open(file, "rt").read().splitlines()]
    expect(sorted(lines) == sorted(case.plain().values()), "exported lines are others than those of a plain batch")


def main() -> None:
    expect(len(sys.argv) == 2, "test_spark.py BINARY")
    with tempfile.TemporaryDirectory(prefix="openscan-spark-") as folder:
        run(Case(Path(folder), Path(sys.argv[1]).resolve()))
    print("test_spark: one worker of two was killed, and every release has its row")


if __name__ == "__main__":
    main()
