#!/usr/bin/env python3
"""Speed of openscan beside the plain tools, measured in one run: best of several, wall and CPU seconds, peak memory.

    bench.py BINARY [WORK_FOLDER]

Each row is printed when it is measured. A row whose plain tool is not installed is left out, and that is said.
"""
import json, os, resource, shutil, struct, subprocess, sys, tempfile, time
from pathlib import Path

# Rows that are done are seen although a later one takes long or fails.
sys.stdout.reconfigure(line_buffering=True)
BINARY = str(Path(sys.argv[1]).resolve())
WORK = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="openscan-bench-"))
C_LOOP = r"""
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char **argv) {
    char *buffer = malloc(128 << 20);
    uint64_t sum = 0;
    for (int i = 1; i < argc; i++) {
        uint64_t length = 0;
        int fd = open(argv[i], O_RDONLY);
        if (fd < 0 || pread(fd, &length, 8, 0) != 8) return 1;
        sum += pread(fd, buffer, length, 8);
        close(fd);
    }
    printf("%llu\n", (unsigned long long)sum);
}
"""


def measure(command, runs=5, shell=False):
    """Best wall seconds, CPU seconds of that run, peak memory in MB."""
    best = None
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, shell=shell, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, executable="/bin/bash" if shell else None)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(f"{command} failed")
        row = (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        best = row if best is None or row[0] < best[0] else best
    return best


def shard(path, bytes_wanted, number):
    parts, offset, size = [], 0, 0
    layer = 0
    names = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "input_layernorm"]
    while size < bytes_wanted:
        for name in names:
            part = f'"model.layers.{number * 1000 + layer}.{name}.weight":{{"dtype":"BF16","shape":[64,64],"data_offsets":[{offset},{offset + 8192}]}}'
            offset += 8192
            parts.append(part)
            size += len(part) + 1
        layer += 1
    header = ("{" + ",".join(parts) + "}").encode()
    header += b" " * (-len(header) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(header)) + header)
        f.truncate(8 + len(header) + offset)


