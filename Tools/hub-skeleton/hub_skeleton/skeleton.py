"""One repository as a folder of files of full size, of which only what was fetched is filled."""

import concurrent.futures
import dataclasses
import hashlib
import os
import re
import threading
import time

from . import formats
from .hub import Meter, RemoteFile, Repository
from .manifest import NAME, File, Manifest, known
from .problems import Damaged, Denied, NoRanges, Problem, UsedUp, shown
from .ranges import count, merged, missing

# Endings of what people and loaders read as text, and of what is small beside weights.
TEXTS = (".md", ".txt", ".rst", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".cfg", ".ini", ".py", ".ipynb", ".sh",
         ".html", ".tex", ".bib", ".cff", ".jinja", ".jinja2", ".model", ".vocab", ".tiktoken", ".xml", ".pdf")
SAVE_EVERY = 5
LONGEST_NAME = 255


@dataclasses.dataclass
class Options:
    jobs: int = 8
    whole_below: int = 1 << 20
    text_below: int = 16 << 20
    most_bytes: int = 256 << 20
    kind: str = "model"
    revision: str | None = None
    token: str | None = None
    endpoint: str | None = None


@dataclasses.dataclass
class Outcome:
    folder: str
    manifest: Manifest
    fetched: int
    requests: int

    def count(self, *states):
        return sum(file.state in states for file in self.manifest.files)


def is_usable(path):
    """Whether a path that the hub names stays in the folder, is no name of ours and can be shown."""
    parts = path.split("/")
    return (
        len(path.encode("utf-8", "surrogatepass")) <= 4096
        and all(part not in ("", ".", "..") and len(part.encode("utf-8", "surrogatepass")) <= LONGEST_NAME
                for part in parts)
        and path.isprintable() and "\\" not in path and not re.match(r"[A-Za-z]:", path)
        and parts[0] not in (NAME, NAME + ".new"))


class Pieces:
    """A file on disk that is filled where somebody asks."""

    def __init__(self, descriptor, remote, file):
        self.descriptor = descriptor
        self.remote = remote
        self.file = file
        self.name = file.path
        self.size = file.size

    def at(self, start, count):
        """Bytes from `start` on, fewer only at the end of the file."""
        end = min(self.size, start + count)
        for first, last in missing(self.file.ranges, start, end):
            self.remote.read(first, last, self.write)
            self.file.ranges = merged(self.file.ranges + [(first, last)])
        data = b""
        while len(data) < end - start:
            block = os.pread(self.descriptor, end - start - len(data), start + len(data))
            if not block:
                break
            data += block
        return data

    def write(self, offset, data):
        while data:
            done = os.pwrite(self.descriptor, data, offset)
            offset, data = offset + done, data[done:]


