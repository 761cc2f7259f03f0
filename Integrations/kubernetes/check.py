#!/usr/bin/env python3
"""Checks the manifests against the schemas of Kubernetes, and what no schema knows.

    check.py
"""
from __future__ import annotations

import re
import sys
from pathlib import Path

import kubernetes_validate
import yaml

HERE = Path(__file__).resolve().parent
# backoffLimitPerIndex is there since 1.28, and stable since 1.33.
VERSIONS = ["1.33", "1.37"]


def problems(name: str, manifest: dict) -> list[str]:
    out = []
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except Exception as error:
            out.append(f"{name}: Kubernetes {version}: {str(error).splitlines()[0]}")
    spec = manifest["spec"]
    pod = spec["template"]["spec"]
    mounted, claimed = {mount["name"] for c in pod["containers"] for mount in c["volumeMounts"]}, {volume["name"] for volume in pod["volumes"]}
    if mounted != claimed:
        out.append(f"{name}: mounts {sorted(mounted)} and volumes {sorted(claimed)} differ")
    words = pod["containers"][0]["args"][0]
    shards = re.search(r'scan-shard "\$JOB_COMPLETION_INDEX" (\d+) ', words)
    if shards and int(shards.group(1)) != spec["completions"]:
        out.append(f"{name}: {shards.group(1)} shards, and {spec['completions']} completions")
    if spec.get("completionMode") == "Indexed" and not shards:
        out.append(f"{name}: the index of the Job is not used")
    return out


def main() -> None:
    files = sorted(HERE.glob("*.yaml"))
    found = [line for file in files for line in problems(file.name, yaml.safe_load(file.read_text()))]
    if found or not files:
        print("\n".join(found or ["no manifest here"]))
        sys.exit(1)
    print(f"{len(files)} manifests are as Kubernetes {' and '.join(VERSIONS)} want them")


if __name__ == "__main__":
    main()
