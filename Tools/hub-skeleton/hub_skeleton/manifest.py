"""The list of what was fetched, beside it in the same folder. Its form is described in the README."""

import dataclasses
import datetime
import json
import os

from . import __version__
from .problems import shown
from .ranges import count, merged

NAME = ".openscan-skeleton.json"
STATES = ("whole", "partial", "gated", "failed", "left-out")


@dataclasses.dataclass
class File:
    """A file of the repository, as the hub lists it, and what of it is here."""

    path: str
    size: int | None
    digest: str | None
    state: str = "left-out"
    ranges: list = dataclasses.field(default_factory=list)
    reason: str | None = None

    def entry(self):
        out = {"path": self.path, "size": self.size, "digest": self.digest, "state": self.state}
        if self.state == "partial":
            out["ranges"] = [list(pair) for pair in self.ranges]
        if self.reason:
            out["reason"] = self.reason
        return {key: value for key, value in out.items() if value is not None}

    @property
    def here(self):
        """Bytes that are here."""
        return self.size or 0 if self.state == "whole" else count(self.ranges) if self.state == "partial" else 0


@dataclasses.dataclass
class Manifest:
    repository: str
    kind: str
    revision: str
    asked: str
    endpoint: str
    gate: str
    files: list
    time: str = ""

    def write(self, folder):
        """All of it or nothing: whoever reads it meanwhile has the one before."""
        self.time = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        document = {
            "format": "openscan-skeleton", "version": 1, "tool": f"hub-skeleton {__version__}",
            "repository": self.repository, "type": self.kind, "revision": self.revision, "asked": self.asked,
            "endpoint": self.endpoint, "time": self.time, "gate": self.gate,
            "files": [file.entry() for file in sorted(self.files, key=lambda file: file.path)],
        }
        place = os.path.join(folder, NAME)
        with open(place + ".new", "w", encoding="utf-8") as out:
            json.dump(document, out, ensure_ascii=False, indent=1)
            out.write("\n")
        os.replace(place + ".new", place)


def known(folder):
    """Entries of an earlier run by path; none where there is no manifest that can be read."""
    try:
        with open(os.path.join(folder, NAME), encoding="utf-8") as text:
            document = json.load(text)
        if document["format"] != "openscan-skeleton" or document["version"] != 1:
            return {}
        out = {}
        for entry in document["files"]:
            ranges = merged((int(start), int(end)) for start, end in entry.get("ranges", []))
            out[entry["path"]] = File(
                entry["path"], entry.get("size"), entry.get("digest"), entry["state"], ranges,
                shown(entry["reason"]) if "reason" in entry else None)
        return out
    except (OSError, ValueError, KeyError, TypeError):
        return {}
