#!/usr/bin/env python3
"""Writes small files with the reference libraries, and what those libraries say of them: make.py FOLDER [SAMPLE...].

Without names: all but the light ones, which the tests' set-up makes each time and nobody commits.

Every sample is a function; `expect` is what the library itself reports of the file it wrote. A library that is not
installed leaves its samples and their expectations as they are, unless a sample that was asked for needs it in continuous
integration (CI=true). A sample that fails makes the whole fail, when all others are written.
"""
import collections, gzip, io, json, os, pickle, struct, sys, zipfile
from pathlib import Path

OUT = Path(sys.argv[1])
WANTED = sys.argv[2:]
OUT.mkdir(parents=True, exist_ok=True)
EXPECTED = OUT / "expected.json"
expected = json.loads(EXPECTED.read_text()) if EXPECTED.exists() else {}
FAILED = []
NAMES = {"torch.float32": "float32"}


def expect(sample, form, tensors=None, types=None, **metadata):
    types = {k: int(v) for k, v in (types or {}).items() if v}
    entry = {"format": form, "metadata": {k: str(v) for k, v in metadata.items()}}
    if tensors is not None:
        entry |= {"tensors": tensors, "parameters": sum(types.values()), "types": types}
    expected[sample] = entry


def samples(*libraries, is_light=False):
    def wrap(function):
        if function.__name__ not in WANTED if WANTED else is_light:
            return function
        try:
            for library in libraries:
                __import__(library)
        except ImportError as error:
            print(f"{function.__name__}: {error}; left as it is")
            if WANTED and os.environ.get("CI") == "true":
                FAILED.append(function.__name__)
            return function
        try:
            function()
        except Exception as error:
            print(f"{function.__name__} failed: {error!r}")
            FAILED.append(function.__name__)
        return function
    return wrap


@samples("numpy")
def numpy_arrays():
    import numpy as np
    rng = np.random.default_rng(1)
    for name, array in {"plain": rng.random((3, 4)).astype("f4"), "scalar": np.array(7, "i8"), "text": np.array(["ab", "cde"]), "record": np.zeros(3, dtype=[("a", "f4"), ("b", "i2")]), "objects": np.array([{"a": 1}, [2, 3]], dtype=object)}.items():
        np.save(OUT / f"{name}.npy", array, allow_pickle=True)
        kind = {"U": "str", "V": "void", "O": "object"}.get(array.dtype.kind, array.dtype.name)
        expect(f"{name}.npy", "npy", 1, {kind: array.size}, shape=", ".join(map(str, array.shape)))
    np.savez(OUT / "arrays.npz", a=rng.random((2, 3)), b=np.arange(5))
    expect("arrays.npz", "npz", 2, {"float64": 6, "int64": 5})
    np.savez_compressed(OUT / "packed.npz", a=np.zeros((20, 30), "f2"))
    expect("packed.npz", "npz", 1, {"float16": 600})
    for protocol in range(6):
        (OUT / f"arrays-{protocol}.pkl").write_bytes(pickle.dumps({"w": np.zeros((4, 5), "f4"), "b": np.arange(3, dtype="i8"), "n": [1, 2.5, "x", None, True]}, protocol=protocol))
        expect(f"arrays-{protocol}.pkl", "pickle", 2, {"float32": 20, "int64": 3})


