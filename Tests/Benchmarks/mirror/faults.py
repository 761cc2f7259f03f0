#!/usr/bin/env python3
"""What may go wrong while a mirror is scanned into a store, done on purpose.

    faults.py BINARY [--only kills,full-disk] [--kills 50] [--releases 300] [--seed 1]

Each case asserts the exit code, the words on standard error and what the store holds afterwards: what was kept before stays, and in the end
the store tells what that of an undisturbed run tells. A case that this machine does not allow (no mount, no root) is left out, and that is said;
with CI=true it fails.
"""
from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Callable, NamedTuple, Sequence

MAKER = Path(__file__).with_name("make_mirror.py")
NOBODY = 65534
# Longer than any of these runs takes; a run that hangs is a finding.
PATIENCE = 180
# What a store tells, without its own numbers and times: query by name.
TOLD = {
    "releases": "SELECT location, name, kind, level, rank, open_source, sentence, weights_licence, weights_basis, weights_open, files, bytes, parameters, error_code, flags, is_gone FROM releases",
    "flags": "SELECT location, flag, severity, title, reason, place FROM flags",
    "terms": "SELECT location, part, expression, basis, category, is_open, place FROM terms_by_part",
    "uses": "SELECT location, \"use\", part, answer, reason FROM use_answers",
}


class Failed(Exception):
    pass


class LeftOut(Exception):
    pass


def expect(holds: object, words: object) -> None:
    if not holds:
        raise Failed(str(words))


class Run(NamedTuple):
    code: int
    out: str
    err: str

    def check(self, codes: Sequence[int], *words: str) -> Run:
        expect(self.code in codes, f"exit code {self.code}, not one of {list(codes)}: {self.err[-1500:]}")
        for word in words:
            expect(word in self.err, f"{word!r} is not in what it says: {self.err[-1500:]}")
        return self


