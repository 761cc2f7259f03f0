#!/usr/bin/env python3
"""Writes the expected reports of Corpus/: expect.py BINARY MADE OUT.

MADE is the folder that make.py wrote. Each release is scanned twice, as JSON and as text. What changes with every edition of the
licence data or the rules (their digests) is left out; the tables of frameworks are kept in the reports of FRAMEWORKS alone, so that a
change of a rule can be reviewed.
"""
import json, subprocess, sys
from pathlib import Path

FRAMEWORKS = {"open-complete", "washing-threshold", "adapter"}


def scan(binary, made, release, form):
    options = made / f"{release.name.removesuffix('.tar')}.options"
    words = options.read_text().split("\n")[:-1] if options.exists() else []
    run = subprocess.run([binary, "scan", "-f", form, "--color", "never", *words, release.name], cwd=made, capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"{release.name}: the scan ended with {run.returncode}: {run.stderr.strip()}")
    return run.stdout


def main():
    binary, made, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]), Path(sys.argv[3])
    written = set()
    for release in sorted(p for p in made.iterdir() if p.suffix != ".options"):
        name = release.name.removesuffix(".tar")
        report = json.loads(scan(binary, made, release, "json"))
        report["tool"] = {k: v for k, v in report["tool"].items() if not k.endswith("Data")}
        if name not in FRAMEWORKS:
            del report["frameworks"]
        (out / f"{name}.json").write_text(json.dumps(report, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
        (out / f"{name}.txt").write_text(scan(binary, made, release, "text"))
        written.add(name)
    for old in out.iterdir():
        if old.stem not in written:
            old.unlink()
    print(f"{len(written)} releases")


if __name__ == "__main__":
    main()