@samples("torch")
def torch_files():
    import torch
    from torch import nn
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2).half())

    def report(name, format, state, **more):
        types = collections.Counter()
        for value in state.values():
            types[str(value.dtype).removeprefix("torch.")] += value.numel()
        expect(name, format, len(state), types, **more)

    state = model.state_dict()
    torch.save(state, OUT / "state.pt")
    report("state.pt", "torch-zip", state)
    torch.save(state, OUT / "legacy.bin", _use_new_zipfile_serialization=False)
    report("legacy.bin", "torch-legacy", state)
    mixed = {"bf": torch.zeros(3, 5, dtype=torch.bfloat16), "u": torch.zeros(7, dtype=torch.uint8), "s": torch.tensor(3), "view": torch.arange(24.).reshape(4, 6)[1:3, ::2], "f8": torch.zeros(2, 2, dtype=torch.float8_e4m3fn)}
    torch.save(mixed, OUT / "mixed.pth")
    report("mixed.pth", "torch-zip", mixed)
    torch.save(model, OUT / "module.pt")
    parameters = dict(model.named_parameters()) | dict(model.named_buffers())
    report("module.pt", "torch-zip", parameters)
    scripted = torch.jit.script(nn.Sequential(nn.Linear(3, 2), nn.ReLU()))
    scripted.save(str(OUT / "script.pt"))
    report("script.pt", "torchscript", scripted.state_dict())
    optimizer = torch.optim.AdamW(model.parameters())
    torch.save({"model": state, "optimizer": optimizer.state_dict(), "epoch": 3}, OUT / "checkpoint.ckpt")
    report("checkpoint.ckpt", "torch-zip", state)
    (OUT / "plain-tensor.pkl").write_bytes(pickle.dumps({"t": torch.zeros(5)}))
    expect("plain-tensor.pkl", "pickle")


@samples("safetensors", "numpy")
def safetensors_files():
    import numpy as np
    from safetensors.numpy import save_file
    save_file({"a": np.zeros((2, 3), "f4"), "b": np.zeros(5, "f2")}, OUT / "model.safetensors", metadata={"format": "pt", "license": "mit"})
    expect("model.safetensors", "safetensors", 2, {"F32": 6, "F16": 5}, format="pt", license="mit")


@samples("gguf", "numpy")
def gguf_files():
    import gguf, numpy as np
    writer = gguf.GGUFWriter(str(OUT / "model.gguf"), "llama")
    writer.add_license("mit"); writer.add_name("tiny"); writer.add_context_length(128); writer.add_token_list(["a", "b", "c"])
    writer.add_tensor("w", np.zeros((4, 32), "f4")); writer.add_tensor("q", np.zeros((2, 34), "u1"), raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file(); writer.write_kv_data_to_file(); writer.write_tensors_to_file(); writer.close()
    reader = gguf.GGUFReader(str(OUT / "model.gguf"))
    types = collections.Counter()
    for tensor in reader.tensors:
        types[tensor.tensor_type.name] += int(tensor.n_elements)
    expect("model.gguf", "gguf", len(reader.tensors), types, **{"general.architecture": "llama", "general.license": "mit", "general.name": "tiny"})


@samples("onnx", "numpy", is_light=True)
def onnx_files():
    import numpy as np, onnx
    from onnx import TensorProto, helper, numpy_helper
    rng = np.random.default_rng(1)
    weights = [numpy_helper.from_array(rng.random((4, 3)).astype("f4"), "w"), numpy_helper.from_array(np.arange(3), "b"), helper.make_tensor("h", TensorProto.FLOAT16, [2], np.zeros(2, "f2").tobytes(), raw=True)]
    nodes = [helper.make_node("MatMul", ["x", "w"], ["y"]), helper.make_node("Odd", ["y"], ["z"], domain="my.domain")]
    graph = helper.make_graph(nodes, "tiny", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 4])], [helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, 3])], weights)
    model = helper.make_model(graph, producer_name="maker", producer_version="1.2", opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("my.domain", 1)])
    helper.set_model_props(model, {"license": "apache-2.0", "author": "somebody"})
    onnx.save(model, OUT / "model.onnx")

    def report(name):
        loaded = onnx.load(OUT / name, load_external_data=False)
        types = collections.Counter()
        for tensor in loaded.graph.initializer:
            types[TensorProto.DataType.Name(tensor.data_type)] += int(np.prod(tensor.dims))
        expect(name, "onnx", len(loaded.graph.initializer), types, ir_version=loaded.ir_version, producer_name=loaded.producer_name, **{"opset.ai.onnx": 17}, **{p.key: p.value for p in loaded.metadata_props})
    report("model.onnx")
    big = helper.make_graph([helper.make_node("MatMul", ["x", "w"], ["y"])], "apart", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 32])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 64])], [numpy_helper.from_array(np.zeros((32, 64), "f4"), "w")])
    onnx.save(helper.make_model(big, producer_name="maker", opset_imports=[helper.make_opsetid("", 17)]), OUT / "apart.onnx", save_as_external_data=True, location="apart.data", size_threshold=16)
    report("apart.onnx")


