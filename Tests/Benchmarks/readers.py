#!/usr/bin/env python3
"""Each reader beside the reference library's own listing of the same file: readers.py BINARY [WORK_FOLDER].

Library: best of several calls in a running interpreter, imports and start-up off. openscan: a folder of copies of the file,
best of several runs, start-up off, divided by the copies. A library that is not installed is left out; one that fails makes
the whole fail when all others are measured. Run it with the interpreter of `make fixtures` (.build/fixtures/bin/python).
"""
import atexit, io, json, os, pickle, random, shutil, string, subprocess, sys, tempfile, time, warnings
from pathlib import Path

warnings.filterwarnings("ignore")
BINARY = str(Path(sys.argv[1]).resolve())
WORK = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="openscan-readers-"))
WORK.mkdir(parents=True, exist_ok=True)
if len(sys.argv) < 3:
    atexit.register(shutil.rmtree, WORK, ignore_errors=True)
random.seed(1)
ROWS = []
FAILED = []


def best(call, runs=5):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def scan(folder):
    subprocess.run([BINARY, "scan", "-f", "json", "--jobs", "1", "-o", "/dev/null", str(folder)], check=False, stderr=subprocess.DEVNULL)


EMPTY = WORK / "empty"
EMPTY.mkdir(exist_ok=True)
(EMPTY / "a.txt").write_text("x\n")
START = best(lambda: scan(EMPTY), 10)


