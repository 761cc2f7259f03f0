/// The JSON Schema (2020-12) of the report: the contract for programs that read it. What is not named here is not in a report.
public enum Schema {
    /// Schema 2, a property a line.
    public static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://openscan.dev/schema/report-2.json",
          "title": "openscan report",
          "type": "object",
          "required": [
            "schemaVersion",
            "tool",
            "release",
            "verdict",
            "use",
            "duties",
            "terms",
            "components",
            "licences",
            "otherLicences",
            "licenceExpression",
            "artefacts",
            "model",
            "claims",
            "documents",
            "parts",
            "access",
            "gradient",
            "frameworks",
            "flags",
            "errors"
          ],
          "properties": {
            "schemaVersion": {"const": 2},
            "tool": {"$ref": "#/$defs/tool"},
            "release": {"$ref": "#/$defs/release"},
            "verdict": {"$ref": "#/$defs/verdict"},
            "use": {"type": "array", "items": {"$ref": "#/$defs/use"}},
            "duties": {"type": "array", "items": {"$ref": "#/$defs/duty"}},
            "terms": {
              "type": "object",
              "properties": {
                "weights": {"$ref": "#/$defs/terms"},
                "code": {"$ref": "#/$defs/terms"},
                "data": {"$ref": "#/$defs/terms"},
                "documents": {"$ref": "#/$defs/terms"}
              },
              "additionalProperties": false
            },
            "components": {"type": "array", "items": {"$ref": "#/$defs/component"}},
            "licences": {"type": "array", "items": {"$ref": "#/$defs/licence"}},
            "otherLicences": {"type": "array", "items": {"$ref": "#/$defs/otherLicence"}},
            "licenceExpression": {"$ref": "#/$defs/licenceExpression"},
            "artefacts": {"type": "array", "items": {"$ref": "#/$defs/artefact"}},
            "model": {"$ref": "#/$defs/model"},
            "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
            "documents": {"type": "array", "items": {"$ref": "#/$defs/document"}},
            "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}},
            "disclosures": {"type": "array", "items": {"$ref": "#/$defs/disclosure"}},
            "access": {"$ref": "#/$defs/access"},
            "gradient": {"$ref": "#/$defs/gradient"},
            "frameworks": {"$ref": "#/$defs/frameworks"},
            "flags": {"type": "array", "items": {"$ref": "#/$defs/flag"}},
            "errors": {"type": "array", "items": {"$ref": "#/$defs/error"}},
            "review": {"type": "array", "items": {"$ref": "#/$defs/reviewed"}},
            "policy": {"$ref": "#/$defs/policy"}
          },
          "additionalProperties": false,
          "$defs": {
            "count": {"type": "integer", "minimum": 0},
            "strings": {"type": "array", "items": {"type": "string"}},
            "lines": {"type": "array", "prefixItems": [{"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 1}], "minItems": 2, "maxItems": 2},
            "componentId": {"enum": [
              "weights-final",
              "weights-intermediate",
              "weights-adapter",
              "tokenizer",
              "inference-code",
              "training-code",
              "evaluation-code",
              "data-processing-code",
              "architecture",
              "supporting-tools",
              "dataset",
              "evaluation-data",
              "sample-outputs",
              "model-card",
              "data-card",
              "technical-report",
              "research-paper",
              "evaluation-results",
              "model-metadata",
              "licence-file",
              "usage-policy",
              "responsible-use-guide",
              "security-policy",
              "changelog",
              "demo",
              "hosted-api"
            ]},
            "licenceId": {"type": "string", "minLength": 1},
            "id": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
            "level": {"enum": [
              "fully-closed",
              "hosted-access",
              "api-access",
              "fine-tuning-access",
              "weights-available",
              "open-with-restrictions",
              "open-without-restrictions",
              "undetermined"
            ]},
            "rank": {"type": "integer", "minimum": 1, "maximum": 7},
            "class": {"type": "integer", "minimum": 0, "maximum": 3},
            "severity": {"enum": ["info", "low", "medium", "high"]},
            "confidence": {"enum": ["high", "medium", "low"]},
            "certainty": {"enum": ["verified", "probable"]},
            "status": {"enum": ["present", "linked", "promised", "claimed", "absent", "unknown"]},
            "method": {"enum": ["text", "notice", "header", "tag", "metadata", "url", "mentioned"]},
            "category": {"enum": [
              "permissive",
              "public-domain",
              "copyleft",
              "copyleft-limited",
              "open-data",
              "openrail",
              "llama-style",
              "source-available",
              "research-only",
              "non-commercial",
              "no-derivatives",
              "proprietary",
              "use-policy",
              "exception",
              "unclear"
            ]},
            "evidence": {
              "type": "object",
              "required": ["path"],
              "properties": {
                "path": {"type": "string"},
                "lines": {"$ref": "#/$defs/lines"},
                "quote": {"type": "string"},
                "offset": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "reason": {
              "type": "object",
              "required": ["words", "evidence"],
              "properties": {
                "words": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
              },
              "additionalProperties": false
            },
            "tool": {
              "type": "object",
              "required": ["name", "version", "licenceData", "ruleData"],
              "properties": {
                "name": {"const": "openscan"},
                "version": {"type": "string"},
                "licenceData": {"type": "string", "pattern": "^[0-9a-f]+$"},
                "ruleData": {"type": "string", "pattern": "^[0-9a-f]+$"}
              },
              "additionalProperties": false
            },
            "release": {
              "type": "object",
              "required": ["name", "path", "fileCount", "byteCount"],
              "properties": {
                "name": {"type": "string"},
                "kind": {
                  "enum": [
                    "directory", "file", "archive", "git-checkout", "hub-cache", "ollama-store", "docker-store", "oci-layout",
                    "modelscope-cache", "kaggle-cache", "skeleton"
                  ]
                },
                "path": {"type": "string"},
                "revision": {"type": "string"},
                "fileCount": {"$ref": "#/$defs/count"},
                "byteCount": {"$ref": "#/$defs/count"},
                "unseenBytes": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "verdict": {
              "type": "object",
              "required": ["openSource", "ground", "sentence", "evidence", "needsPerson"],
              "properties": {
                "openSource": {"enum": ["yes", "no", "not-shown"]},
                "ground": {"enum": ["limited", "review", "open", "unlicensed", "unread", "several"]},
                "sentence": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "needsPerson": {"type": "array", "items": {"$ref": "#/$defs/reason"}}
              },
              "additionalProperties": false
            },
            "use": {
              "type": "object",
              "required": ["id", "answer", "part", "reason", "conditions", "thresholds"],
              "properties": {
                "id": {"$ref": "#/$defs/useId"},
                "answer": {"enum": ["yes", "conditions", "unclear", "no"]},
                "part": {"$ref": "#/$defs/partOfRelease"},
                "reason": {"$ref": "#/$defs/reason"},
                "conditions": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
                "thresholds": {"type": "array", "items": {"$ref": "#/$defs/threshold"}},
                "fields": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/useField"}}
              },
              "additionalProperties": false
            },
            "useId": {
              "anyOf": [
                {"enum": [
                  "commercial-use",
                  "modify",
                  "redistribute",
                  "host-as-service",
                  "use-output",
                  "train-other-models",
                  "distil",
                  "use-in-eu",
                  "at-scale",
                  "fields-of-use",
                  "keep-private"
                ]},
                {"type": "string", "pattern": "^use-in-[a-z-]+$"}
              ]
            },
            "partOfRelease": {"enum": ["weights", "code", "data", "documents"]},
            "useField": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "uses", "evidence"],
              "properties": {
                "name": {"type": "string"},
                "uses": {"type": "integer", "minimum": 1},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
              }
            },
            "threshold": {
              "type": "object",
              "required": ["measure", "above", "effect"],
              "properties": {
                "measure": {"enum": ["monthly-users", "revenue"]},
                "above": {"$ref": "#/$defs/count"},
                "currency": {"type": "string"},
                "period": {"enum": ["annual", "monthly"]},
                "effect": {"enum": ["deny", "display"]}
              },
              "additionalProperties": false
            },
            "duty": {
              "type": "object",
              "required": ["id", "when", "part", "words", "evidence"],
              "properties": {
                "id": {"enum": [
                  "attribution",
                  "display",
                  "report",
                  "include-licence",
                  "include-notice",
                  "state-changes",
                  "model-name",
                  "pass-on-limits",
                  "share-alike",
                  "disclose-source",
                  "accept-gate"
                ]},
                "when": {"enum": ["redistribute", "derive", "display", "serve", "always"]},
                "part": {"$ref": "#/$defs/partOfRelease"},
                "words": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "text": {"type": "string"}
              },
              "additionalProperties": false
            },
            "terms": {
              "type": "object",
              "required": ["basis", "osd", "open", "evidence"],
              "properties": {
                "expression": {"type": "string"},
                "basis": {"enum": ["text", "stated", "metadata", "inherited", "elsewhere", "not-stated"]},
                "category": {"$ref": "#/$defs/category"},
                "osd": {"$ref": "#/$defs/osd"},
                "open": {"type": "boolean"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "models": {"type": "array", "items": {"$ref": "#/$defs/modelTerms"}}
              },
              "additionalProperties": false
            },
            "modelTerms": {
              "type": "object",
              "required": ["name", "expression", "open", "evidence"],
              "properties": {
                "name": {"type": "string"},
                "expression": {"type": "string"},
                "open": {"type": "boolean"},
                "evidence": {"$ref": "#/$defs/evidence"}
              },
              "additionalProperties": false
            },
            "osd": {
              "type": "object",
              "propertyNames": {"enum": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]},
              "additionalProperties": {
                "type": "object",
                "required": ["verdict", "reason"],
                "properties": {
                  "verdict": {"enum": ["pass", "fail", "review"]},
                  "reason": {"type": "string"}
                },
                "additionalProperties": false
              }
            },
            "component": {
              "type": "object",
              "required": [
                "id",
                "status",
                "paths",
                "links",
                "licences",
                "confidence",
                "evidence",
                "reasons"
              ],
              "properties": {
                "id": {"$ref": "#/$defs/componentId"},
                "status": {"$ref": "#/$defs/status"},
                "paths": {"$ref": "#/$defs/strings"},
                "links": {"type": "array", "items": {"$ref": "#/$defs/link"}},
                "licences": {"type": "array", "items": {"$ref": "#/$defs/licenceId"}},
                "confidence": {"$ref": "#/$defs/confidence"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "reasons": {"type": "array", "items": {"$ref": "#/$defs/reason"}}
              },
              "additionalProperties": false
            },
            "link": {
              "type": "object",
              "required": ["target", "evidence"],
              "properties": {
                "target": {"type": "string"},
                "evidence": {"$ref": "#/$defs/evidence"}
              },
              "additionalProperties": false
            },
            "licence": {
              "type": "object",
              "required": [
                "id",
                "name",
                "category",
                "path",
                "method",
                "coverage",
                "modified",
                "additions",
                "missingWords",
                "appliesTo",
                "clauses",
                "osd",
                "osiApproved"
              ],
              "properties": {
                "id": {"$ref": "#/$defs/licenceId"},
                "name": {"type": "string"},
                "category": {"$ref": "#/$defs/category"},
                "path": {"type": "string"},
                "lines": {"$ref": "#/$defs/lines"},
                "quote": {"type": "string"},
                "statement": {"type": "string"},
                "method": {"$ref": "#/$defs/method"},
                "coverage": {"type": "number", "minimum": 0, "maximum": 1},
                "modified": {"type": "boolean"},
                "additions": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "missingWords": {"$ref": "#/$defs/count"},
                "appliesTo": {"type": "array", "items": {"$ref": "#/$defs/componentId"}},
                "clauses": {"type": "array", "items": {"$ref": "#/$defs/clause"}},
                "osd": {"$ref": "#/$defs/osd"},
                "osiApproved": {"type": "boolean"},
                "nearest": {"$ref": "#/$defs/licenceId"}
              },
              "additionalProperties": false
            },
            "clause": {
              "type": "object",
              "required": ["id", "status", "params"],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "status": {"enum": ["present", "partial"]},
                "path": {"type": "string"},
                "lines": {"$ref": "#/$defs/lines"},
                "quote": {"type": "string"},
                "params": {"type": "object", "additionalProperties": {"type": "string"}},
                "beside": {"const": true}
              },
              "additionalProperties": false
            },
            "otherLicence": {
              "type": "object",
              "required": ["id", "method", "reason", "paths", "count"],
              "properties": {
                "id": {"$ref": "#/$defs/licenceId"},
                "method": {"$ref": "#/$defs/method"},
                "reason": {"enum": ["third-party", "file", "policy", "mentioned"]},
                "paths": {"$ref": "#/$defs/strings"},
                "count": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "licenceExpression": {
              "type": "object",
              "required": ["byComponent"],
              "properties": {
                "declared": {"type": "string"},
                "concluded": {"type": "string"},
                "byComponent": {"type": "object", "propertyNames": {"$ref": "#/$defs/componentId"}, "additionalProperties": {"type": "string"}}
              },
              "additionalProperties": false
            },
            "artefact": {
              "type": "object",
              "required": ["path", "format", "status", "parametersByType", "metadata", "findings"],
              "properties": {
                "path": {"type": "string", "minLength": 1},
                "component": {"$ref": "#/$defs/componentId"},
                "format": {"$ref": "#/$defs/id"},
                "status": {"enum": ["ok", "malformed", "pointer", "unsupported", "not-inspected"]},
                "tensors": {"$ref": "#/$defs/count"},
                "parameters": {"$ref": "#/$defs/count"},
                "parametersByType": {"type": "object", "additionalProperties": {"$ref": "#/$defs/count"}},
                "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
                "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                "pointer": {"$ref": "#/$defs/pointer"},
                "size": {"$ref": "#/$defs/count"},
                "unseenBytes": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "finding": {
              "type": "object",
              "required": ["id", "severity", "detail"],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "severity": {"$ref": "#/$defs/severity"},
                "detail": {"type": "string"},
                "offset": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "pointer": {
              "type": "object",
              "required": ["oid", "size"],
              "properties": {
                "oid": {"type": "string"},
                "size": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "model": {
              "type": "object",
              "required": ["baseModels", "hintedBases", "datasets", "datasetTerms"],
              "properties": {
                "architecture": {"type": "string"},
                "parameters": {"$ref": "#/$defs/count"},
                "quantization": {"type": "string"},
                "trainingCompute": {"type": "number", "minimum": 0},
                "trainingTokens": {"$ref": "#/$defs/evidence"},
                "baseModels": {"type": "array", "items": {"$ref": "#/$defs/base"}},
                "hintedBases": {"type": "array", "items": {"$ref": "#/$defs/base"}},
                "needs": {"type": "array", "items": {"$ref": "#/$defs/need"}},
                "datasets": {"$ref": "#/$defs/strings"},
                "datasetTerms": {"type": "array", "items": {"$ref": "#/$defs/datasetTerms"}}
              },
              "additionalProperties": false
            },
            "need": {
              "type": "object",
              "required": ["name", "evidence"],
              "properties": {
                "name": {"type": "string"},
                "evidence": {"$ref": "#/$defs/evidence"},
                "known": {"type": "string"},
                "licence": {"type": "string"},
                "certainty": {"enum": ["verified", "probable"]}
              },
              "additionalProperties": false
            },
            "base": {
              "type": "object",
              "required": ["name", "relation", "source", "evidence", "duties"],
              "properties": {
                "name": {"type": "string"},
                "relation": {"type": "string"},
                "source": {"enum": ["card", "adapter-config", "merge-config", "artefact", "config", "prose"]},
                "evidence": {"$ref": "#/$defs/evidence"},
                "known": {"type": "string"},
                "licence": {"$ref": "#/$defs/licenceId"},
                "certainty": {"$ref": "#/$defs/certainty"},
                "duties": {"type": "array", "items": {"$ref": "#/$defs/baseDuty"}}
              },
              "additionalProperties": false
            },
            "baseDuty": {
              "type": "object",
              "required": ["clause", "status"],
              "properties": {
                "clause": {"$ref": "#/$defs/id"},
                "status": {"enum": ["kept", "missing", "unknown"]},
                "note": {"type": "string"}
              },
              "additionalProperties": false
            },
            "datasetTerms": {
              "type": "object",
              "required": ["name", "known", "commercial", "isWithdrawn", "certainty"],
              "properties": {
                "name": {"type": "string"},
                "known": {"type": "string"},
                "licence": {"$ref": "#/$defs/licenceId"},
                "commercial": {"enum": ["yes", "no", "conditional", "unclear"]},
                "terms": {"type": "string"},
                "generatedBy": {"type": "string"},
                "isWithdrawn": {"type": "boolean"},
                "certainty": {"$ref": "#/$defs/certainty"}
              },
              "additionalProperties": false
            },
            "claim": {
              "type": "object",
              "required": ["category", "subject", "polarity", "path"],
              "properties": {
                "category": {"enum": [
                  "open-source",
                  "open-weights",
                  "licence",
                  "commercial-ok",
                  "open-data",
                  "reproducible",
                  "transparent"
                ]},
                "subject": {"enum": ["model", "code", "data", "other-model", "dependency"]},
                "polarity": {"enum": ["claim", "negated", "promise", "mention"]},
                "path": {"type": "string"},
                "lines": {"$ref": "#/$defs/lines"},
                "quote": {"type": "string"}
              },
              "additionalProperties": false
            },
            "document": {
              "type": "object",
              "required": ["path", "kind", "sections", "missing", "words"],
              "properties": {
                "path": {"type": "string"},
                "kind": {"enum": ["model-card", "data-card"]},
                "sections": {"type": "object", "additionalProperties": {"$ref": "#/$defs/lines"}},
                "missing": {"$ref": "#/$defs/strings"},
                "words": {"$ref": "#/$defs/count"}
              },
              "additionalProperties": false
            },
            "part": {
              "type": "object",
              "required": ["path", "components", "gradient", "flags"],
              "properties": {
                "path": {"type": "string"},
                "components": {"type": "object", "propertyNames": {"$ref": "#/$defs/componentId"}, "additionalProperties": {"$ref": "#/$defs/status"}},
                "gradient": {"$ref": "#/$defs/gradient"},
                "licenceOfWeights": {"type": "string"},
                "flags": {"type": "array", "items": {"$ref": "#/$defs/id"}}
              },
              "additionalProperties": false
            },
            "gradient": {
              "type": "object",
              "required": [
                "subject",
                "level",
                "licenceClass",
                "staged",
                "confidence",
                "reasons",
                "next"
              ],
              "properties": {
                "subject": {"enum": ["model", "code-only", "data-only", "not-a-model", "unread", "several"]},
                "level": {"$ref": "#/$defs/level"},
                "rank": {"$ref": "#/$defs/rank"},
                "atMost": {"$ref": "#/$defs/level"},
                "solaiman": {"type": "string"},
                "g7": {"type": "string"},
                "licenceClass": {"enum": [
                  "research-only",
                  "non-commercial",
                  "no-derivatives",
                  "user-restricted",
                  "territory-restricted",
                  "use-restricted",
                  "output-restricted",
                  "no-redistribution",
                  "osi-open",
                  "open-data-or-content",
                  "custom-unclear",
                  "conflicting",
                  "none"
                ]},
                "staged": {"type": "boolean"},
                "confidence": {"$ref": "#/$defs/confidence"},
                "rule": {"type": "integer", "minimum": 1},
                "reasons": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
                "next": {"type": "array", "items": {"$ref": "#/$defs/reason"}}
              },
              "additionalProperties": false
            },
            "disclosure": {
              "type": "object",
              "required": ["id", "evidence"],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
              },
              "additionalProperties": false
            },
            "access": {
              "type": "object",
              "required": ["what", "who", "when", "how", "gate", "gateReason", "summary"],
              "properties": {
                "what": {
                  "type": "object",
                  "required": ["direct", "indirect"],
                  "properties": {
                    "direct": {"type": "array", "items": {"$ref": "#/$defs/offer"}},
                    "indirect": {"type": "array", "items": {"$ref": "#/$defs/offer"}}
                  },
                  "additionalProperties": false
                },
                "who": {
                  "type": "object",
                  "required": ["answer", "reason"],
                  "properties": {
                    "answer": {"enum": ["public", "applicants", "insiders", "unknown"]},
                    "reason": {"$ref": "#/$defs/reason"}
                  },
                  "additionalProperties": false
                },
                "when": {
                  "type": "object",
                  "required": ["answer", "reason", "promises"],
                  "properties": {
                    "answer": {"enum": ["released", "staged", "promised", "overdue", "unknown"]},
                    "reason": {"$ref": "#/$defs/reason"},
                    "promises": {"type": "array", "items": {"$ref": "#/$defs/promise"}}
                  },
                  "additionalProperties": false
                },
                "how": {"type": "array", "items": {"$ref": "#/$defs/practice"}},
                "gate": {"enum": ["none", "prompt", "form", "unknown"]},
                "gateReason": {"$ref": "#/$defs/reason"},
                "summary": {"$ref": "#/$defs/reason"}
              },
              "additionalProperties": false
            },
            "offer": {
              "type": "object",
              "required": ["id", "status", "words", "evidence"],
              "properties": {
                "id": {"enum": ["weights", "fine-tuning", "api", "demo", "paper", "code", "data", "compute"]},
                "status": {"$ref": "#/$defs/status"},
                "words": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
              },
              "additionalProperties": false
            },
            "promise": {
              "type": "object",
              "required": ["parts", "overdue", "words", "evidence"],
              "properties": {
                "parts": {"type": "array", "items": {"$ref": "#/$defs/componentId"}},
                "due": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
                "overdue": {"type": "boolean"},
                "words": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
              },
              "additionalProperties": false
            },
            "practice": {
              "type": "object",
              "required": ["id", "shown", "words", "evidence"],
              "properties": {
                "id": {"enum": ["versions", "feedback", "retirement"]},
                "shown": {"type": "boolean"},
                "words": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
              },
              "additionalProperties": false
            },
            "frameworks": {
              "type": "object",
              "required": ["osd", "mof"],
              "properties": {
                "osd": {"$ref": "#/$defs/osd"},
                "mof": {"$ref": "#/$defs/mof"}
              },
              "propertyNames": {"$ref": "#/$defs/id"},
              "additionalProperties": {"$ref": "#/$defs/framework"}
            },
            "framework": {
              "type": "object",
              "required": [
                "id",
                "name",
                "version",
                "verdict",
                "met",
                "partly",
                "notMet",
                "cannotTell",
                "criteria"
              ],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "name": {"type": "string"},
                "version": {"type": "string"},
                "verdict": {"type": "string"},
                "met": {"$ref": "#/$defs/count"},
                "partly": {"$ref": "#/$defs/count"},
                "notMet": {"$ref": "#/$defs/count"},
                "cannotTell": {"$ref": "#/$defs/count"},
                "criteria": {"type": "array", "items": {"$ref": "#/$defs/criterion"}}
              },
              "additionalProperties": false
            },
            "criterion": {
              "type": "object",
              "required": ["id", "name", "status", "required", "reason", "evidence"],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "name": {"type": "string"},
                "status": {"enum": ["met", "partly", "not-met", "cannot-tell"]},
                "required": {"type": "boolean"},
                "reason": {"type": "string"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "change": {"type": "string"}
              },
              "additionalProperties": false
            },
            "mof": {
              "type": "object",
              "required": [
                "framework",
                "class",
                "className",
                "normalisedClass",
                "classes",
                "missing",
                "components"
              ],
              "properties": {
                "framework": {"const": "mof"},
                "class": {"$ref": "#/$defs/class"},
                "className": {"type": "string"},
                "normalisedClass": {"$ref": "#/$defs/class"},
                "inheritedClass": {"$ref": "#/$defs/class"},
                "classes": {"type": "object", "additionalProperties": {"$ref": "#/$defs/mofClass"}},
                "missing": {"type": "object", "additionalProperties": {"$ref": "#/$defs/strings"}},
                "components": {"type": "array", "items": {"$ref": "#/$defs/mofComponent"}}
              },
              "additionalProperties": false
            },
            "mofClass": {
              "type": "object",
              "required": ["met", "needed", "included", "missing", "unlicensed", "invalid"],
              "properties": {
                "met": {"type": "boolean"},
                "needed": {"$ref": "#/$defs/count"},
                "included": {"$ref": "#/$defs/strings"},
                "missing": {"$ref": "#/$defs/strings"},
                "unlicensed": {"$ref": "#/$defs/strings"},
                "invalid": {"$ref": "#/$defs/strings"}
              },
              "additionalProperties": false
            },
            "mofComponent": {
              "type": "object",
              "required": ["name", "class", "required", "status", "notTypeAppropriate"],
              "properties": {
                "name": {"type": "string"},
                "class": {"$ref": "#/$defs/class"},
                "required": {"type": "boolean"},
                "status": {"enum": ["missing", "included", "unlicensed", "invalid"]},
                "licence": {"type": "string"},
                "notTypeAppropriate": {"type": "boolean"}
              },
              "additionalProperties": false
            },
            "flag": {
              "type": "object",
              "required": ["id", "severity", "title", "evidence", "reasons", "remedy"],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "severity": {"$ref": "#/$defs/severity"},
                "title": {"type": "string"},
                "claim": {"$ref": "#/$defs/evidence"},
                "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
                "reasons": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
                "remedy": {"type": "string"}
              },
              "additionalProperties": false
            },
            "policy": {
              "type": "object",
              "required": ["name", "kept", "rules", "failures", "waivers"],
              "properties": {
                "name": {"type": "string"},
                "kept": {"type": "boolean"},
                "rules": {"$ref": "#/$defs/strings"},
                "failures": {"type": "array", "items": {"$ref": "#/$defs/policyFailure"}},
                "waivers": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["failure", "reason", "owner", "expires"],
                    "properties": {
                      "failure": {"$ref": "#/$defs/policyFailure"},
                      "reason": {"type": "string"},
                      "owner": {"type": "string"},
                      "expires": {"type": "string"}
                    },
                    "additionalProperties": false
                  }
                }
              },
              "additionalProperties": false
            },
            "policyFailure": {
              "type": "object",
              "required": ["rule", "reason"],
              "properties": {
                "rule": {"type": "string"},
                "part": {"$ref": "#/$defs/partOfRelease"},
                "reason": {"$ref": "#/$defs/reason"},
                "line": {"type": "integer", "minimum": 1},
                "expired": {"type": "string"}
              },
              "additionalProperties": false
            },
            "reviewed": {
              "type": "object",
              "required": ["id", "kind", "machine", "decision", "reason", "by", "date", "state"],
              "properties": {
                "id": {"type": "string"},
                "kind": {"enum": ["verdict", "person", "use", "criterion", "flag", "finding"]},
                "machine": {"type": "string"},
                "decision": {"enum": ["accept", "reject", "override", "open"]},
                "answer": {"type": "string"},
                "reason": {"type": "string"},
                "by": {"type": "string"},
                "date": {"type": "string"},
                "state": {"enum": ["open", "decided", "stale"]}
              },
              "additionalProperties": false
            },
            "error": {
              "type": "object",
              "required": ["path", "code", "message"],
              "properties": {
                "path": {"type": "string"},
                "code": {"type": "string"},
                "message": {"type": "string"}
              },
              "additionalProperties": false
            }
          }
        }
        """#
}
