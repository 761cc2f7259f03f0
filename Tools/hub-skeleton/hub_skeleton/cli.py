"""The command line."""

import argparse
import os
import sys

from . import __version__
from .problems import Problem, shown
from .skeleton import Options, Skeleton

DONE, INCOMPLETE, USAGE, NOTHING = 0, 1, 2, 3

UNITS = {"": 1, "k": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def size(text):
    number, unit = (text[:-1], text[-1]) if text[-1:] in "kMG" and text else (text, "")
    if not number.isdigit():
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is no number of bytes, such as 500k, 16M or 1G")
    return int(number) * UNITS[unit]


def jobs(text):
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError("a number from 1 to 64")
    return int(text)


def parser():
    out = argparse.ArgumentParser(
        prog="hub-skeleton",
        description="Fetches the small files of model repositories, and of their weights only the headers, for openscan.",
        epilog="The hub is that of HF_ENDPOINT, else huggingface.co. Prints the folder of each repository. "
        "Exit codes: 0 all is as it should be, 1 something could not be fetched, 2 usage, 3 nothing could be fetched.")
    out.add_argument("repositories", nargs="*", metavar="REPO_ID", help="a repository, as in org/name")
    out.add_argument("--stdin", action="store_true", help="read further ids from standard input, one a line")
    out.add_argument("--revision", help="branch, tag or commit; main by default")
    out.add_argument("--type", choices=["model", "dataset"], default="model", help="what the ids are of")
    out.add_argument("-o", "--output", default=".", metavar="DIR", help="folder for org/name; the current one by default")
    out.add_argument("--token", help="token for the hub; else that of HF_TOKEN or of a login")
    out.add_argument("--jobs", type=jobs, default=8, metavar="N", help="files at a time (8)")
    out.add_argument("--whole-below", type=size, default=1 << 20, metavar="SIZE", help="fetch every file up to this size whole (1M)")
    out.add_argument("--text-below", type=size, default=16 << 20, metavar="SIZE", help="fetch texts, configs and tokenizers up to this size whole (16M)")
    out.add_argument("--most-bytes", type=size, default=256 << 20, metavar="SIZE", help="bytes that one repository may cost (256M)")
    out.add_argument("-q", "--quiet", action="store_true", help="say nothing but what went wrong")
    out.add_argument("--version", action="version", version=f"hub-skeleton {__version__}")
    return out


def say(text):
    print(f"hub-skeleton: {text}", file=sys.stderr, flush=True)


def amount(count):
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return ""


def names(arguments):
    yield from arguments.repositories
    if arguments.stdin:
        for line in sys.stdin:
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def main(words=None):
    arguments = parser().parse_args(words)
    if not arguments.repositories and not arguments.stdin:
        parser().print_usage(sys.stderr)
        say("no repository. Name one, as in org/name, or give ids with --stdin.")
        return USAGE
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    options = Options(
        jobs=arguments.jobs, whole_below=arguments.whole_below, text_below=arguments.text_below,
        most_bytes=arguments.most_bytes, kind=arguments.type, revision=arguments.revision, token=arguments.token,
        endpoint=os.environ.get("HF_ENDPOINT") or None)
    done, lacking = 0, 0
    seen = set()
    for name in names(arguments):
        if name in seen:
            continue
        seen.add(name)
        try:
            outcome = Skeleton(name, arguments.output, options).run()
        except (Problem, OSError) as problem:
            lacking += 1
            say(f"{shown(name)}: {shown(problem)}.")
            continue
        except KeyboardInterrupt:
            say("stopped. What is there stays: the same command goes on.")
            return 130
        done += 1
        print(outcome.folder, flush=True)
        lacks = [file for file in outcome.manifest.files if file.state == "failed" or file.state == "left-out" or file.state == "partial" and file.reason]
        lacking += bool(lacks)
        for file in lacks[:10]:
            say(f"{shown(name)}: {shown(file.path)}: {file.reason}.")
        if len(lacks) > 10:
            say(f"{shown(name)}: and {len(lacks) - 10} more files.")
        gated = outcome.count("gated")
        if gated:
            say(f"{shown(name)}: {gated} files are gated; the manifest names them. A token of somebody who has access gets them.")
        if not arguments.quiet:
            size = sum(file.size or 0 for file in outcome.manifest.files)
            say(f"{shown(name)}: {len(outcome.manifest.files)} files, {amount(size)}; {amount(outcome.fetched)} fetched in {outcome.requests} requests.")
    if not done:
        return NOTHING
    return INCOMPLETE if lacking else DONE