def ours(file, siblings=()):
    """Seconds for one file."""
    folder = WORK / ("copies-" + file.name)
    folder.mkdir(exist_ok=True)
    size = file.stat().st_size
    copies = max(1, min(50, (64 << 20) // max(1, size)))
    for number in range(copies):
        target = folder / str(number) / file.name
        target.parent.mkdir(exist_ok=True)
        for source in (file, *siblings):
            link = target.parent / source.name
            if not link.exists():
                os.link(source, link)
    return max(1e-6, (best(lambda: scan(folder)) - START) / copies)


def row(name, library, file, call, siblings=(), runs=5):
    theirs, mine = best(call, runs), ours(file, siblings)
    ROWS.append((name, library, file.stat().st_size, theirs, mine))
    print(f"{name:34} {library:24} {file.stat().st_size / 1e6:9.2f} MB {theirs * 1e3:10.2f} ms {mine * 1e3:9.3f} ms {theirs / mine:8.1f}x", flush=True)


def sample(function):
    try:
        function()
    except ImportError as error:
        print(f"{function.__name__}: {error}; left out", flush=True)
    except Exception as error:
        print(f"{function.__name__}: {error!r}", flush=True)
        FAILED.append(function.__name__)


@sample
def safetensors_files():
    import numpy as np
    from safetensors import safe_open
    from safetensors.numpy import save_file
    for count in (700, 100_000):
        file = WORK / f"{count}.safetensors"
        if not file.exists():
            save_file({f"model.layers.{n}.self_attn.q_proj.weight": np.zeros(2, "f4") for n in range(count)}, file)

        def listing():
            with safe_open(file, "np") as opened:
                return [opened.get_slice(key).get_shape() for key in opened.keys()]
        row(f"safetensors, {count} tensors", "safetensors", file, listing, runs=3)


@sample
def gguf_file():
    import gguf, numpy as np
    file = WORK / "vocabulary.gguf"
    if not file.exists():
        writer = gguf.GGUFWriter(str(file), "llama")
        writer.add_token_list([f"token{n}" for n in range(128_000)])
        writer.add_token_scores([0.0] * 128_000)
        for n in range(300):
            writer.add_tensor(f"blk.{n}.w", np.zeros((4, 32), "f4"))
        writer.write_header_to_file(); writer.write_kv_data_to_file(); writer.write_tensors_to_file(); writer.close()
    row("GGUF, 128k tokens", "gguf", file, lambda: gguf.GGUFReader(str(file)), runs=1)


@sample
def onnx_file():
    import numpy as np, onnx
    from onnx import TensorProto, helper, numpy_helper
    file = WORK / "model.onnx"
    if not file.exists():
        weights = [numpy_helper.from_array(np.zeros((64, 64), "f4"), f"w{n}") for n in range(2000)]
        nodes = [helper.make_node("MatMul", [f"x{n}", f"w{n}"], [f"x{n + 1}"]) for n in range(2000)]
        onnx.save(helper.make_model(helper.make_graph(nodes, "g", [helper.make_tensor_value_info("x0", TensorProto.FLOAT, [1, 64])], [helper.make_tensor_value_info("x2000", TensorProto.FLOAT, [1, 64])], weights)), file)
    row("ONNX, 2,000 tensors inline", "onnx", file, lambda: [t.dims for t in onnx.load(file, load_external_data=False).graph.initializer])


@sample
def torch_file():
    import torch
    file = WORK / "many.pt"
    if not file.exists():
        torch.save({f"layers.{n}.weight": torch.zeros(64) for n in range(5000)}, file)
    row("torch zip, 5,000 tensors", "torch, meta, mmap", file, lambda: [v.shape for v in torch.load(file, map_location="meta", mmap=True, weights_only=True).values()])


@sample
def hdf5_file():
    import h5py, numpy as np
    file = WORK / "many.hdf5"
    if not file.exists():
        with h5py.File(file, "w") as out:
            for n in range(3000):
                out[f"layers/{n // 10}/vars/{n}"] = np.zeros(16, "f4")

    def listing():
        with h5py.File(file) as opened:
            found = []
            opened.visititems(lambda path, item: found.append(item.shape) if isinstance(item, h5py.Dataset) else None)
    row("HDF5, 3,000 data sets", "h5py", file, listing)


@sample
def arrow_files():
    import pyarrow as pa, pyarrow.parquet as pq
    table = pa.table({f"column{n}": list(range(2000)) for n in range(200)})
    file = WORK / "wide.parquet"
    if not file.exists():
        pq.write_table(table, file, row_group_size=100)
    row("parquet, 200 columns, 20 groups", "pyarrow", file, lambda: (lambda m: (m.num_rows, [m.schema.column(n).name for n in range(m.num_columns)]))(pq.read_metadata(file)))
    file = WORK / "table.arrow"
    if not file.exists():
        with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=20)
    row("Arrow stream, 100 batches", "pyarrow", file, lambda: sum(batch.num_rows for batch in pa.ipc.open_stream(pa.memory_map(str(file)))))


@sample
def numpy_file():
    import numpy as np
    file = WORK / "many.npz"
    if not file.exists():
        np.savez(file, **{f"a{n}": np.zeros(100, "f4") for n in range(2000)})
    row("npz, 2,000 arrays", "numpy", file, lambda: [array.shape for array in np.load(file).values()])


@sample
def xgboost_files():
    import numpy as np, xgboost
    x = np.random.default_rng(1).random((2000, 20))
    for ending in ("json", "ubj"):
        file = WORK / f"trees.{ending}"
        if not file.exists():
            xgboost.train({"max_depth": 6}, xgboost.DMatrix(x, x[:, 0]), 300).save_model(file)
        row(f"XGBoost {ending}, 300 trees", "xgboost", file, lambda: xgboost.Booster(model_file=file).num_boosted_rounds())


@sample
def lightgbm_file():
    import lightgbm, numpy as np
    x = np.random.default_rng(1).random((2000, 20))
    file = WORK / "lightgbm.txt"
    if not file.exists():
        lightgbm.train({"verbose": -1}, lightgbm.Dataset(x, x[:, 0]), 300).save_model(file)
    row("LightGBM, 300 trees", "lightgbm", file, lambda: lightgbm.Booster(model_file=file).num_trees())


@sample
def tokenizer_file():
    from tokenizers import Tokenizer, models
    folder = WORK / "tokenizer"
    folder.mkdir(exist_ok=True)
    file = folder / "tokenizer.json"
    if not file.exists():
        Tokenizer(models.WordPiece({f"token{n}": n for n in range(100_000)}, unk_token="token0")).save(str(file))
    row("tokenizer.json, 100k tokens", "tokenizers", file, lambda: Tokenizer.from_file(str(file)).get_vocab_size())


@sample
def openvino_file():
    import numpy as np, openvino as ov
    from openvino import opset13 as ops
    file = WORK / "net.xml"
    if not file.exists():
        node = x = ops.parameter([1, 32], np.float32)
        for n in range(500):
            node = ops.add(node, ops.constant(np.random.default_rng(n).random((1, 32)).astype("f4")))
        ov.save_model(ov.Model([node], [x], "net"), file, compress_to_fp16=False)
    core = ov.Core()
    row("OpenVINO IR, 500 constants", "openvino", file, lambda: len(core.read_model(file).get_ops()), (file.with_suffix(".bin"),))


@sample
def coreml_file():
    import numpy as np, coremltools as ct
    from coremltools.models import datatypes
    from coremltools.models.neural_network import NeuralNetworkBuilder
    file = WORK / "network.mlmodel"
    if not file.exists():
        builder = NeuralNetworkBuilder([("x0", datatypes.Array(64))], [("x200", datatypes.Array(64))])
        for n in range(200):
            builder.add_inner_product(f"fc{n}", W=np.zeros((64, 64), "f4"), b=np.zeros(64, "f4"), input_channels=64, output_channels=64, has_bias=True, input_name=f"x{n}", output_name=f"x{n + 1}")
        ct.models.utils.save_spec(builder.spec, str(file))
    row("Core ML, 200 layers", "coremltools", file, lambda: ct.utils.load_spec(str(file)).WhichOneof("Type"))


@sample
def flax_file():
    import numpy as np
    from flax import serialization
    file = WORK / "flax.msgpack"
    if not file.exists():
        file.write_bytes(serialization.to_bytes({f"layer{n}": {"kernel": np.zeros((32, 32), "f4")} for n in range(1000)}))
    row("Flax, 1,000 arrays", "flax", file, lambda: serialization.msgpack_restore(file.read_bytes()))


@sample
def sentencepiece_file():
    import sentencepiece
    file = WORK / "spiece.model"
    if not file.exists():
        sink = io.BytesIO()
        words = ["".join(random.choices(string.ascii_lowercase, k=random.randint(3, 9))) for _ in range(20_000)]
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter([" ".join(random.choices(words, k=12)) for _ in range(20_000)]), model_writer=sink, vocab_size=8000, model_type="bpe", minloglevel=3)
        file.write_bytes(sink.getvalue())
    row("SentencePiece, 8,000 pieces", "sentencepiece", file, lambda: sentencepiece.SentencePieceProcessor(model_file=str(file)).vocab_size())


