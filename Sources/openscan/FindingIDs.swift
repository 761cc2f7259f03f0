/// Ids of findings about files, as the vocabulary lists them.
enum FindingIDs {
    static let all: Set<String> = [
        "truncated", "trailing-data", "header-length", "bad-header", "bad-json", "json-depth", "nesting-depth",
        "duplicate-key", "bad-metadata", "non-utf8", "control-characters",
        "bidi-control", "unknown-dtype", "bad-type", "bad-value", "bad-varint", "bad-number", "bad-dims", "bad-offsets",
        "overlapping-offsets", "offset-hole", "shape-size-mismatch",
        "integer-overflow", "bad-alignment", "count-too-large", "string-length", "implausible-size",
        "unsupported-version", "legacy-ggml", "bad-frame", "memo-index", "empty-file",
        "bad-pointer", "bad-size", "missing-shard", "extra-shard", "bad-external-data", "oversized-text",
        "pickle-present", "pickle-disguised", "dangerous-global", "unknown-global",
        "embedded-code", "custom-operator", "remote-code", "path-traversal", "symlink-escape", "dangling-link",
        "link-cycle", "external-link", "external-storage", "special-file",
        "case-collision", "zip-anomaly", "decompression-bomb", "expansion", "many-entries", "unreadable",
        "bad-front-matter", "yaml-bomb", "yaml-tag", "licence-conflict", "licence-not-open",
        "unknown-licence", "multiple-licences", "modified-licence-text", "base-model-licence", "weights-not-downloaded",
        "not-inspected", "fetch-and-run",
    ]
}