@samples("h5py", "numpy")
def hdf5_files():
    import h5py, numpy as np

    def report(name, format="hdf5", **more):
        types, count = collections.Counter(), 0
        with h5py.File(OUT / name) as file:
            def visit(path, item):
                nonlocal count
                if isinstance(item, h5py.Dataset):
                    count += 1
                    types["str" if item.dtype.kind in "OS" else item.dtype.name] += item.size
            file.visititems(visit)
        expect(name, format, count, types, **more)

    def fill(file):
        file.attrs["author"] = "somebody"
        file.attrs["license"] = np.bytes_("mit")
        group = file.create_group("layers/dense")
        group.create_dataset("kernel", data=np.zeros((4, 5), "f4"))
        group.create_dataset("bias", data=np.zeros(5, "f8"))
        file.create_dataset("chunked", data=np.zeros((10, 10), "i2"), chunks=(5, 5), compression="gzip")
        file.create_dataset("names", data=[b"a", b"bc"])
        many = file.create_group("many")
        for number in range(40):
            many.create_dataset(f"item-{number}", data=np.zeros(number + 1, "u1"))
    for name, version in {"earliest.hdf5": "earliest", "latest.hdf5": "latest", "v108.hdf5": ("earliest", "v108")}.items():
        with h5py.File(OUT / name, "w", libver=version) as file:
            fill(file)
            if version == "latest":
                for number in range(20):
                    file.attrs[f"attribute-{number}"] = f"value {number}"
        report(name, author="somebody", license="mit")
    with h5py.File(OUT / "block.hdf5", "w", userblock_size=512) as file:
        file["a"] = np.zeros(3, "f4")
    report("block.hdf5")


@samples("joblib", "numpy", "sklearn")
def joblib_files():
    import joblib, numpy as np
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    value = {"w": np.zeros((30, 4), "f4"), "o": np.array(["x", {"y": 1}], dtype=object), "i": np.arange(9)}
    for name, compress in {"plain": 0, "zlib": ("zlib", 3), "gzip": ("gzip", 3), "bz2": ("bz2", 3), "xz": ("xz", 3), "lzma": ("lzma", 3), "lz4": ("lz4", 3)}.items():
        joblib.dump(value, OUT / f"{name}.joblib", compress=compress)
        expect(f"{name}.joblib", {"gzip": "joblib", "bz2": "joblib", "xz": "joblib"}.get(name, "joblib"), 3, {"float32": 120, "object": 2, "int64": 9})
    x = np.random.default_rng(1).random((20, 3))
    y = np.arange(20) % 2
    joblib.dump(make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y), OUT / "pipeline.joblib")
    expect("pipeline.joblib", "joblib")
    (OUT / "forest.pkl").write_bytes(pickle.dumps(RandomForestClassifier(n_estimators=2, max_depth=2).fit(x, y)))
    expect("forest.pkl", "pickle")


@samples("xgboost", "numpy")
def xgboost_files():
    import numpy as np, xgboost
    x = np.random.default_rng(1).random((30, 4))
    booster = xgboost.train({"objective": "reg:squarederror", "max_depth": 2}, xgboost.DMatrix(x, x[:, 0], feature_names=list("abcd")), 3)
    booster.set_attr(license="mit")
    for ending, form in {"json": "xgboost-json", "ubj": "xgboost-ubj"}.items():
        booster.save_model(OUT / f"trees.{ending}")
        expect(f"trees.{ending}", form, objective="reg:squarederror", trees=booster.num_boosted_rounds(), feature_names=len(booster.feature_names), **{"attributes.license": "mit"}, version=xgboost.__version__)


@samples("lightgbm", "numpy")
def lightgbm_files():
    import lightgbm, numpy as np
    x = np.random.default_rng(1).random((60, 4))
    booster = lightgbm.train({"objective": "regression", "verbose": -1, "num_leaves": 4, "min_data_in_leaf": 5}, lightgbm.Dataset(x, x[:, 0]), 5)
    booster.save_model(OUT / "lightgbm.txt")
    expect("lightgbm.txt", "lightgbm", trees=booster.num_trees(), feature_names=booster.num_feature(), objective="regression")