def prepare():
    WORK.mkdir(parents=True, exist_ok=True)
    small = WORK / "small"
    if not small.exists():
        small.mkdir()
        (small / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Tiny\nTiny is an open source model.\n" + "Some words about it.\n" * 100)
        shutil.copy(Path(__file__).resolve().parents[2] / "LICENSE", small / "LICENSE")
        (small / "config.json").write_text(json.dumps({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64}))
        for n in range(8):
            (small / f"module_{n}.py").write_text("import torch\n\n" + f"def f{n}(x):\n    return torch.relu(x) + {n}\n\n" * 40)
        for n in range(8):
            shard(small / f"model-{n}.safetensors", 2000, n)
        (small / "notes.txt").write_text("notes\n" * 50)
    checkout = WORK / "checkout"
    if not checkout.exists():
        import sysconfig
        sources = sorted(p for p in Path(sysconfig.get_paths()["stdlib"]).rglob("*.py") if 500 < p.stat().st_size < 200_000)
        for n in range(5000):
            folder = checkout / f"part{n // 100}"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(sources[n % len(sources)], folder / f"{n}_{sources[n % len(sources)].name}")
    shards = WORK / "shards"
    if not shards.exists():
        shards.mkdir()
        for n in range(1000):
            shard(shards / f"model-{n:05}-of-01000.safetensors", 1 << 20, n)
    content = WORK / "content"
    if not (WORK / "gigabyte.tar").exists():
        content.mkdir(exist_ok=True)
        # Half random, half text: about what weights with documents are to gzip.
        text = (Path(__file__).resolve().parents[2] / "LICENSE").read_bytes()
        for n in range(64):
            with open(content / f"part-{n:02}.bin", "wb") as f:
                f.write(os.urandom(8 << 20) + text * ((8 << 20) // len(text)))
        subprocess.run(["tar", "-C", WORK, "-cf", WORK / "gigabyte.tar", "content"], check=True)
        subprocess.run(f"gzip -1 -c {WORK}/gigabyte.tar > {WORK}/gigabyte.tar.gz", shell=True, check=True)
        shutil.rmtree(content)
    for name, size in (("sparse-10GB", 10_000_000_000), ("sparse-10kB", 10_000)):
        path = WORK / f"{name}.safetensors"
        header = json.dumps({"w": {"dtype": "U8", "shape": [size - 200], "data_offsets": [0, size - 200]}}, separators=(",", ":")).encode().ljust(192)
        with open(path, "wb") as f:
            f.write(struct.pack("<Q", len(header)) + header)
            f.truncate(8 + len(header) + size - 200)
    loop = WORK / "loop"
    if not loop.exists() and shutil.which("cc"):
        (WORK / "loop.c").write_text(C_LOOP)
        subprocess.run(["cc", "-O2", "-o", loop, WORK / "loop.c"], check=True)


TEXTS = ("licences.txt", "notices.txt", "code.py", "repeated.txt")


def licence_texts():
    """Real text, in one file a kind: licences of the pinned package, copyright files of this system, program text."""
    import zipfile
    root = Path(__file__).resolve().parents[2]
    wheel = next(iter(sorted((root / ".build/pinned").glob("scancode_toolkit-*.whl"))), None)
    whole, notices, code, repeated = (WORK / name for name in TEXTS)
    if wheel and not whole.exists():
        with zipfile.ZipFile(wheel) as archive:
            names = sorted(n for n in archive.namelist() if n.startswith("licensedcode/data/licenses/") and n.endswith(".LICENSE"))
            parts = [archive.read(n).split(b"---\n", 2) for n in names]
        whole.write_bytes(b"\n\n".join(p[2] for p in parts if len(p) == 3))
    if not notices.exists():
        notices.write_bytes(b"\n\n".join(p.read_bytes() for p in sorted(Path("/usr/share/doc").glob("*/copyright")))[:20_000_000])
    if not code.exists():
        folder = Path(os.__file__).parent
        code.write_bytes(b"\n".join(p.read_bytes() for p in sorted(folder.rglob("*.py"))[:2000])[:40_000_000])
    if whole.exists() and not repeated.exists():
        data = whole.read_bytes()
        repeated.write_bytes((data * (100_000_000 // len(data) + 1))[:100_000_000])


def licence_speed():
    whole, notices, code, repeated = (WORK / name for name in TEXTS)
    print(f"\n| {'text':26} | {'MB':>5} | {'ours MB/s':>9} | {'peak MB':>7} | {'licensecheck':>12} | {'scancode':>8} |")
    print("|" + "|".join(["-" * 28, "-" * 7, "-" * 11, "-" * 9, "-" * 14, "-" * 10]) + "|")
    for name, path in (("whole licences", whole), ("copyright files", notices), ("program text", code), ("repeated, 100 MB", repeated)):
        if not path.exists() or path.stat().st_size == 0:
            print(f"left out: {name}: its text is not at hand")
            continue
        size = path.stat().st_size / 1e6
        ours = measure([BINARY, "licence", "--format", "jsonl", str(path)], 3)
        sample = WORK / ("sample" + path.suffix)
        with open(path, "rb") as f:
            sample.write_bytes(f.read(1_000_000))
        others = []
        for tool, command in (("licensecheck", ["licensecheck", "--lines", "0", str(sample)]), ("scancode", ["scancode", "--license", "--quiet", "--json", str(WORK / "scancode.json"), str(sample)])):
            if shutil.which(tool) and path is not repeated:
                empty = WORK / "empty.txt"
                empty.write_text("nothing\n")
                idle = measure([*command[:-1], str(empty)], 1)[0]
                others.append(f"{1 / max(measure(command, 1)[0] - idle, 1e-3):.2f}")
            else:
                others.append("-")
        print(f"| {name:26} | {size:5.1f} | {size / ours[1]:9.1f} | {ours[2]:7.1f} | {others[0]:>12} | {others[1]:>8} |")


def apart(work):
    """In a process of its own: what a measured process is said to have used begins with what this one has."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise SystemExit("the inputs could not be made")


def main():
    apart(prepare)
    apart(licence_texts)
    print(f"| {'what':28} | {'ours s':>8} | {'CPU s':>7} | {'peak MB':>7} | {'beside':20} | {'its s':>8} | {'ratio':>6} | aim |")
    print("|" + "|".join(["-" * 30, "-" * 10, "-" * 9, "-" * 9, "-" * 22, "-" * 10, "-" * 8, "---"]) + "|")
    left_out = []

    def compare(name, path, theirs, what, target, runs=5, shell=False):
        tool = theirs.split()[0] if shell else theirs[0]
        if not shutil.which(tool):
            left_out.append(f"{name}: {Path(tool).name} is not installed")
            return
        other, ours = measure(theirs, runs, shell), measure([BINARY, str(path)], runs)
        print(f"| {name:28} | {ours[0]:8.4f} | {ours[1]:7.4f} | {ours[2]:7.1f} | {what:20} | {other[0]:8.4f} | {ours[0] / other[0]:6.2f} | {target} |")

    small, checkout, shards = WORK / "small", WORK / "checkout", WORK / "shards"
    compare("small release, 20 files", small, f"find {small} -type f | xargs head -c 4096", "find | xargs head", "3x, 30 ms CPU", 20, True)
    compare("5,000 source files", checkout, f"find {checkout} -type f | xargs cat", "find | xargs cat", "2x", 10, True)
    files = sorted(str(p) for p in shards.iterdir())
    compare("1,000 shards, 1 MB headers", shards, [str(WORK / "loop")] + files, "C: open, read, close", "2x")
    for ending, target, runs in ((".tar.gz", "1.15x", 3), (".tar", "1.5x", 10)):
        path = WORK / ("gigabyte" + ending)
        compare("1 GB " + ending, path, ["bsdtar", "-tf", str(path)], "bsdtar -tf", target, runs)
    compare("10 GB sparse safetensors", WORK / "sparse-10GB.safetensors", [BINARY, str(WORK / "sparse-10kB.safetensors")], "a 10 kB one", "1x", 20)
    for line in left_out:
        print(f"left out: {line}")
    licence_speed()


if __name__ == "__main__":
    try:
        main()
    finally:
        if len(sys.argv) < 3:
            shutil.rmtree(WORK, ignore_errors=True)
