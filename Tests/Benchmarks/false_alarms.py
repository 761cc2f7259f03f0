"""What openscan says of harmless files: false_alarms.py BINARY [COUNT]

Takes up to COUNT (2,000) binaries and data files of this system, and copies of every third under names that loaders of pickles
take, scans them as one folder, and lists findings of medium and above by id. A program named as a checkpoint is rightly no
checkpoint; what counts are ids that speak of code.
"""

import collections
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile

PLACES = ["/usr/bin", "/usr/lib", "/usr/share", "/usr/local", "/lib", "/etc", "/opt", "/var/lib", "/root/.pyenv", sys.prefix]
ENDINGS = {
    ".so", ".a", ".o", ".bin", ".dat", ".data", ".db", ".mo", ".gmo", ".pyc", ".gz", ".xz", ".bz2", ".zst", ".whl", ".zip", ".png",
    ".jpg", ".gif", ".ico", ".svg", ".ttf", ".otf", ".woff", ".woff2", ".pfb", ".afm", ".txt", ".json", ".model", ".vocab", ".bpe",
    ".dict", ".dic", ".aff", ".hyp", ".npy", ".npz", ".h5", ".parquet", ".csv", ".tsv", ".pem", ".der", ".tab", ".tz", ".tzif", ".cat",
    ".enc", ".map", ".wasm", ".exe", ".swiftmodule", ".swiftdoc", ".pcm", ".pch", ".ko", ".elc", ".tbl", ".ucm", ".cache", ".idx", ".lst", "",
}
NAMES = ["model{}.bin", "model{}.pkl", "model{}.pt", "array{}.npy", "weights{}.dat", "model{}.joblib", "model{}.z", "model{}.ckpt"]
CODE = {"dangerous-global", "unknown-global", "pickle-disguised", "embedded-code", "code-in-artefact"}
LARGEST = 8 << 20
OF_A_KIND = 600


def harmless(count):
    """Files by ending in turn, so that no kind crowds out the others."""
    kinds = collections.defaultdict(list)
    for place in PLACES:
        for folder, folders, names in os.walk(place):
            folders.sort()
            for name in sorted(names):
                path = pathlib.Path(folder, name)
                ending = path.suffix.lower() if ".so." not in name else ".so"
                if ending in ENDINGS and not path.is_symlink() and path.is_file() and 0 < path.stat().st_size <= LARGEST:
                    kinds[ending].append(path)
    chooser = random.Random(1)
    for ending in kinds:
        chooser.shuffle(kinds[ending])
        del kinds[ending][OF_A_KIND:]
    turns = itertools.zip_longest(*(kinds[ending] for ending in sorted(kinds)))
    return [path for turn in turns for path in turn if path is not None][:count]


def lay_out(paths, root):
    """Copies by number, with their names and, of every third, with one that a loader takes; members of wheels as files."""
    origin = {}
    for number, path in enumerate(paths):
        folder = root / f"{number // 100:03}"
        folder.mkdir(exist_ok=True)
        targets = [folder / f"{number:04}-{path.name}"]
        if number % 3 == 0:
            targets.append(folder / NAMES[number // 3 % len(NAMES)].format(number))
        for target in targets:
            shutil.copyfile(path, target)
            origin[str(target.relative_to(root))] = str(path)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for place, member in enumerate(wheel.namelist()[:20]):
                    target = folder / f"{number:04}-{place}-{pathlib.Path(member).name or 'folder'}"
                    if not member.endswith("/"):
                        target.write_bytes(wheel.read(member))
                        origin[str(target.relative_to(root))] = f"{path}!{member}"
    return origin


def findings(node, path=""):
    """Every finding of a report with the file it is of."""
    if isinstance(node, dict):
        path = node.get("path", path) if isinstance(node.get("path", path), str) else path
        if "severity" in node and "id" in node:
            yield node, path
        for value in node.values():
            yield from findings(value, path)
    elif isinstance(node, list):
        for value in node:
            yield from findings(value, path)


def main(binary, count):
    paths = harmless(count)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        origin = lay_out(paths, root)
        done = subprocess.run([binary, "scan", folder, "-f", "json"], capture_output=True)
        report = json.loads(done.stdout)
    alarms = collections.defaultdict(dict)
    for finding, path in findings(report):
        if finding["severity"] in ("medium", "high", "critical"):
            detail = finding.get("detail") or finding.get("message") or ""
            alarms[finding["id"], finding["severity"]][path, detail] = origin.get(path, path)
    print(f"{len(paths)} files, {len(origin)} with copies and members")
    for (name, severity), places in sorted(alarms.items(), key=lambda item: (item[0][0] not in CODE, item[0])):
        print(f"{name} {severity}: {len(places)}")
        for (path, detail), source in list(places.items())[: 40 if name in CODE else 3]:
            print(f"    {path} ({source}): {detail[:160]}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
