/// Kinds of findings about files, as the project's vocabulary lists them; ids are never reused.
public enum FindingID: String, Sendable, Codable, CaseIterable {
    /// Ends before what it announces.
    case truncated
    /// Bytes after the end of the format's content.
    case trailingData = "trailing-data"
    /// Announced header length impossible or over the limit.
    case headerLength = "header-length"
    /// Header not of the format's form.
    case badHeader = "bad-header"
    /// Not JSON, or JSON of the wrong shape, where the format wants it.
    case badJSON = "bad-json"
    /// Nesting over the limit.
    case jsonDepth = "json-depth"
    /// Nesting over the limit (archives, protobuf, arrays, pickles).
    case nestingDepth = "nesting-depth"
    /// The same key or tensor name twice; readers disagree on which counts.
    case duplicateKey = "duplicate-key"
    /// Metadata of the wrong type.
    case badMetadata = "bad-metadata"
    /// Text that is not valid in its encoding.
    case nonUTF8 = "non-utf8"
    /// Control or escape characters in names or metadata.
    case controlCharacters = "control-characters"
    /// Bidirectional override characters in text that people read.
    case bidiControl = "bidi-control"
    /// Element type not known.
    case unknownDType = "unknown-dtype"
    /// Value type not known.
    case badType = "bad-type"
    /// Value outside its type (a boolean of 2).
    case badValue = "bad-value"
    /// Variable-length integer not well formed.
    case badVarint = "bad-varint"
    /// Number too large or not a number where one is wanted.
    case badNumber = "bad-number"
    /// Impossible number of dimensions.
    case badDims = "bad-dims"
    /// Data offsets outside the file, reversed or misaligned.
    case badOffsets = "bad-offsets"
    /// Two tensors share bytes.
    case overlappingOffsets = "overlapping-offsets"
    /// Bytes of the data section that no tensor owns.
    case offsetHole = "offset-hole"
    /// Shape and type do not give the announced byte length.
    case shapeSizeMismatch = "shape-size-mismatch"
    /// A product or sum of announced numbers overflows.
    case integerOverflow = "integer-overflow"
    /// Impossible alignment.
    case badAlignment = "bad-alignment"
    /// More items announced than the file can hold.
    case countTooLarge = "count-too-large"
    /// String longer than the file or the limit.
    case stringLength = "string-length"
    /// Announced content out of all proportion to the file.
    case implausibleSize = "implausible-size"
    /// Format version not read.
    case unsupportedVersion = "unsupported-version"
    /// Pre-GGUF format.
    case legacyGGML = "legacy-ggml"
    /// Pickle frame length impossible.
    case badFrame = "bad-frame"
    /// Pickle memo used beyond reason.
    case memoIndex = "memo-index"
    /// No bytes.
    case emptyFile = "empty-file"
    /// LFS pointer not well formed.
    case badPointer = "bad-pointer"
    /// Announced total size differs from what is there.
    case badSize = "bad-size"
    /// A shard named by the index is not there.
    case missingShard = "missing-shard"
    /// A shard that the index does not name.
    case extraShard = "extra-shard"
    /// External data outside its file.
    case badExternalData = "bad-external-data"
    /// Text over the limit, judged by its beginning.
    case oversizedText = "oversized-text"
    /// Can run code when loaded by the usual library.
    case picklePresent = "pickle-present"
    /// Pickle under the name of another format.
    case pickleDisguised = "pickle-disguised"
    /// Pickle names a callable that runs code, reads files or opens connections.
    case dangerousGlobal = "dangerous-global"
    /// Pickle names something that is not on the allow-list of its format.
    case unknownGlobal = "unknown-global"
    /// Code stored in the model (Lambda layer, TorchScript, marshalled function).
    case embeddedCode = "embedded-code"
    /// Operator outside the standard sets.
    case customOperator = "custom-operator"
    /// Config asks the loader to run code of the repository.
    case remoteCode = "remote-code"
    /// A path leads out of the release.
    case pathTraversal = "path-traversal"
    /// A link leads out of the release.
    case symlinkEscape = "symlink-escape"
    /// A link to nothing.
    case danglingLink = "dangling-link"
    /// Links or groups that contain themselves.
    case linkCycle = "link-cycle"
    /// Reference to another file by a container format.
    case externalLink = "external-link"
    /// Data stored in a file outside the container.
    case externalStorage = "external-storage"
    /// Device, socket or pipe.
    case specialFile = "special-file"
    /// Names that differ by case only.
    case caseCollision = "case-collision"
    /// Directories of a zip disagree, entries overlap, are encrypted or lie about sizes.
    case zipAnomaly = "zip-anomaly"
    /// Expands past the ratio or the limit.
    case decompressionBomb = "decompression-bomb"
    /// Reference expansion past the limit (YAML aliases, XML entities).
    case expansion
    /// More entries than the limit.
    case manyEntries = "many-entries"
    /// The system refused to read it.
    case unreadable
    /// YAML head of a card not readable.
    case badFrontMatter = "bad-front-matter"
    /// Alias expansion past the limit.
    case yamlBomb = "yaml-bomb"
    /// YAML tag that asks for an object.
    case yamlTag = "yaml-tag"
    /// Licence text or id that no record knows.
    case unknownLicence = "unknown-licence"
    /// Not read because of a limit or a missing part.
    case notInspected = "not-inspected"
    /// A program that downloads code and runs it.
    case fetchAndRun = "fetch-and-run"
    /// A signature over files of the release, which nothing here verifies.
    case signaturePresent = "signature-present"
    /// Bytes that exist and were not fetched.
    case unseen = "not-fetched"
    /// A file that the hub gives only to whom it lets in.
    case gated
    /// A manifest of what was fetched that says what cannot be.
    case badManifest = "bad-manifest"

    /// Whether it names something that a pickle would import.
    public var isGlobal: Bool { self == .dangerousGlobal || self == .unknownGlobal }
}
