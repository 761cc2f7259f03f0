"""How releases lie on disk: an `org/name` tree, a hub client's cache, or a folder of archives."""
from __future__ import annotations

import hashlib
import os
import tarfile
from typing import Callable

from releases import Files, Release
from weights import Blob

FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def write_blob(path: str, blob: Blob) -> None:
    """Holes stay holes."""
    handle = os.open(path, FLAGS, 0o644)
    try:
        for offset, data in blob.parts:
            if os.pwrite(handle, data, offset) != len(data):
                raise OSError(f"{path}: written in part; is the disk full?")
        if not blob.parts or blob.parts[-1][0] + len(blob.parts[-1][1]) != blob.size:
            os.ftruncate(handle, blob.size)
    finally:
        os.close(handle)


def write_files(folder: str, files: Files) -> None:
    os.makedirs(folder, exist_ok=True)
    for name, blob in files.items():
        if "/" in name:
            os.makedirs(os.path.join(folder, os.path.dirname(name)), exist_ok=True)
        write_blob(f"{folder}/{name}", blob)


def tree(root: str, release: Release) -> None:
    write_files(f"{root}/{release.organisation}/{release.name}", release.files)


def digest(blob: Blob) -> str:
    """A name as the hub gives one; of a hole's bytes only the number counts, or terabytes of zeros would be hashed."""
    large = blob.size > 1 << 20
    made = (hashlib.sha256 if large else hashlib.sha1)(str(blob.size).encode())
    for offset, data in blob.parts:
        made.update(offset.to_bytes(8, "big") + data)
    return made.hexdigest()


def cache(root: str, release: Release) -> None:
    """Blobs by digest, and a snapshot of links to them."""
    kind = "datasets" if release.kind == "dataset" else "models"
    folder = f"{root}/{kind}--{release.organisation}--{release.name}"
    revision = hashlib.sha1(folder.encode()).hexdigest()
    for part in ("blobs", "refs", f"snapshots/{revision}"):
        os.makedirs(f"{folder}/{part}", exist_ok=True)
    with open(f"{folder}/refs/main", "w") as file:
        file.write(revision)
    for name, blob in release.files.items():
        key = digest(blob)
        write_blob(f"{folder}/blobs/{key}", blob)
        place = f"{folder}/snapshots/{revision}/{name}"
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if os.path.lexists(place):
            os.unlink(place)
        os.symlink("../" * (2 + name.count("/")) + f"blobs/{key}", place)


def archives(root: str, release: Release) -> None:
    """A tar a release, its weights as holes of the tar."""
    os.makedirs(f"{root}/{release.organisation}", exist_ok=True)
    with open(f"{root}/{release.organisation}/{release.name}.tar", "wb") as file:
        place = 0
        for name, blob in sorted(release.files.items()):
            member = tarfile.TarInfo(f"{release.name}/{name}")
            member.size = blob.size
            head = member.tobuf(tarfile.PAX_FORMAT)
            file.write(head)
            place += len(head)
            for offset, data in blob.parts:
                file.seek(place + offset)
                file.write(data)
            place += blob.size + -blob.size % 512
            file.seek(place)
        file.truncate(place + 1024)


LAYOUTS: dict[str, Callable[[str, Release], None]] = {"tree": tree, "cache": cache, "archives": archives}
