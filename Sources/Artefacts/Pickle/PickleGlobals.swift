import OpenscanBytes
import OpenscanFacts

/// What a name that a pickle looks up means. Whatever is not on the list of its format is a finding: lists of bad names are never complete.
enum PickleVerdict: Sendable {
    case expected, unknown
    /// Runs code, reads or writes files, opens connections, or gives a way to do so.
    case dangerous(Wording)
}

/// Who is expected to write the pickle, and so which names belong in it.
enum PickleContext: Sendable {
    /// `torch.save`.
    case torch
    /// `torch.jit.save`: classes of the archive's own code as well.
    case torchScript
    /// pickle, joblib: estimators of the usual libraries.
    case general
    /// Object arrays of NumPy, parameter files of Paddle.
    case arrays
}

enum PickleGlobals {
    /// - Parameter isCalled: whether the stream calls it; a function that is only named does nothing at loading.
    static func verdict(_ module: String, _ name: String, isCalled: Bool, context: PickleContext) -> PickleVerdict {
        // torch.jit.save mangles names of its own; nothing outside the archive is behind them.
        if context == .torchScript, module == "__torch__" || module.hasPrefix("__torch__.") { return .expected }
        if exact.contains(module + "." + name), !name.contains(".") { return .expected }
        if let reason = danger(module, name) { return .dangerous(reason) }
        guard !name.contains("."), !name.isEmpty else { return .unknown }
        var roots = libraries[.arrays] ?? []
        if context != .arrays { roots += libraries[context == .torchScript ? .torch : context] ?? [] }
        for root in roots where module == root || module.hasPrefix(root + ".") {
            if isClassName(name) || name.hasPrefix("__pyx_unpickle_") || name == "newObj" || !isCalled {
                return .expected
            }
        }
        return .unknown
    }