@samples("catboost", "numpy")
def catboost_files():
    import catboost, numpy as np
    x = np.random.default_rng(1).random((30, 4))
    model = catboost.CatBoostRegressor(iterations=3, depth=2, verbose=False, allow_writing_files=False).fit(x, x[:, 0])
    model.save_model(OUT / "trees.cbm")
    expect("trees.cbm", "catboost", trees=model.tree_count_, features=4)


@samples("pyarrow")
def arrow_files():
    import pyarrow as pa, pyarrow.parquet as pq
    table = pa.table({"text": ["a", "b", "c"], "n": [1, 2, 3], "nested": [{"x": 1, "y": "z"}, {"x": 2, "y": "w"}, None]})
    table = table.replace_schema_metadata({"license": "cc-by-4.0"})
    pq.write_table(table, OUT / "table.parquet", row_group_size=2)
    meta = pq.read_metadata(OUT / "table.parquet")
    expect("table.parquet", "parquet", rows=meta.num_rows, columns=meta.num_columns, rowGroups=meta.num_row_groups, created_by=meta.created_by, license="cc-by-4.0", names=", ".join(table.column_names))
    with pa.OSFile(str(OUT / "table.feather"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    expect("table.feather", "arrow-file", rows=3, columns=3, batches=2, license="cc-by-4.0", names=", ".join(table.column_names))
    with pa.OSFile(str(OUT / "table.arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    expect("table.arrow", "arrow-stream", rows=3, columns=3, batches=2, license="cc-by-4.0")


@samples("tokenizers")
def tokenizer_files():
    from tokenizers import Tokenizer, models, trainers
    tokenizer = Tokenizer(models.BPE())
    tokenizer.train_from_iterator(["a small text with words", "and more words"], trainers.BpeTrainer(vocab_size=40, special_tokens=["<s>"]))
    tokenizer.add_tokens(["outside"])
    folder = OUT / "bpe"
    folder.mkdir(exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    expect("bpe/tokenizer.json", "hf-tokenizer", vocab_size=tokenizer.get_vocab_size(), model_vocab_size=tokenizer.get_vocab_size(with_added_tokens=False), model_type="BPE")


@samples("sentencepiece")
def sentencepiece_files():
    import sentencepiece
    sink = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(["a small text with words", "and more words for it"] * 5), model_writer=sink, vocab_size=30, model_type="bpe", minloglevel=3)
    (OUT / "spiece.model").write_bytes(sink.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=sink.getvalue())
    expect("spiece.model", "sentencepiece", vocab_size=processor.vocab_size(), model_type="bpe")


@samples("flax", "numpy")
def flax_files():
    import numpy as np
    from flax import serialization
    tree = {"params": {"dense": {"kernel": np.zeros((3, 4), "f4"), "bias": np.zeros(4, "f2")}, "step": 7}}
    (OUT / "flax.msgpack").write_bytes(serialization.to_bytes(tree))
    restored = serialization.msgpack_restore((OUT / "flax.msgpack").read_bytes())["params"]["dense"]
    expect("flax.msgpack", "flax-msgpack", len(restored), {str(v.dtype): v.size for v in restored.values()})


@samples("lmdb")
def lmdb_files():
    import lmdb, shutil
    folder = OUT / "store"
    shutil.rmtree(folder, ignore_errors=True)
    with lmdb.open(str(folder), map_size=1 << 16) as store:
        with store.begin(write=True) as transaction:
            for number in range(12):
                transaction.put(str(number).encode(), b"x" * 40)
        expect("store/data.mdb", "lmdb", rows=store.stat()["entries"])
    (folder / "lock.mdb").unlink()


@samples("coremltools", "numpy")
def coreml_files():
    import numpy as np, coremltools as ct
    from coremltools.models import datatypes
    from coremltools.models.neural_network import NeuralNetworkBuilder
    builder = NeuralNetworkBuilder([("x", datatypes.Array(4))], [("y", datatypes.Array(3))])
    builder.add_inner_product("fc", W=np.zeros((3, 4), "f4"), b=np.zeros(3, "f4"), input_channels=4, output_channels=3, has_bias=True, input_name="x", output_name="y")
    spec = builder.spec
    spec.description.metadata.license = "mit"
    spec.description.metadata.author = "somebody"
    ct.models.utils.save_spec(spec, str(OUT / "network.mlmodel"))
    expect("network.mlmodel", "coreml-mlmodel", 2, {"float32": 15}, license="mit", author="somebody", specificationVersion=spec.specificationVersion, type="neuralNetwork")


@samples("openvino", "numpy")
def openvino_files():
    import numpy as np, openvino as ov
    from openvino import opset13 as ops
    x = ops.parameter([1, 4], np.float32)
    w = ops.constant(np.random.default_rng(1).random((4, 30)).astype("f4"))
    b = ops.constant(np.random.default_rng(1).random((1, 30)).astype("f4"))
    model = ov.Model([ops.add(ops.matmul(x, w, False, False), b)], [x], "tiny")
    ov.save_model(model, OUT / "openvino.xml", compress_to_fp16=False)
    loaded = ov.Core().read_model(OUT / "openvino.xml")
    constants = [node for node in loaded.get_ops() if node.get_type_name() == "Constant"]
    types = collections.Counter()
    for node in constants:
        types[node.get_element_type().get_type_name()] += int(np.prod(list(node.get_output_shape(0))))
    expect("openvino.xml", "openvino-ir", len(constants), types, name="tiny")


@samples("keras", "numpy")
def keras_files():
    import os
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras, h5py
    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(8, activation="relu", name="one"), keras.layers.Dense(2, name="two")])
    model.save(OUT / "model.keras")
    count = len(model.weights)
    expect("model.keras", "keras-zip", count, {"float32": model.count_params()}, keras_version=keras.__version__, class_name="Sequential")
    model.save(OUT / "model.h5")
    expect("model.h5", "keras-h5", count, {"float32": model.count_params()}, keras_version=keras.__version__)
    lam = keras.Sequential([keras.layers.Input((4,)), keras.layers.Lambda(lambda v: v * 2, name="twice")])
    lam.save(OUT / "lambda.keras")
    expect("lambda.keras", "keras-zip")
    lam.save(OUT / "lambda.h5")
    expect("lambda.h5", "keras-h5")


@samples("tensorflow")
def tensorflow_files():
    import shutil, tensorflow as tf
    folder = OUT / "saved"
    shutil.rmtree(folder, ignore_errors=True)

    class Module(tf.Module):
        def __init__(self):
            self.w = tf.Variable(tf.zeros((3, 4)), name="w")

        @tf.function(input_signature=[tf.TensorSpec([None, 3])])
        def __call__(self, x):
            return x @ self.w
    tf.saved_model.save(Module(), str(folder))
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    expect("saved/saved_model.pb", "tf-saved-model", tensorflow_version=tf.__version__)
    entries = tf.train.list_variables(str(folder / "variables" / "variables"))
    types = collections.Counter()
    reader = tf.train.load_checkpoint(str(folder / "variables" / "variables"))
    for name, shape in entries:
        kind = reader.get_variable_to_dtype_map()[name].name
        size = 1
        for dimension in shape:
            size *= dimension
        types[kind] += size
    expect("saved/variables/variables.index", "tf-checkpoint", len(entries), types)

    class Writer(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([], tf.string)])
        def __call__(self, x):
            tf.io.write_file("/nowhere/file", x)
            return tf.io.read_file(x)
    shutil.rmtree(OUT / "writer", ignore_errors=True)
    tf.saved_model.save(Writer(), str(OUT / "writer"))
    for extra in (OUT / "writer").rglob("*"):
        if extra.is_file() and extra.name != "saved_model.pb":
            extra.unlink()
    expect("writer/saved_model.pb", "tf-saved-model")
    with tf.io.TFRecordWriter(str(OUT / "records.tfrecord")) as writer:
        for number in range(5):
            writer.write(b"x" * (number + 1))
    expect("records.tfrecord", "tfrecord", rows=5)
    converter = tf.lite.TFLiteConverter.from_saved_model(str(folder))
    (OUT / "model.tflite").write_bytes(converter.convert())
    interpreter = tf.lite.Interpreter(str(OUT / "model.tflite"))
    expect("model.tflite", "tflite")


@samples("paddle")
def paddle_files():
    import paddle
    layer = paddle.nn.Linear(3, 4)
    paddle.save(layer.state_dict(), str(OUT / "paddle.pdparams"))
    expect("paddle.pdparams", "paddle", 2, {"float32": 16})


def text_files():
    (OUT / "rows.jsonl").write_text('{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n')
    expect("rows.jsonl", "jsonl", rows=2, columns=2, names="a, b")
    (OUT / "rows.csv").write_text('id,"the text",label\n1,"a, b",x\n2,c,y\n')
    expect("rows.csv", "csv", rows=2, columns=3)
    (OUT / "net.param").write_text("7767517\n2 2\nInput data 0 1 data\nReLU relu 1 1 data out\n")
    expect("net.param", "ncnn", layers=2, blobs=2)
    with gzip.GzipFile(OUT / "rows.jsonl.gz", "wb", mtime=0) as file:
        file.write(b'{"q": 1}\n' * 3)
    expect("rows.jsonl.gz", "jsonl", rows=3)
    (OUT / "darknet.weights").write_bytes(struct.pack("<iiiQ", 0, 2, 5, 64) + bytes(40))
    expect("darknet.weights", "darknet", seen=64)
    arrays = [("arg:w", (2, 3)), ("aux:m", (3,))]
    body = struct.pack("<QQQ", 0x112, 0, len(arrays))
    for _, shape in arrays:
        body += struct.pack("<IiI", 0xF993FAC9, 0, len(shape)) + b"".join(struct.pack("<q", n) for n in shape) + struct.pack("<iii", 1, 0, 0)
        size = 4
        for n in shape:
            size *= n
        body += bytes(size)
    body += struct.pack("<Q", len(arrays)) + b"".join(struct.pack("<Q", len(name)) + name.encode() for name, _ in arrays)
    (OUT / "mx.params").write_bytes(body)
    expect("mx.params", "mxnet", 2, {"float32": 9})
    ft = struct.pack("<ii", 793712314, 12) + struct.pack("<12i", 4, 5, 5, 1, 5, 1, 1, 3, 10, 0, 0, 100) + struct.pack("<d", 1e-4)
    words = [b"</s>", b"word", b"__label__x"]
    ft += struct.pack("<iiiqq", 3, 2, 1, 10, -1) + b"".join(w + b"\0" + struct.pack("<qb", 2, int(w.startswith(b"__label"))) for w in words)
    ft += b"\0" + struct.pack("<qq", 12, 4) + bytes(12 * 16) + b"\0" + struct.pack("<qq", 1, 4) + bytes(16)
    (OUT / "fasttext.bin").write_bytes(ft)
    expect("fasttext.bin", "fasttext", 2, {"float32": 52}, dim=4, labels=1)
    ggjt = b"tjgg" + struct.pack("<I7i", 3, 2, 8, 256, 2, 1, 4, 0)
    for word in (b"a", b"bc"):
        ggjt += struct.pack("<I", len(word)) + word + struct.pack("<f", 0)
    for name, shape in (("tok", (8, 2)), ("norm", (8,))):
        ggjt += struct.pack("<iiI", len(shape), len(name), 0) + b"".join(struct.pack("<i", n) for n in shape) + name.encode()
        ggjt += bytes(-len(ggjt) % 32)
        size = 4
        for n in shape:
            size *= n
        ggjt += bytes(size)
    (OUT / "legacy.ggml").write_bytes(ggjt)
    expect("legacy.ggml", "ggml-legacy", 2, {"F32": 24}, n_vocab=2)


if not WANTED:
    text_files()
EXPECTED.write_text(json.dumps(dict(sorted(expected.items())), indent=1, sort_keys=True) + "\n")
print(f"{len(expected)} samples, {sum(f.stat().st_size for f in OUT.rglob('*') if f.is_file()) // 1024} kB")
if FAILED:
    raise SystemExit("failed: " + ", ".join(FAILED))