class Ground:
    """A mirror, a place for stores, and what an undisturbed run makes of it."""

    def __init__(self, folder: Path, binary: Path, releases: int, seed: int) -> None:
        self.folder, self.binary, self.number, self.seed = folder, binary, releases, seed
        self.mirror = folder / "mirror"
        subprocess.run([sys.executable, MAKER, self.mirror, "-n", str(releases), "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
        self.seconds = 0.0
        self.undisturbed: dict[str, list[tuple[object, ...]]] = {}

    def command(self, store: Path, *words: str, mirror: Path | None = None) -> list[str]:
        return [str(self.binary), "batch", str(mirror or self.mirror), "--store", str(store), "--jobs", "2", *words]

    def run(self, store: Path, *words: str, mirror: Path | None = None, before: Sequence[str] = ()) -> Run:
        done = subprocess.run([*before, *self.command(store, *words, mirror=mirror)], capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
        return Run(done.returncode, done.stdout, done.stderr)

    def start(self, store: Path, *words: str, mirror: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(self.command(store, *words, mirror=mirror), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)

    def reference(self) -> dict[str, list[tuple[object, ...]]]:
        """What an undisturbed run tells of the mirror; made once."""
        if not self.undisturbed:
            store = self.folder / "undisturbed.sqlite"
            start = time.monotonic()
            self.run(store).check([0])
            self.seconds = time.monotonic() - start
            self.undisturbed = told(store)
            expect(len(self.undisturbed["releases"]) == self.number, f"an undisturbed run keeps {len(self.undisturbed['releases'])} releases of {self.number}")
        return self.undisturbed

    def place(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder

    def same(self, store: Path) -> None:
        compare(told(store), self.reference())


def told(store: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(store, timeout=20)) as database:
        return {name: sorted(database.execute(query).fetchall(), key=repr) for name, query in TOLD.items()}


def compare(here: dict[str, list[tuple[object, ...]]], there: dict[str, list[tuple[object, ...]]]) -> None:
    for name, rows in there.items():
        if here[name] != rows:
            other = [row for row in here[name] if row not in rows][:2] + ["..."] + [row for row in rows if row not in here[name]][:2]
            raise Failed(f"{name} differ from those of an undisturbed run ({len(here[name])} and {len(rows)} rows): {other}")


def sound(store: Path) -> set[str]:
    """Whether SQLite finds the store whole; the releases that it tells of."""
    with closing(sqlite3.connect(store, timeout=20)) as database:
        expect(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the store is damaged")
        expect(database.execute("PRAGMA foreign_key_check").fetchall() == [], "rows of the store belong to nothing")
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'releases'").fetchall():
            return set()
        return {location for (location,) in database.execute("SELECT location FROM releases")}


# Cases


def kills(ground: Ground, number: int) -> str:
    """kill -9 at random moments; what was kept stays, and the end is the same."""
    ground.reference()
    chance, place = random.Random(ground.seed), ground.place("kills")
    store, rounds, kept, met, seconds = place / "0.sqlite", 0, set[str](), 0, ground.seconds
    for _ in range(number * 5):
        run, start = ground.start(store), time.monotonic()
        try:
            run.wait(chance.random() * seconds * 0.6)
            # Too late, since less was left to do or the machine has more time for it.
            seconds = max(0.2, min(seconds, (time.monotonic() - start) * 1.5))
        except subprocess.TimeoutExpired:
            met += 1
        run.kill()
        run.communicate()
        children_are_gone(run.pid)
        now = sound(store) if store.exists() else set()
        expect(kept <= now, f"after kill {met} the store has lost {sorted(kept - now)[:3]}")
        kept = now
        if met == number:
            break
        if len(kept) == ground.number:
            rounds += 1
            ground.run(store).check([0])
            ground.same(store)
            store, kept, seconds = place / f"{rounds}.sqlite", set(), ground.seconds
    ground.run(store).check([0])
    ground.same(store)
    expect(met == number, f"only {met} of {number} kills met a run at work")
    return f"{met} met a run at work, {rounds + 1} stores finished"


def children_are_gone(pid: int) -> None:
    """Workers of a parent that was killed end by themselves."""
    deadline = time.monotonic() + 10
    while any(parent == pid for parent in map(parent_of, processes())):
        expect(time.monotonic() < deadline, "workers go on after their parent was killed")
        time.sleep(0.01)


def processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return -1


def full_disk(ground: Ground) -> str:
    """No room for the store, and more room later."""
    place = ground.place("full")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True).returncode:
        raise LeftOut("a small disk cannot be mounted here (root and the right to mount are needed)")
    try:
        store = place / "mirror.sqlite"
        ground.run(store).check([3], "no room")
        kept = sound(store)
        ground.run(store).check([3], "no room")
        expect(kept <= sound(store), "a second try on the full disk lost what the first had kept")
        subprocess.run(["mount", "-o", "remount,size=200m", place], check=True)
        ground.run(store).check([0])
        ground.same(store)
    finally:
        subprocess.run(["umount", place], check=True)
    return f"{len(kept)} of {ground.number} releases were kept before the disk was full"


def unreadable(ground: Ground) -> str:
    """Folders and files that the user must not read, as somebody who is not root."""
    place = ground.place("unreadable")
    mirror = place / "mirror"
    for name in ("open", "shut", "half"):
        (mirror / "org" / name).mkdir(parents=True)
        (mirror / "org" / name / "README.md").write_text(f"---\nlicense: mit\n---\n# {name}\n")
    (mirror / "org/half/LICENSE").write_text("secret\n")
    (mirror / "org/half/LICENSE").chmod(0)
    (mirror / "org/shut").chmod(0)
    before: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            raise LeftOut("root reads everything, and setpriv is not installed")
        before = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        for folder in (place, mirror, mirror / "org", mirror / "org/open", mirror / "org/half", mirror / "org/shut"):
            os.chown(folder, NOBODY, NOBODY)
        os.chown(mirror / "org/half/LICENSE", NOBODY, NOBODY)
        if subprocess.run([*before, ground.binary, "--version"], capture_output=True).returncode:
            raise LeftOut(f"{ground.binary} cannot be run by others than root")
    store = place / "mirror.sqlite"
    ground.run(store, mirror=mirror, before=before).check([3], "1 of 3")
    rows = {Path(location).name: (kind, code) for location, _, kind, *_, code, _, _ in told(store)["releases"]}
    expect(rows["open"][1] is None and rows["shut"][1] == "unreadable", f"rows: {rows}")
    expect(rows["half"][0], "one file that cannot be read cost the whole release")
    (mirror / "org/shut").chmod(0o755)
    (mirror / "org/half/LICENSE").chmod(0o644)
    ground.run(store, mirror=mirror, before=before).check([0])
    rows = {Path(location).name: code for location, *_, code, _, _ in told(store)["releases"]}
    expect(set(rows.values()) == {None}, f"what can be read again is not read again: {rows}")
    return "said, kept as rows, and read when they could be"


def disturb(mirror: Path, over: threading.Event, seed: int) -> None:
    """Files grow, shrink, vanish, come back and trade places with folders, as fast as it goes."""
    chance, files = random.Random(seed), [path for path in sorted(mirror.rglob("*")) if path.is_file() and not path.is_symlink()]
    while not over.is_set():
        path = chance.choice(files)
        try:
            act = chance.randrange(5)
            if act == 0:
                os.truncate(path, chance.choice([0, 7, path.stat().st_size // 2]))
            elif act == 1:
                with open(path, "ab") as file:
                    file.write(b"\nmore words than there were\n" * chance.randint(1, 2000))
            elif act == 2:
                path.unlink()
            elif act == 3:
                path.write_bytes(b"---\nlicense: apache-2.0\n---\n# Anew\n" * chance.randint(1, 50))
            else:
                path.unlink()
                path.mkdir()
                path.rmdir()
        except OSError:
            pass
        time.sleep(0.0005)


def moving_files(ground: Ground) -> str:
    """Files that change and vanish while they are read; a quiet run afterwards finds what is there."""
    place = ground.place("moving")
    mirror = place / "mirror"
    subprocess.run(["cp", "-r", "--sparse=always", ground.mirror, mirror], check=True)
    store, over = place / "mirror.sqlite", threading.Event()
    thread = threading.Thread(target=disturb, args=(mirror, over, ground.seed))
    thread.start()
    try:
        for _ in range(3):
            run = ground.run(store, mirror=mirror).check([0, 3])
            expect("crashed" not in {row[-3] for row in told(store)["releases"]}, f"a release ended its worker: {run.err}")
    finally:
        over.set()
        thread.join()
    sound(store)
    ground.run(store, mirror=mirror).check([0, 3])
    ground.run(place / "fresh.sqlite", mirror=mirror).check([0, 3])
    here, there = told(store), told(place / "fresh.sqlite")
    # Releases that lost all their files in between are gone here and were never met there.
    gone = {row[0] for row in here["releases"] if row[-1]}
    compare({name: [row for row in rows if row[0] not in gone] for name, rows in here.items()}, there)
    return f"{len(there['releases'])} releases, {len(gone)} of which are gone"


def locked(ground: Ground) -> str:
    """Another program holds the database."""
    store = ground.place("locked") / "mirror.sqlite"
    ground.run(store).check([0])
    with closing(sqlite3.connect(store)) as database:
        database.execute("BEGIN EXCLUSIVE")
        (ground.mirror / "later").mkdir()
        (ground.mirror / "later/release").mkdir()
        (ground.mirror / "later/release/README.md").write_text("# Later\n")
        try:
            start = time.monotonic()
            ground.run(store).check([3], "store")
            took = time.monotonic() - start
        finally:
            database.rollback()
            shutil.rmtree(ground.mirror / "later")
    expect(took < 60, f"it took {took:.0f} s to find that the store is locked")
    ground.run(store).check([0])
    ground.same(store)
    return f"said after {took:.1f} s"


def damaged(ground: Ground) -> str:
    """Files that are no stores, or were; none of them is written to."""
    place = ground.place("damaged")
    whole = place / "whole.sqlite"
    ground.run(whole).check([0])
    with closing(sqlite3.connect(whole)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode = DELETE")
    data = whole.read_bytes()
    noise = random.Random(ground.seed).randbytes
    cases = {"text": b"# no store\n" * 500, "noise": noise(50_000), "cut": data[:len(data) // 3], "overwritten": data[:8192] + noise(len(data) - 8192),
             "head": noise(100) + data[100:]}
    for name, content in cases.items():
        store = place / f"{name}.sqlite"
        store.write_bytes(content)
        run = ground.run(store)
        expect(run.code == 3 and name in run.err, f"{name}: exit code {run.code}: {run.err}")
        if name in ("text", "noise", "head"):
            expect(store.read_bytes() == content, f"{name}: a file that is no store was written to")
    foreign = place / "foreign.sqlite"
    with closing(sqlite3.connect(foreign)) as database:
        database.execute("CREATE TABLE release (mine TEXT)")
        database.commit()
    ground.run(foreign).check([3], "foreign")
    return f"{len(cases) + 1} kinds"


def two_runs(ground: Ground) -> str:
    """Two at once with one store: one does it, the other says so, or both do."""
    store = ground.place("two") / "mirror.sqlite"
    runs = [ground.start(store), ground.start(store)]
    ends = [Run(run.wait(PATIENCE), "", run.stderr.read() if run.stderr else "") for run in runs]
    expect(0 in {end.code for end in ends}, f"neither finished: {ends}")
    for end in ends:
        expect(end.code == 0 or end.code == 3 and "another run" in end.err, f"exit code {end.code}: {end.err}")
    sound(store)
    ground.same(store)
    return f"exit codes {[end.code for end in ends]}"


def strange_files(ground: Ground) -> str:
    """A pipe that nobody writes to, a socket, links in a circle, a terabyte of nothing: rows, in no time."""
    place = ground.place("strange")
    mirror = place / "mirror"
    folder = mirror / "org/strange"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Strange\n")
    os.mkfifo(folder / "model.safetensors")
    os.mkfifo(folder / "LICENSE")
    (folder / "circle").symlink_to(".")
    (folder / "nowhere").symlink_to("/no/such/file")
    with socket.socket(socket.AF_UNIX) as here:
        back = os.open(".", os.O_RDONLY)
        os.chdir(folder)
        here.bind("socket")
        os.fchdir(back)
        os.close(back)
    for name in ("data.bin", "README_zh.md", "model.gguf", "more.zip"):
        (folder / name).touch()
        os.truncate(folder / name, 1 << 40)
    store = place / "mirror.sqlite"
    start = time.monotonic()
    ground.run(store, mirror=mirror).check([0])
    took = time.monotonic() - start
    expect(took < 30, f"it took {took:.0f} s")
    expect(len(told(store)["releases"]) == 1, "the release is not there")
    return f"{took:.1f} s"


def least_memory(ground: Ground) -> int:
    """Megabytes with which ordinary releases are read, found with a few of them."""
    few = "".join(f"{path}\n" for path in sorted(ground.mirror.glob("*/*"))[:5])
    for megabytes in range(64, 1024, 8):
        done = subprocess.run([ground.binary, "batch", "--stdin", "--format", "jsonl", "--max-memory", str(megabytes << 20)], input=few, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode == 0:
            return megabytes
    raise Failed("no worker can do with a gigabyte")


def too_large(ground: Ground) -> str:
    """A release that its worker has no memory for: one row with its error, all others read."""
    place = ground.place("large")
    mirror = place / "mirror"
    subprocess.run(["cp", "-r", "--sparse=always", ground.mirror, mirror], check=True)
    (mirror / "org/large").mkdir(parents=True)
    chance = random.Random(ground.seed)
    words = [f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{n:x}" for n in range(50_000)]
    (mirror / "org/large/README.md").write_text("\n".join(" ".join(chance.choices(words, k=12)) + "." for _ in range(300_000)))
    most = ["--max-text", "100000000", "--max-total-text", "1000000000"]
    megabytes = least_memory(ground)
    store = place / "mirror.sqlite"
    ground.run(store, *most, "--max-memory", str((megabytes + 16) << 20), mirror=mirror).check([3], f"1 of {ground.number + 1}")
    codes = {location: code for location, *_, code, _, _ in told(store)["releases"]}
    expect([Path(location).name for location, code in codes.items() if code] == ["large"], f"rows with errors: {[c for c in codes.items() if c[1]][:5]}")
    again = ground.run(store, *most, "--max-memory", str((megabytes + 16) << 20), mirror=mirror).check([0])
    expect("0 read" in again.err, f"what ended its worker is read in every run: {again.err}")
    ground.run(store, *most, mirror=mirror).check([0])
    expect(not [row for row in told(store)["releases"] if row[-3]], "a release that there is memory for now was not read again")
    return f"with {megabytes + 16} MB a worker; read when there was more"


def killed_workers(ground: Ground) -> str:
    """Workers that somebody kills: their releases are rows with an error, and read in the next run."""
    store = ground.place("workers") / "mirror.sqlite"
    run, killed = ground.start(store), 0
    while run.poll() is None and killed < 10:
        children = [pid for pid in processes() if parent_of(pid) == run.pid]
        for child in children[:1]:
            try:
                os.kill(child, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        time.sleep(0.05)
    err = run.stderr.read() if run.stderr else ""
    code = run.wait(PATIENCE)
    expect(killed and code in (0, 3), f"{killed} workers killed, exit code {code}: {err}")
    broken = [row[0] for row in told(store)["releases"] if row[-3]]
    expect(len(broken) <= killed, f"{killed} killed workers cost {len(broken)} releases")
    ground.run(store).check([0])
    ground.same(store)
    return f"{killed} killed, {len(broken)} releases read again"


def has_begun(store: Path) -> bool:
    """Whether a release is in a store that is written to at this moment."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5)) as database:
            return database.execute("SELECT count(*) FROM release").fetchone()[0] > 0
    except sqlite3.Error:
        return False


def interrupted(ground: Ground) -> str:
    """Ctrl-C: what is in flight is finished, and it is said how to go on."""
    ground.reference()
    store = ground.place("interrupted") / "mirror.sqlite"
    run = ground.start(store)
    while run.poll() is None and not has_begun(store):
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    err = run.stderr.read() if run.stderr else ""
    Run(run.wait(PATIENCE), "", err).check([130], "goes on")
    kept = sound(store)
    expect(len(kept) < ground.number, "the run was over before it was interrupted")
    expect(not [row for row in told(store)["releases"] if row[-3]], "releases in flight were kept as failures")
    ground.run(store).check([0])
    ground.same(store)
    return f"after {len(kept)} of {ground.number}"


def bad_lines(ground: Ground) -> str:
    """Lines of workers that were cut, are no reports, or come twice: the good ones are taken up."""
    place = ground.place("lines")
    done = subprocess.run([ground.binary, "batch", ground.mirror, "--format", "jsonl"], capture_output=True, text=True, timeout=PATIENCE)
    lines = done.stdout.splitlines()
    bad = ["", "no json", "[]", '{"schemaVersion":2}', lines[0][:500], '{"release":{"path":5}}', "[" * 100_000]
    (place / "lines.jsonl").write_text("\n".join(lines + bad + lines[:5]) + "\n")
    store = place / "mirror.sqlite"
    run = subprocess.run([ground.binary, "batch", "--store", store, "--import", place / "lines.jsonl"], capture_output=True, text=True, timeout=PATIENCE)
    Run(run.returncode, run.stdout, run.stderr).check([3], "lines.jsonl")
    expect(len(told(store)["releases"]) == ground.number, f"{len(told(store)['releases'])} of {ground.number} lines were taken up")
    data = subprocess.run(["gzip", "-c", place / "lines.jsonl"], stdout=subprocess.PIPE, check=True).stdout
    (place / "cut.jsonl.gz").write_bytes(data[:len(data) // 2])
    run = subprocess.run([ground.binary, "batch", "--store", place / "cut.sqlite", "--import", place / "cut.jsonl.gz"], capture_output=True, text=True, timeout=PATIENCE)
    Run(run.returncode, run.stdout, run.stderr).check([3], "cut.jsonl.gz")
    return f"{len(lines)} good lines, {len(bad) - 1} bad ones"


CASES: dict[str, Callable[[Ground], str]] = {
    "kills": lambda ground: kills(ground, 50), "full-disk": full_disk, "unreadable": unreadable, "moving-files": moving_files, "locked": locked, "damaged": damaged,
    "two-runs": two_runs, "strange-files": strange_files, "too-large": too_large, "killed-workers": killed_workers, "interrupted": interrupted, "bad-lines": bad_lines}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--only", default=",".join(CASES), help=f"cases: {', '.join(CASES)}")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--releases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    unknown = set(wanted.only.split(",")) - set(CASES)
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    return wanted


def main() -> None:
    wanted = arguments()
    CASES["kills"] = lambda ground: kills(ground, wanted.kills)
    failed = left_out = passed = 0
    with tempfile.TemporaryDirectory(prefix="openscan-faults-") as folder:
        # Others than root look into it.
        os.chmod(folder, 0o755)
        ground = Ground(Path(folder), wanted.binary.resolve(), wanted.releases, wanted.seed)
        for name in wanted.only.split(","):
            start = time.monotonic()
            try:
                words, mark = CASES[name](ground), "passed"
                passed += 1
            except LeftOut as reason:
                words, mark = str(reason), "left out"
                left_out += 1
            except Exception as error:  # whatever it is, the other cases are tried
                words, mark = f"{type(error).__name__}: {error}", "FAILED"
                failed += 1
            print(f"{mark:8} {name:14} {time.monotonic() - start:5.1f} s  {words}", flush=True)
    print(f"{passed} passed, {failed} failed, {left_out} skipped")
    sys.exit(1 if failed or left_out and os.environ.get("CI") == "true" else 0)


if __name__ == "__main__":
    main()