class Skeleton:
    """What is made of one repository."""

    def __init__(self, name, out, options):
        self.options = options
        self.repository = Repository(options.endpoint, name, options.kind, options.revision, options.token)
        parts = ([] if options.kind == "model" else [options.kind + "s"]) + name.split("/")
        self.folder = os.path.join(out, *parts)
        self.meter = Meter(options.most_bytes)
        self.lock = threading.Lock()
        self.saved = time.monotonic()

    def run(self):
        listed = self.repository.files()
        os.makedirs(self.folder, exist_ok=True)
        before = known(self.folder)
        # Somebody's download is not to be emptied.
        if not os.path.exists(os.path.join(self.folder, NAME)) and os.listdir(self.folder):
            raise Problem(f"{shown(self.folder)} holds something else; name another folder with -o")
        self.manifest = Manifest(
            self.repository.name, self.options.kind, self.repository.revision,
            self.repository.asked or "main", self.repository.endpoint, self.repository.gate, listed)
        names = set()
        for file in listed:
            if file.path in names:
                raise Problem(f"the hub lists {shown(file.path)} twice")
            names.add(file.path)
            self.take_over(file, before.get(file.path))
        # What is of another revision and no longer listed is not part of this one.
        for path in before.keys() - names:
            if is_usable(path) and before[path].state in ("whole", "partial"):
                self.remove(path)
        self.manifest.write(self.folder)
        # Small ones first: where the bytes are used up, it is weights that are missing.
        order = sorted(listed, key=lambda file: (file.size or 0, file.path))
        try:
            with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
                jobs = [pool.submit(self.fetch, file) for file in order]
                try:
                    for job in concurrent.futures.as_completed(jobs):
                        job.result()
                except BaseException:
                    pool.shutdown(wait=True, cancel_futures=True)
                    raise
        finally:
            self.manifest.write(self.folder)
        return Outcome(self.folder, self.manifest, self.meter.bytes, self.meter.requests)

    def take_over(self, file, before):
        """What an earlier run has of the same content stays."""
        if before is None or file.size is None or before.digest is None:
            return
        if (before.digest, before.size) != (file.digest, file.size) or before.state not in ("whole", "partial"):
            return
        try:
            status = os.stat(os.path.join(self.folder, file.path), follow_symlinks=False)
        except (OSError, ValueError):
            return
        if status.st_size == file.size:
            file.state = before.state
            file.ranges = [pair for pair in before.ranges if 0 <= pair[0] < pair[1] <= file.size]

    def remove(self, path):
        try:
            if not self.has_link(path):
                os.remove(os.path.join(self.folder, path))
        except OSError:
            pass

    def has_link(self, path):
        """Whether something on the way leads elsewhere."""
        place = self.folder
        for part in path.split("/"):
            place = os.path.join(place, part)
            if os.path.islink(place):
                return True
        return False

    def fetch(self, file):
        try:
            self.fill(file)
        except Denied as problem:
            self.settle(file, "gated", problem)
        except UsedUp as problem:
            self.settle(file, "left-out", problem)
        except Problem as problem:
            self.settle(file, "failed", problem)
        except OSError as error:
            self.settle(file, "failed", shown(error.strerror or error))
        with self.lock:
            if time.monotonic() - self.saved > SAVE_EVERY:
                self.manifest.write(self.folder)
                self.saved = time.monotonic()

    def settle(self, file, state, reason):
        """What is here of a file that could not be had as it should."""
        file.state = "partial" if file.ranges else state
        file.reason = shown(reason)

    def is_whole(self, file):
        if file.size <= self.options.whole_below:
            return True
        name = file.path.lower().rpartition("/")[2]
        return file.size <= self.options.text_below and (name.endswith(TEXTS) or "." not in name)

    def fill(self, file):
        if file.state == "whole":
            return
        if not is_usable(file.path):
            # Not to be written anywhere, and not to be hidden either.
            raise Problem("a name that no file may have here")
        if file.size is None:
            RemoteFile(self.repository, file, self.meter).read(0, 1, lambda offset, data: None)
        if file.size is None:
            raise Problem("the hub does not say how large it is")
        if self.has_link(file.path):
            raise Problem("a link stands in its place")
        path = os.path.join(self.folder, file.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not file.ranges and os.path.lexists(path):
            os.remove(path)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            os.ftruncate(descriptor, file.size)
            file.state = "partial"
            remote = RemoteFile(self.repository, file, self.meter)
            pieces = Pieces(descriptor, remote, file)
            try:
                if self.is_whole(file):
                    pieces.at(0, file.size)
                    self.verify(descriptor, file)
                else:
                    formats.fetch(pieces)
            except NoRanges as problem:
                file.reason = str(problem)
            except Damaged:
                file.ranges = []
                raise
            if count(file.ranges) == file.size:
                file.state, file.ranges = "whole", []
        finally:
            os.close(descriptor)
            if file.state == "partial" and not file.ranges:
                os.remove(path)
                file.state = "failed"

    def verify(self, descriptor, file):
        kind, _, wanted = (file.digest or "").partition(":")
        if kind == "sha256":
            digest = hashlib.sha256()
        elif kind == "git-sha1" and len(wanted) == 40:
            digest = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
        else:
            return
        place = 0
        while block := os.pread(descriptor, 1 << 20, place):
            digest.update(block)
            place += len(block)
        if digest.hexdigest() != wanted:
            raise Damaged("what came has another digest than is listed")
