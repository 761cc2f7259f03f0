"""From a line of `openscan batch --format jsonl` to a row of the Parquet files."""
from __future__ import annotations

import json
from typing import Any

# The least favourable first: what several parts answer comes to.
ANSWERS = ["no", "unclear", "conditions", "yes"]
# Name, type in the words of Spark SQL, and what it is.
COLUMNS: list[tuple[str, str, str]] = [
    ("release", "string", "name as the report has it"),
    ("location", "string", "path that the worker was given"),
    ("level", "string", "level on the openness gradient"),
    ("rank", "int", "1 to 7; null where undetermined"),
    ("open_source", "string", "yes, no or not-shown"),
    ("weights_expression", "string", "SPDX expression of the weights' terms"),
    ("weights_basis", "string", "how these are known: text, stated, metadata, inherited, elsewhere, not-stated"),
    ("weights_open", "boolean", "whether these terms may be called open"),
    ("licence_category", "string", "category of these terms"),
    ("flags", "array<string>", "ids of flags, sorted"),
    ("use", "map<string,string>", "question to answer, the least favourable of all parts"),
    ("parameters", "bigint", "of the model"),
    ("bases", "array<string>", "names of base models"),
    ("error", "string", "why the release could not be read; null where it was"),
    ("report", "string", "the whole report, the line as it came"),
    ("tool_version", "string", "version of openscan"),
    ("rule_digest", "string", "digest of its rules"),
    ("licence_digest", "string", "digest of its licence texts"),
    ("partition_digest", "string", "digest of what the partition was made from"),
]
SCHEMA = ", ".join(f"`{name}` {kind}" for name, kind, _ in COLUMNS)


def strictest(answers: list[dict[str, Any]]) -> dict[str, str]:
    """One answer a question."""
    out: dict[str, str] = {}
    for item in answers:
        question, answer = item["id"], item["answer"]
        known = out.get(question, "yes")
        places = [ANSWERS.index(a) if a in ANSWERS else 0 for a in (answer, known)]
        out[question] = answer if question not in out or places[0] < places[1] else known
    return out


def whole_number(value: object, most: int = (1 << 63) - 1) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= most else None


def failure(report: dict[str, Any]) -> str | None:
    """An error of the release itself, not of one of its files: such a release has no kind."""
    errors = report.get("errors") or []
    if not errors or "kind" in report.get("release", {}):
        return None
    return f"{errors[0].get('code')}: {errors[0].get('message')}"


def row(line: str, digest: str) -> tuple[Any, ...]:
    """A line that is no report costs a row that says so, and no more."""
    try:
        report = json.loads(line)
        return values(report, line, digest)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        empty = dict.fromkeys((name for name, _, _ in COLUMNS), None)
        return tuple((empty | {"error": f"internal: the worker's line is no report ({error})", "report": line, "partition_digest": digest}).values())


def values(report: dict[str, Any], line: str, digest: str) -> tuple[Any, ...]:
    release, model, tool = report["release"], report.get("model") or {}, report.get("tool") or {}
    weights, gradient = (report.get("terms") or {}).get("weights") or {}, report.get("gradient") or {}
    return (
        release.get("name"), release.get("path"), gradient.get("level"), whole_number(gradient.get("rank"), 7), (report.get("verdict") or {}).get("openSource"),
        weights.get("expression"), weights.get("basis"), weights.get("open"), weights.get("category"), sorted({flag["id"] for flag in report.get("flags") or []}),
        strictest(report.get("use") or []), whole_number(model.get("parameters")), [base["name"] for base in model.get("baseModels") or []], failure(report), line,
        tool.get("version"), tool.get("ruleData"), tool.get("licenceData"), digest)