def pickles():
    files = {"words": {"".join(random.choices(string.ascii_lowercase, k=8)): n for n in range(300_000)}, "rows": [{"a": n, "b": str(n), "c": [1, 2, 3]} for n in range(80_000)]}
    for name, value in files.items():
        file = WORK / f"{name}.pkl"
        if not file.exists():
            file.write_bytes(pickle.dumps(value, 4))
        yield name, file


@sample
def picklescan_files():
    from picklescan.scanner import scan_file_path
    for name, file in pickles():
        row(f"pickle of {name}", "picklescan", file, lambda: scan_file_path(str(file)), runs=2)


@sample
def modelscan_files():
    from modelscan.modelscan import ModelScan
    for name, file in pickles():
        row(f"pickle of {name}", "modelscan", file, lambda: ModelScan().scan(str(file)), runs=2)


@sample
def sparse_files():
    import struct
    times = {}
    for size in (10 << 10, 10 << 30):
        folder = WORK / f"sparse-{size}"
        folder.mkdir(exist_ok=True)
        header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
        with open(folder / "w.safetensors", "wb") as out:
            out.write(struct.pack("<Q", len(header)) + header)
            out.truncate(8 + len(header) + size)
        times[size] = best(lambda: scan(folder))
    print(f"safetensors of 10 kB {times[10 << 10] * 1e3:.1f} ms, of 10 GB {times[10 << 30] * 1e3:.1f} ms, start-up and all", flush=True)


print(f"{len(ROWS)} rows; least {min(t / m for *_, t, m in ROWS):.1f}x" if ROWS else "no reference library is installed")
if FAILED:
    raise SystemExit("failed: " + ", ".join(FAILED))
