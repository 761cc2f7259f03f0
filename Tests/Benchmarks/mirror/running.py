"""Runs a command and says what it took: wall and CPU seconds, and the memory of the process and of those that it started."""
from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple, Sequence


class Cost(NamedTuple):
    wall: float
    cpu: float
    # Peaks in MB: of the process itself, and the sum of those of all that it had started at one time.
    parent: float
    workers: float
    code: int
    err: str

    @property
    def memory(self) -> float:
        return self.parent + self.workers


def descendants(pid: int) -> list[int]:
    out: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                out += [int(child)] + descendants(int(child))
    except (FileNotFoundError, ProcessLookupError):
        pass
    return out


def high_water(pid: int) -> float:
    """MB that a process has had at most so far, mapped files that others map too included."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0.0


class Watch(threading.Thread):
    """Looks at a process and what it started ten times a second, at the beginning more often."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.parent, self.workers = pid, 0.0, 0.0
        self.over = threading.Event()

    def run(self) -> None:
        pause = 0.005
        while True:
            self.parent = max(self.parent, high_water(self.pid))
            self.workers = max(self.workers, sum(map(high_water, descendants(self.pid))))
            if self.over.wait(pause):
                return
            pause = min(0.1, pause * 1.5)


def measure(command: Sequence[str | Path], cwd: str | Path | None = None, out: str | Path = "/dev/null") -> Cost:
    """Standard output goes to a file; that of errors is kept."""
    start = time.perf_counter()
    with open(out, "wb") as sink:
        process = subprocess.Popen([str(word) for word in command], stdout=sink, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=cwd)
    watch = Watch(process.pid)
    watch.start()
    assert process.stderr
    err = process.stderr.read().decode(errors="replace")
    # The usage of a process that is waited for has that of all whom it waited for.
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.over.set()
    watch.join()
    # Not `ru_maxrss`: a process is said to have had what the one had that it was forked from.
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.parent, watch.workers, process.returncode, err)
