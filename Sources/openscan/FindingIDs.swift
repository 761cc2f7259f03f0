/// Ids of findings about files, as the vocabulary lists them.
enum FindingIDs {
    static let all: Set<String> = [
        "truncated", "trailing-data", "header-length", "bad-header", "bad-json", "json-depth", "nesting-depth", "duplicate-key", "bad-metadata", "non-utf8", "control-characters", "bidi-control",
        "unknown-dtype", "bad-type", "bad-value", "bad-number", "bad-dims", "bad-offsets", "overlapping-offsets", "offset-hole", "shape-size-mismatch", "integer-overflow", "bad-alignment",
        "count-too-large", "string-length", "unsupported-version", "empty-file", "bad-pointer", "bad-size", "missing-shard", "extra-shard", "oversized-text", "pickle-present", "remote-code",
        "path-traversal", "symlink-escape", "dangling-link", "link-cycle", "external-link", "special-file", "case-collision", "zip-anomaly", "decompression-bomb", "many-entries", "unreadable",
        "bad-front-matter", "yaml-bomb", "yaml-tag", "unknown-licence",
    ]
}