    /// Whether a module can be called so: words, with dots between them.
    static func canBeModule(_ module: String) -> Bool {
        !module.isEmpty
            && module.utf8.allSatisfy { $0 >= 0x80 || PickleStart.isNameByte($0) }
            && module.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
                part.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
            }
    }

    /// Whether a name is dangerous in every context.
    static func isDangerous(_ module: String, _ name: String) -> Bool {
        if exact.contains(module + "." + name), !name.contains(".") { return false }
        return danger(module, name) != nil
    }

    /// Capital first letter behind underscores, or a NumPy style type name.
    private static func isClassName(_ name: String) -> Bool {
        let letters = name.utf8.drop { $0 == UInt8(ascii: "_") }
        if let first = letters.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z") { return true }
        return name.hasSuffix("_matrix") || name.hasSuffix("_array") || name.hasSuffix("_gen")
            || name.hasSuffix("_frozen")
    }

    private static func danger(_ module: String, _ name: String) -> Wording? {
        // `getattr` is followed along dots, so each part of either may be the module that matters.
        let parts = (module + "." + name).split(separator: ".").map(String.init)
        guard let last = parts.last, let first = parts.first else { return nil }
        if let names = dangerousNames[module], names.contains(name) { return "gives a way to run code" }
        if dangerousModules.contains(first)
            || name.contains(".") && dangerousModules.contains(parts.dropLast().last ?? "")
        {
            return "runs code or reaches files (\(dangerousModules.contains(first) ? first : parts[parts.count - 2]))"
        }
        if first == "builtins" || first == "__builtin__" || first == "__builtins__", !safeBuiltins.contains(last) {
            return "runs code or reaches attributes"
        }
        if riskyCallables.contains(last) { return "runs code" }
        for prefix in dangerousPrefixes where module == prefix || module.hasPrefix(prefix + ".") {
            return "loads or runs code (\(prefix))"
        }
        // Attributes reached by dots in the name: what pickle follows with getattr.
        if name.contains("."), parts.contains(where: { dangerousModules.contains($0) || $0.hasPrefix("__") }) {
            return "reaches through attributes"
        }
        return nil
    }

    /// Types and functions of `builtins` that streams build values with.
    private static let plainBuiltins: Set<String> = [
        "set", "frozenset", "list", "dict", "tuple", "int", "float", "str", "bytes", "bytearray", "complex", "bool",
        "object", "slice", "range", "xrange", "long", "unicode", "Ellipsis", "NotImplemented", "Exception",
        "ValueError", "TypeError", "KeyError", "RuntimeError", "print", "len", "sum", "min", "max", "abs", "round",
        "sorted",
    ]

    /// Those that do no harm; who calls one of the others is unusual.
    private static let safeBuiltins = plainBuiltins.union([
        "basestring", "property", "IndexError", "AttributeError", "StopIteration", "type", "enumerate", "zip",
        "reversed", "iter", "classmethod", "staticmethod", "super", "repr", "hash", "isinstance", "ord", "chr",
        "divmod", "pow", "any", "all", "format", "hex", "oct", "bin", "id", "callable",
    ])

    private static let dangerousModules: Set<String> = [
        "os", "posix", "nt", "_posixsubprocess", "subprocess", "sys", "shutil", "socket", "_socket", "ssl", "pty",
        "commands", "popen2", "runpy", "code", "codeop", "pdb", "bdb", "cProfile", "profile", "trace", "timeit",
        "importlib", "imp",
        "_imp", "pkgutil", "zipimport", "ctypes", "_ctypes", "cffi", "multiprocessing", "threading", "_thread",
        "thread", "concurrent", "asyncio", "webbrowser", "http", "httplib", "urllib", "urllib2", "urllib3", "requests",
        "aiohttp",
        "httpx", "ftplib", "smtplib", "telnetlib", "poplib", "imaplib", "nntplib", "xmlrpc", "socketserver",
        "SocketServer", "BaseHTTPServer", "SimpleHTTPServer", "wsgiref", "pickle", "_pickle", "cPickle", "pickletools",
        "dill", "cloudpickle",
        "jsonpickle", "marshal", "shelve", "dbm", "tempfile", "pip", "setuptools", "distutils", "_distutils_hack",
        "pkg_resources", "ensurepip", "venv", "idlelib", "lib2to3", "pydoc", "doctest", "unittest", "pytest",
        "py_compile",
        "compileall", "platform", "signal", "resource", "fileinput", "glob", "io", "_io", "tarfile", "zipfile",
        "sqlite3", "msilib", "winreg", "_winreg", "_winapi", "gc", "inspect", "linecache", "traceback", "atexit",
        "sched",
        "sysconfig", "_sysconfigdata", "tkinter", "turtle", "turtledemo", "antigravity", "fcntl", "mmap", "select",
        "selectors", "pexpect", "paramiko", "fabric", "invoke", "sh", "plumbum", "psutil", "logging.config", "IPython",
        "ipykernel",
        "cgi", "cgitb", "crypt", "curses", "readline", "rlcompleter", "nturl2path", "pathlib2", "pyrepl", "_pyrepl",
        "smtpd", "asyncore", "asynchat", "ast", "symtable", "dis", "aifc", "chunk", "sndhdr", "uu", "bz2", "gzip",
        "lzma", "zlib", "yaml", "ruamel",
        "sympy", "numexpr", "git", "docker", "kubernetes", "boto3", "botocore", "xml", "netrc", "mailcap",
        "modulefinder", "ossaudiodev", "spwd", "pwd", "grp", "termios", "tty", "syslog", "nis", "contextlib",
        "operator", "_operator",
    ]

    /// Names outside those modules, by module.
    private static let dangerousNames: [String: Set<String>] = [
        "codecs": ["open", "EncodedFile", "StreamReader", "StreamWriter", "StreamReaderWriter", "lookup", "decode"],
        "_codecs": ["lookup", "decode"], "functools": ["reduce", "partialmethod", "singledispatch"],
        "types": [
            "FunctionType", "CodeType", "LambdaType", "MethodType", "ModuleType", "GenericAlias",
            "DynamicClassAttribute", "new_class",
        ],
        "itertools": ["starmap", "accumulate"], "torch": ["load", "compile", "save"],
        "torch.serialization": [
            "load", "_load", "_legacy_load", "_open_file", "_open_file_like", "save", "add_safe_globals",
        ], "torch.storage": ["_load_from_bytes"], "torch.jit": ["load", "CompilationUnit", "script", "trace"],
        "torch.jit._serialization": ["load", "jit_module_from_flatbuffer"],
        "torch.utils.collect_env": [
            "run", "run_and_read_all", "run_and_parse_first_match", "run_and_return_first_line",
        ], "torch.utils.model_zoo": ["load_url"],
        "torch.fx.graph_module": [
            "reduce_graph_module", "reduce_package_graph_module", "reduce_deploy_graph_module", "_exec_with_source",
            "_forward_from_src",
        ],
        "torch.jit.unsupported_tensor_ops": ["execWrapper"], "torch.utils._import_utils": ["dill_available"],
        "torch.multiprocessing": ["spawn"],
        "numpy": [
            "load", "save", "savez", "savetxt", "fromfile", "memmap", "loadtxt", "genfromtxt", "DataSource",
            "vectorize", "frompyfunc",
        ],
        "numpy.lib.npyio": ["load", "save", "fromregex"], "numpy.lib._npyio_impl": ["load", "save"],
        "numpy.testing._private.utils": ["runstring", "rundocs", "run_string"],
        "numpy.lib.format": ["open_memmap", "read_array"], "numpy.core.memmap": ["memmap"],
        "joblib": ["load", "dump", "Parallel"], "joblib.numpy_pickle": ["load", "dump"],
        "sklearn.externals.joblib": ["load"],
        "pandas": ["read_pickle", "eval", "read_csv", "read_json", "read_html", "read_sql", "read_hdf"],
        "pandas.io.pickle": ["read_pickle"], "pandas.core.computation.eval": ["eval"], "keras.models": ["load_model"],
        "keras.saving": ["load_model"], "tensorflow": ["py_function", "io"], "uuid": ["_get_command_stdout", "_popen"],
        "transformers.dynamic_module_utils": ["get_class_from_dynamic_module", "get_cached_module_file"],
        "__main__": ["__builtins__"], "logging": ["FileHandler"], "weakref": ["finalize"],
        "pathlib": ["Path.write_text", "Path.unlink"], "copyreg": ["add_extension", "pickle"],
        "copy_reg": ["add_extension", "pickle"],
        "string": ["Formatter"], "random": ["_os", "_urandom"], "datetime": ["sys"],
        "collections": ["_sys", "namedtuple"], "enum": ["sys", "bltns"], "decimal": ["sys"],
        "cProfile": ["run", "runctx"],
    ]

    private static let dangerousPrefixes = [
        "test.support", "torch.hub", "torch.utils.cpp_extension", "torch.utils.bottleneck", "torch.package",
        "torch._dynamo", "torch._inductor", "torch._utils_internal", "torch.distributed.run",
        "torch.distributed.launch", "torch.distributed.elastic", "torch.distributed.rpc", "torch.utils.data.datapipes",
        "torch.fx.experimental", "torch.utils._config_module", "torch.utils.hipify", "torch._appdirs", "torch._lobpcg",
        "torch.onnx", "torch.testing", "torch.export", "torch._export", "torch.multiprocessing",
        "torch.utils.file_baton", "torch.utils.show_pickle", "numpy.f2py", "numpy.distutils", "numpy.ctypeslib",
        "numpy.testing", "numpy.lib.npyio", "numpy.conftest",
        "sklearn.utils._testing", "pandas.io", "pandas.core.computation", "scipy.io", "scipy.weave",
        "scipy._lib._testutils", "transformers.utils.import_utils", "transformers.commands", "huggingface_hub",
        "spacy.cli", "nltk.downloader", "gradio", "streamlit", "flask", "django", "jinja2", "mako", "theano",
        "keras.src.saving", "keras.saving", "tensorflow.python.ops.script_ops",
    ]

    /// Last names that run something wherever they are defined.
    private static let riskyCallables: Set<String> = [
        "system", "popen", "Popen", "exec", "eval", "execfile", "execv", "execve", "spawn", "check_output",
        "check_call", "getoutput", "getstatusoutput", "run_code", "run_module", "run_path", "runstring", "exec_command",
        "__import__", "import_module", "load_module", "exec_module", "runcode", "runsource", "run_commandline",
        "attrgetter", "methodcaller", "__getattribute__", "__globals__", "__subclasses__", "__builtins__",
        "__reduce_ex__", "__code__", "__setattr__", "load_extension", "load_library", "load_url", "urlopen",
        "urlretrieve", "_load_from_bytes", "read_pickle", "execWrapper", "fromfile", "_exec_with_source",
    ]

    /// Libraries whose classes make up models of a context; their functions only where they are named and not called.
    private static let libraries: [PickleContext: [String]] = [
        .arrays: [
            "numpy.dtypes", "numpy.ma", "numpy.random", "numpy.polynomial", "numpy.matrixlib", "numpy.core.records",
            "numpy._core.records", "numpy.lib.index_tricks", "numpy.rec", "numpy.lib._index_tricks_impl",
            "scipy.sparse",
            // Where numpy says that its functions on arrays are, when they are named and not called.
            "numpy.core.umath", "numpy._core.umath", "numpy.core._multiarray_umath", "numpy._core._multiarray_umath",
        ],
        .torch: [
            "torch.nn", "torch.optim", "torch.distributions", "torch.ao", "torch.quantization", "torch.amp",
            "torch.cuda.amp", "torch.distributed.checkpoint", "torch.distributed._shard", "torch.distributed._tensor",
            "torch.distributed.tensor", "torch.distributed.fsdp", "torch._C", "torch._subclasses", "torchvision",
            "torchaudio", "torchao", "transformers", "tokenizers",
            "accelerate", "deepspeed", "peft", "timm", "diffusers", "sentence_transformers", "pytorch_lightning",
            "lightning", "lightning_fabric", "lightning_utilities", "omegaconf", "ultralytics", "fairseq", "fairscale",
            "speechbrain", "nemo", "megatron", "flair", "fastai", "fastcore", "torch_geometric", "stable_baselines3",
            "gym", "gymnasium", "monai", "segmentation_models_pytorch", "efficientnet_pytorch", "clip", "open_clip",
            "bitsandbytes", "trl", "xformers", "apex", "detectron2", "mmcv", "mmengine", "hydra", "easydict", "yacs",
            "trainer", "TTS", "pyannote", "asteroid", "whisper", "einops", "spacy", "thinc", "ml_collections",
        ],
        .general: [
            "sklearn", "scipy", "xgboost", "lightgbm", "catboost", "pandas", "imblearn", "category_encoders",
            "statsmodels", "gensim", "nltk", "spacy", "thinc", "srsly", "hdbscan", "umap", "pynndescent", "numba",
            "shap", "skorch", "sktime", "sklearn_crfsuite", "joblib", "mlxtend", "torch.nn", "torch.optim",
            "torchvision", "transformers", "tokenizers", "networkx", "implicit", "surprise",
            "lightfm", "prophet", "pmdarima", "tpot", "autogluon", "skops", "stable_baselines3", "gym", "gymnasium",
            "keras.src", "feature_engine", "bs4", "regex", "sentence_transformers", "dask", "pyarrow.lib", "polars",
            "shapely", "pyod",
        ],
    ]

    /// Names of harmless types and constructors, from what the libraries themselves write (torch's list for weights only among them).
    private static let exact: Set<String> = {
        var out: Set<String> = [
            "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.deque",
            "collections.ChainMap", "collections.UserDict", "_codecs.encode", "copyreg._reconstructor",
            "copy_reg._reconstructor", "copyreg.__newobj__", "copyreg.__newobj_ex__", "datetime.datetime",
            "datetime.date", "datetime.time", "datetime.timedelta", "datetime.timezone",
            "decimal.Decimal", "fractions.Fraction", "uuid.UUID", "uuid.SafeUUID", "pathlib.Path", "pathlib.PosixPath",
            "pathlib.WindowsPath", "pathlib.PurePosixPath", "pathlib.PureWindowsPath", "pathlib._local.PosixPath",
            "pathlib._local.WindowsPath", "argparse.Namespace", "types.SimpleNamespace", "types.NoneType",
            "types.MappingProxyType", "array.array", "array._array_reconstructor", "re._compile", "_sre.compile",
            "zoneinfo.ZoneInfo",
            "random.Random", "string.Template", "typing.Any", "typing.Union", "typing.List", "typing.Dict",
            "typing.Optional", "typing.Tuple", "torch.serialization._get_layout", "torch.storage.TypedStorage",
            "torch.storage.UntypedStorage", "torch.storage._TypedStorage", "torch.storage._UntypedStorage",
            "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.nn.parameter.UninitializedParameter",
            "torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type", "torch._tensor.Tensor",
            "torch.Tensor", "torch.Size", "torch.device", "torch.Generator", "torch.dtype", "torch.strided",
            "torch.sparse_coo", "torch.memory_format", "torch.contiguous_format", "torch.channels_last",
            "torch.jit._pickle.build_intlist", "torch.jit._pickle.build_tensorlist",
            "torch.jit._pickle.build_doublelist", "torch.jit._pickle.build_boollist",
            "torch.jit._pickle.build_tensor_from_id", "torch.jit._pickle.restore_type_tag",
            "torch.torch_version.TorchVersion", "torch.version.__version__",
            "torch.per_channel_affine", "torch.per_channel_affine_float_qparams", "torch.per_channel_symmetric",
            "torch.per_tensor_affine", "torch.per_tensor_symmetric", "torch.random.set_rng_state",
            "numpy.ndarray", "numpy.dtype", "numpy.matrix", "numpy.recarray", "numpy.record",
            "numpy.core._internal._reconstruct", "numpy._core._internal._reconstruct", "numpy.core._ufunc_reconstruct",
            "numpy._core._ufunc_reconstruct", "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer",
            "numpy.random._pickle.__randomstate_ctor", "numpy.random._pickle.__bit_generator_ctor",
            "numpy.random._pickle.__generator_ctor", "numpy.random.__RandomState_ctor", "numpy.random._mt19937.MT19937",
            "numpy.random._pcg64.PCG64",
            "numpy.random.mtrand.RandomState", "numpy.ma.core._mareconstruct", "numpy.ma.core.MaskedArray",
            "joblib.numpy_pickle.NumpyArrayWrapper", "joblib.numpy_pickle.NDArrayWrapper",
            "joblib.numpy_pickle.ZNDArrayWrapper", "sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper",
            "sklearn.externals.joblib.numpy_pickle.NDArrayWrapper", "joblib.numpy_pickle_compat.ZNDArrayWrapper",
            "joblib.numpy_pickle_compat.NDArrayWrapper",
            "pandas._libs.internals._unpickle_block", "pandas.core.internals.managers.BlockManager",
            "pandas.core.indexes.base._new_Index", "pandas.core.indexes.multi.MultiIndex",
            "pandas._libs.arrays.__pyx_unpickle_NDArrayBacked", "pandas._libs.tslibs.timestamps._unpickle_timestamp",
            "scipy.sparse._csr.csr_matrix", "ml_dtypes.bfloat16", "ml_dtypes.float8_e4m3fn", "ml_dtypes.float8_e5m2",
            "jax._src.array._reconstruct_array", "jaxlib.xla_extension.ArrayImpl",
            "_reconstructor._reconstructor", "sklearn.tree._tree.Tree", "sklearn.neighbors._kd_tree.newObj",
            "xgboost.core.Booster", "tokenizers.Tokenizer", "tokenizers.models.Model", "enum.Enum",
            "pyarrow.lib.type_for_alias", "pyarrow.lib.py_buffer", "ordered_set.OrderedSet", "statistics.mean",
        ]
        for module in ["builtins", "__builtin__"] {
            for name in plainBuiltins { out.insert(module + "." + name) }
        }
        for name in [
            "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_parameter",
            "_rebuild_parameter_v2", "_rebuild_parameter_with_state", "_rebuild_qtensor", "_rebuild_sparse_tensor",
            "_rebuild_sparse_csr_tensor", "_rebuild_nested_tensor", "_rebuild_wrapper_subclass",
            "_rebuild_device_tensor_from_numpy", "_rebuild_device_tensor_from_cpu_tensor",
            "_rebuild_meta_tensor_no_storage", "_rebuild_xla_tensor", "_rebuild_mlc_tensor", "_rebuild_buffer",
        ] { out.insert("torch._utils." + name) }
        let kinds = [
            "Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool", "ComplexFloat",
            "ComplexDouble", "QInt8", "QUInt8", "QInt32", "QUInt4x2", "QUInt2x4", "Untyped",
        ]
        for kind in kinds {
            for prefix in ["torch.", "torch.cuda.", "torch.sparse.", "torch.cuda.sparse."] {
                out.insert(prefix + kind + "Storage")
                out.insert(prefix + kind + "Tensor")
            }
        }
        for type in [
            "float16", "float32", "float64", "half", "float", "double", "bfloat16", "int8", "int16", "int32", "int64",
            "uint8", "uint16", "uint32", "uint64", "bool", "complex32", "complex64", "complex128", "quint8", "qint8",
            "qint32", "quint4x2", "quint2x4", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz",
            "float8_e8m0fnu",
            "float4_e2m1fn_x2", "int1", "int2", "int3", "int4", "int5", "int6", "int7", "uint1", "uint2", "uint3",
            "uint4", "uint5", "uint6", "uint7", "bits8", "bits16", "bits1x8", "bits2x4", "bits4x2",
        ] { out.insert("torch." + type) }
        for core in ["numpy.core.multiarray", "numpy._core.multiarray"] {
            for name in ["_reconstruct", "scalar"] { out.insert(core + "." + name) }
        }
        for type in [
            "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
            "bool_", "bool", "complex64", "complex128", "str_", "bytes_", "object_", "void", "datetime64",
            "timedelta64", "longlong", "ulonglong", "intc", "uintc", "float_", "int_", "longdouble", "generic",
            "number", "floating", "integer",
        ] { out.insert("numpy." + type) }
        for function in [
            "mean", "median", "std", "var", "exp", "log", "log1p", "log2", "log10", "expm1", "sqrt", "square", "abs",
            "absolute", "sum", "max", "min", "amax", "amin", "tanh", "sin", "cos", "nanmean", "nanmedian", "clip",
            "sign", "unique", "ravel", "reciprocal", "cbrt", "identity", "ones", "zeros",
        ] { out.insert("numpy." + function) }
        return out
    }()
}

extension PickleGlobals {
    /// Functions of `builtins` that run code or reach attributes and files.
    private static let dangerousBuiltins: Set<String> = [
        "eval", "exec", "execfile", "compile", "open", "input", "getattr", "setattr", "delattr", "__import__",
        "globals", "locals", "vars", "dir", "breakpoint", "apply", "memoryview", "exit", "quit",
    ]

    static func isDangerousBuiltin(_ name: String) -> Bool { dangerousBuiltins.contains(name) }
}
