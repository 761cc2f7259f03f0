#!/usr/bin/env python3
"""Hostile and plain texts of one size, each alone in a folder: texts.py BINARY [--size BYTES] [--only WORD] [--keep FOLDER].

Prints one row a text: kind, name, seconds of processor time on one worker, best of some runs, start-up off. What one text may
cost is bounded whatever it holds; a text over `--limit` seconds makes the whole fail.
"""
import argparse, json, os, random, resource, shutil, subprocess, sys, tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = argparse.ArgumentParser(description=__doc__.splitlines()[0])
READ.add_argument("binary")
READ.add_argument("--size", type=int, default=2_000_000)
READ.add_argument("--only", default="", help="kinds whose name holds this")
READ.add_argument("--keep", help="folder to write the texts to; left there")
READ.add_argument("--runs", type=int, default=2)
READ.add_argument("--limit", type=float, default=0.5)
READ.add_argument("--texts", default=str(ROOT / ".build/licence-texts"), help="folder of licence texts")
ASKED = READ.parse_args()
BINARY = str(Path(ASKED.binary).resolve())
SIZE = ASKED.size
TEXTS = Path(ASKED.texts)

README, LICENCE, NOTES, PROGRAM = "README.md", "LICENSE", "notes.txt", "train.py"
KINDS = []


def kind(*names):
    """Registers a text under each of `names`; the function gives its parts, which are joined until the size is reached."""
    def add(function):
        KINDS.append((function.__name__.replace("_", " "), names, function))
        return function
    return add


def text(function):
    random.seed(function.__name__)
    parts, size = [], 0
    for part in function():
        data = part if isinstance(part, bytes) else part.encode()
        parts.append(data)
        size += len(data)
        if size >= SIZE:
            break
    return b"".join(parts)[:SIZE]


def forever(make):
    number = 0
    while True:
        yield make(number) if callable(make) else make
        number += 1


def words(list_, separator=" "):
    return forever(lambda _: random.choice(list_) + separator)


LICENCE_WORDS = "permission license licence warranty copyright redistribution hereby granted free charge person obtaining copy software under the of and public domain liability notice merchantability".split()
CHINESE = "本模型基于开源许可协议发布权重数据代码可以商业使用研究机构个人用户应当遵守法律法规不得用于军事目的的一是在不了有和人这中大为上个国我以要他时来们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装"
NAMES = "MIT Apache-2.0 GPL-3.0-only BSD-3-Clause LGPL-2.1-or-later MPL-2.0 CC-BY-NC-4.0 OpenRAIL Llama-2 Gemma ISC Unlicense AGPL-3.0 EUPL-1.2 Zlib 0BSD".split()


def triggers():
    """Words of the clauses' patterns."""
    found = set()
    for line in (ROOT / "Licenses/clauses.yml").read_text().splitlines():
        found.update(word for word in line.replace("(", " ").replace(")", " ").replace("|", " ").split() if word.isalpha() and word.islower())
    return sorted(found)


def vocabulary(name):
    """Quoted or listed phrases of a file of Licenses/."""
    out = []
    for line in (ROOT / "Licenses" / name).read_text().splitlines():
        line = line.split("#")[0]
        for part in line.replace("[", ",").replace("]", ",").split(","):
            part = part.strip().strip('"').strip("'").lstrip("- ").strip().strip('"')
            if 2 < len(part) < 60 and ":" not in part:
                out.append(part)
    return out


def licences():
    files = sorted(TEXTS.glob("**/*.txt"))
    return [file.read_text(errors="replace") for file in files] or ["Permission is hereby granted, free of charge, to any person obtaining a copy of this software.\n"]


HEAD = "---\nlicense: apache-2.0\ntags:\n- open\nmodel_name: Tiny\n---\n# Tiny\n\n"


# Plain texts


@kind(README, LICENCE, NOTES)
def chinese_prose():
    return forever(lambda _: "".join(random.choice(CHINESE) for _ in range(random.randint(5, 40))) + random.choice("，。；！\n"))


@kind(README)
def chinese_card():
    yield HEAD
    yield from forever(lambda n: ("## " if n % 9 == 0 else "") + random.choice(["我们开源了", "本模型的权重", "训练数据", "许可协议", "不开放", "即将开源"]) + "".join(random.choice(CHINESE) for _ in range(20)) + ("\n\n" if n % 3 == 0 else "。"))


@kind(README, LICENCE)
def english_prose():
    yield HEAD
    yield from forever(lambda n: " ".join(random.choice(["the", "model", "was", "trained", "on", "data", "with", "tokens", "and", "it", "scores", "93.2", "higher", "than", "others", "which", "we", "release"]) for _ in range(14)) + (".\n\n" if n % 5 == 0 else ". "))


@kind(README)
def card():
    yield HEAD
    part = "## Training\n\nThe model was trained on 2 trillion tokens of [data](https://huggingface.co/datasets/a/b). It is open source.\n\n| a | 93.2 |\n\n- [weights](https://huggingface.co/a/b) are under the MIT license\n\n```python\nfrom x import y\n```\n\n"
    yield from forever(part)


# Licences


@kind(README, LICENCE, NOTES, PROGRAM)
def licence_words():
    return words(LICENCE_WORDS)


@kind(README, LICENCE)
def licence_word_lines():
    return words(LICENCE_WORDS, "\n")


@kind(README, LICENCE, NOTES, PROGRAM)
def spdx_tags():
    return forever(lambda n: f"# SPDX-License-Identifier: {NAMES[n % len(NAMES)]}\n")


@kind(README, LICENCE)
def unknown_spdx_tags():
    return forever(lambda n: f"SPDX-License-Identifier: X{n}\n")


@kind(README, LICENCE)
def spdx_tags_and_names():
    return forever(lambda n: f"SPDX-License-Identifier: LicenseRef-{n}\nunder the {NAMES[n % len(NAMES)]} license. ")


@kind(README, LICENCE)
def long_spdx_expression():
    yield "SPDX-License-Identifier: MIT"
    yield from forever(lambda n: f" OR {NAMES[n % len(NAMES)]}")


@kind(LICENCE, README)
def nested_spdx_expression():
    yield from forever(lambda n: "SPDX-License-Identifier: " + "(" * 120 + "MIT" + " OR MIT)" * 20 + "\n")


@kind(LICENCE, README, NOTES)
def all_licences():
    return forever(lambda n, texts=licences(): texts[n % len(texts)] + "\n\n")


@kind(LICENCE, README, NOTES)
def one_licence_again():
    text = (TEXTS / "MIT.txt").read_text()
    return forever(text + "\n\n")


@kind(LICENCE)
def changed_licences():
    def make(number, texts=licences()):
        parts = texts[number % len(texts)].split(" ")
        for place in range(random.randint(0, 40), len(parts), 40):
            parts[place] = random.choice(LICENCE_WORDS)
        return " ".join(parts) + "\n\n"
    return forever(make)


@kind(LICENCE)
def changed_licence_again():
    def make(_, text=(TEXTS / "MIT.txt").read_text()):
        parts = text.split(" ")
        for _ in range(4):
            parts[random.randrange(len(parts))] = random.choice(LICENCE_WORDS)
        return " ".join(parts) + "\n\n"
    return forever(make)


@kind(LICENCE, README)
def licence_sentences():
    sentences = [part for text in licences() for part in text.replace("\n", " ").split(". ") if 20 < len(part) < 600]
    return words(sentences, ". ")


@kind(LICENCE)
def licence_runs():
    """Runs of words of licences in random order: many places to look at, no text."""
    lists = [text.split() for text in licences()]
    def make(_):
        list_ = random.choice(lists)
        start = random.randrange(max(1, len(list_) - 8))
        return " ".join(list_[start:start + random.randint(5, 9)]) + " "
    return forever(make)


@kind(LICENCE)
def common_run():
    """A run that most licences have, and nothing else."""
    return forever("without warranties or conditions of any kind either express or implied ")


@kind(LICENCE)
def warranty_lines():
    return forever("THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. ")


@kind(LICENCE)
def notices():
    return forever(lambda n: f"This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation; either version {n % 4} of the License, or (at your option) any later version. ")


@kind(LICENCE)
def licence_without_end():
    """One sentence of a licence's middle, without a stop."""
    text = (TEXTS / "MPL-2.0.txt").read_text().replace(".", "").replace(";", "").replace("\n", " ")
    return forever(text + " ")


@kind(LICENCE, README)
def clause_words():
    return words(triggers())


@kind(LICENCE)
def clause_word_sentences():
    return forever(lambda _, list_=triggers(): " ".join(random.choice(list_) for _ in range(30)) + ". ")


@kind(LICENCE)
def clause_phrases():
    """What the clauses' patterns look for, without a stop."""
    return forever("you shall not use the model for military purposes you may use copy modify and distribute the model for any purpose except the monthly active users exceed 700 million you must request a license ")


@kind(LICENCE)
def clause_gaps():
    """Words with which long patterns begin and never end."""
    return words(["you", "may", "not", "use", "the", "model", "to", "or", "any", "output", "if", "monthly", "shall", "must", "of"])


@kind(LICENCE)
def one_clause_word():
    return forever("you ")


@kind(LICENCE)
def two_clause_words():
    return forever("you not ")


@kind(LICENCE)
def clause_lists():
    """Beginnings of clauses that other words undo, in sentences of a length that they reach over."""
    return forever("you may use the model except you may not use the model to train other models for commercial purposes without permission, " * 3 + "you may. ")


@kind(LICENCE)
def prohibitions():
    return forever("you must not use or modify or distribute the work, nor copy it, ")


@kind(LICENCE)
def definitions():
    return forever("definitions\n\n\"Model\" means the work. ")


@kind(LICENCE)
def near_misses():
    return forever(lambda n: random.choice(["permision is hereby granted", "licensed under the Apach License", "MIT-ish license", "GNU General Public Licence version", "under the terms of the", "Creative Commons Attribution Non"]) + " ")


@kind(LICENCE, README)
def homoglyphs():
    table = str.maketrans("aeopcxy", "аеорсху")
    return forever(lambda n: " ".join(LICENCE_WORDS).translate(table) + random.choice([". ", "\n"]))


@kind(LICENCE, README, PROGRAM)
def copyright_lines():
    return forever(lambda n: f"Copyright (c) {1990 + n % 40} Holder {n} <a{n}@example.org>\n")


@kind(README, LICENCE)
def licence_names():
    return words(["under", "license", "licensed", "licenses", "MIT", "Apache", "2.0", "GPL", "or", "and", "Creative", "Commons", "Attribution", "GNU", "BSD", "version", "the", ","])


@kind(README, LICENCE)
def licence_choices():
    return forever(lambda n: f"licensed under {NAMES[n % 16]} or {NAMES[(n * 7 + 3) % 16]}, at your option" + random.choice([" or ", ".\n", ", "]))


@kind(README, LICENCE)
def chinese_triggers():
    return forever("许")


@kind(README, LICENCE)
def chinese_licences():
    return forever("本项目遵循许可协议授权MIT许可证，")


@kind(README)
def zeros_and_pluses():
    return forever("2 0 0 0 0 license+++++ ")


@kind(README)
def licence_lists():
    return forever(lambda n: f"under the {NAMES[n % 16]}, ")


@kind(README, LICENCE)
def licence_addresses():
    return forever(lambda n: random.choice(["https://opensource.org/licenses/MIT", "http://www.apache.org/licenses/LICENSE-2.0", "https://spdx.org/licenses/ISC.html"]) + random.choice([" ", "\n"]))


@kind(LICENCE, README)
def long_words():
    """Words without end beside those that a name may stand at."""
    return forever(lambda n: "x" * 100_000 + " license under" * 12 + " ")


# Shapes


@kind(README, LICENCE, NOTES, PROGRAM, "page.html", "a.json")
def one_line():
    return forever("abcd efgh ")


@kind(README, LICENCE, NOTES)
def one_word():
    return forever("a")


@kind(README, LICENCE)
def newlines():
    return forever("\n")


@kind(README, LICENCE)
def carriage_returns():
    return forever("\r\n")


@kind(README, LICENCE)
def old_line_ends():
    return forever("a license\r")


@kind(README, LICENCE)
def spaces():
    return forever(" ")


@kind(README)
def spaces_and_words():
    return forever(" " * 900 + "license " + " " * 900 + "open source\n")


@kind(README, LICENCE)
def list_items():
    return forever("- \n")


@kind(README, LICENCE)
def licence_items():
    return forever("- a license\n")


@kind(README)
def table():
    return forever(lambda n: "| " + " | ".join(f"{random.random():.3f}" for _ in range(10)) + " |\n")


@kind(README)
def table_row():
    return forever("| 1 ")


@kind(README)
def table_of_models():
    return forever(lambda n: f"| [m{n}](https://huggingface.co/a/m{n}) | MIT license | open source | 93.2 |\n")


@kind(README)
def nested_quotes():
    return forever(lambda n: ">" * (n % 400 + 1) + " open source\n")


@kind(README)
def nested_lists():
    return forever(lambda n: "  " * (n % 200) + "- open source\n")


@kind(README, LICENCE)
def brackets():
    return forever("[")


@kind(README)
def bracket_pairs():
    return forever("[](open source")


@kind(README)
def link_openings():
    return forever("open source ](((\n")


@kind(README)
def image_openings():
    return forever("![open source ")


@kind(README)
def links():
    return forever(lambda n: f"[a{n}](https://example.org/{n})\n")


@kind(README)
def links_on_a_line():
    return forever(lambda n: f"[a](https://e.org/{n}) " + ("\n" if n % 700 == 0 else ""))


@kind(README)
def hub_links():
    return forever(lambda n: f"https://huggingface.co/a{n}/b{n}\n")


@kind(README)
def letters_h():
    return forever(lambda n: "h" * 15_000 + "://\n")


@kind(README)
def headings():
    return forever(lambda n: "#" * (n % 6 + 1) + f" Heading {n}\n")


@kind(README)
def one_long_heading():
    yield "# " + "licence " * (SIZE // 16) + "\n"
    yield from forever("https://huggingface.co/a/b is open source\n\n")


@kind(README)
def long_headings():
    return forever(lambda n: "#" * (n % 6 + 1) + " " + "word " * 400 + "\n\nopen source https://a.b/c\n")


@kind(README)
def html_headings():
    return forever("<h1><b<b<b<b</h2 ")


@kind(README)
def badges():
    return forever(lambda n: f"[![License](https://img.shields.io/badge/License-MIT-{n}.svg)](https://opensource.org/licenses/MIT)\n")


@kind(README)
def badges_on_a_line():
    return forever(lambda n: f"[![a](https://img.shields.io/badge/a-{n})](https://a.org)")


@kind(README, LICENCE, "page.html")
def unclosed_tags():
    return forever("<a <b ")


@kind(README, LICENCE)
def tag_openings():
    return forever("<")


@kind(README)
def tags_over_claims():
    return forever("open source <b ")


@kind(README)
def comments():
    return forever("<!-- open source --> <!-- license\n")


@kind(README)
def comment_openings():
    return forever("<!--")


@kind(README)
def fences():
    return forever("```\n~~~\n````\n")


@kind(README)
def fence_without_end():
    yield "```\n"
    yield from forever("from_pretrained('a/b') https://huggingface.co/a/b arxiv:1234.5678\n")


@kind(README, LICENCE, NOTES)
def combining_marks():
    return forever(lambda n: "open source license"[n % 19] + "".join(chr(random.randint(0x300, 0x36F)) for _ in range(20)))


@kind(README, LICENCE)
def one_cluster():
    yield "# a"
    yield from forever("\u0301")


@kind(README)
def clusters_in_lines():
    return forever(lambda n: "- a" + "\u0301" * 45 + " open source\n")


@kind(README)
def joined_emoji():
    return forever("👩‍👩‍👧‍👦 open source 👨🏽‍🚀 ")


@kind(README)
def flags_of_countries():
    return forever("🇨🇳")


@kind(README)
def bidirectional():
    return forever("\u202eopen source\u202c ")


@kind(README, LICENCE)
def no_utf8():
    return forever(b"\xff\xfe\x80 license ")


@kind(README)
def capitals_beyond_ascii():
    return forever("ÀÉÎ OPEN SOURCE İ ")


@kind(README, LICENCE)
def radicals():
    return forever("⼀⼆开源⽤")


# Front matter


@kind(README)
def front_matter_anchors():
    yield "---\nlicense: mit\n"
    yield from ("a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(4000))
    yield "---\n"
    yield from forever("open source\n")


@kind(README)
def front_matter_depth():
    yield "---\nlicense: mit\ntags: " + "[" * 60_000 + "]" * 60_000 + "\n---\n"
    yield from forever("text\n")


@kind(README)
def front_matter_maps():
    yield "---\nlicense: mit\n" + "".join(" " * n + "a:\n" for n in range(600)) + "---\n"
    yield from forever("text\n")


@kind(README)
def front_matter_flow():
    yield "---\nlicense: mit\na: {" + "? {" * 40_000 + "\n---\n"
    yield from forever("text\n")


@kind(README)
def front_matter_list():
    yield "---\nlicense: mit\ntags:\n" + "- a\n" * 4_900 + "---\n"
    yield from forever("text\n")


@kind(README)
def front_matter_twins():
    yield "---\n" + "license: mit\n" * 4_900 + "---\n"
    yield from forever("text\n")


@kind(README)
def front_matter_long():
    yield "---\nlicense: mit\nabout: "
    yield "open source " * ((SIZE - 100) // 12) + "\n---\n"


@kind(README)
def front_matter_without_end():
    yield "---\n"
    yield from forever("a: b\n")


# Claims


@kind(README, LICENCE)
def claims():
    return forever("open source ")


@kind(README)
def claims_in_lines():
    return forever("This model is open source and its weights are open.\n")


@kind(README)
def claims_in_paragraphs():
    return forever("Our model Tiny is fully open source, but not open weights.\n\n")


@kind(README)
def claims_in_sentences():
    return forever("we open source our model. ")


@kind(README)
def claims_in_rows():
    return forever(lambda n: f"| Model{n} | open source | open weights | apache |\n")


@kind(README)
def claim_vocabulary():
    return words(vocabulary("claims.yml"))


@kind(README)
def claim_vocabulary_lines():
    yield "# Tiny\n"
    yield from forever(lambda n, list_=vocabulary("claims.yml"): " ".join(random.choice(list_) for _ in range(9)) + (".\n\n" if n % 4 == 0 else ".\n"))


@kind(README)
def card_vocabulary():
    yield "# Tiny\n"
    yield from forever(lambda n, list_=vocabulary("cards.yml"): " ".join(random.choice(list_) for _ in range(9)) + (".\n\n" if n % 4 == 0 else ".\n"))


@kind(README)
def licence_statements():
    return forever(lambda n: f"The code of X{n} is released under the {NAMES[n % 16]} license, the weights are licensed under {NAMES[(n + 5) % 16]}.\n\n")


@kind(README)
def licence_statements_on_a_line():
    return forever(lambda n: f"The code is released under the {NAMES[n % 16]} license and the weights are licensed under {NAMES[(n + 5) % 16]} ")


@kind(README)
def licence_labels():
    return forever(lambda n: f"License: {NAMES[n % 16]}\n")


@kind(README)
def chinese_claims():
    return forever("我们开源了模型权重")


@kind(README)
def model_names():
    return forever(lambda n: f"InternLM CogVLM Llama{n} OpenModel ")


@kind(README)
def many_names():
    yield "# " + " ".join(f"{a}{b}{c}ena" for a in "abcdefghijklm" for b in "nopqrstuvwxyz" for c in "aeiou") + "\n\n"
    yield from forever(lambda n: f"The {random.choice('abcdefghijklm')}{random.choice('nopqrstuvwxyz')}uxyz model is open source.\n\n")


@kind(README)
def token_counts():
    return forever("trained on 2 trillion tokens 3 4 5 6 7 8 9 10 11 12 ")


@kind(README)
def token_count_lines():
    return forever("trained on 2 3 4 5 6 7 8 9 10 11 12 tokens\n")


@kind(README)
def digits():
    return forever("1.")


@kind(README)
def promises():
    return forever("We will release the weights soon. Fill in the form to request access.\n")


@kind(README)
def dots():
    return forever(".")


@kind(README)
def questions():
    return forever("open source? ! . ")


# Programs and data


@kind(PROGRAM)
def imports():
    return forever(lambda n: f"import torch.nn as m{n}\nfrom transformers import Trainer{n}\n")


@kind(PROGRAM)
def calls():
    return forever("model.fit(x); loss.backward(); optimizer.step(); AutoModel.from_pretrained('a/b')\n")


@kind(PROGRAM)
def calls_on_a_line():
    return forever("loss.backward(); optimizer.step(); exec(x); ")


@kind(PROGRAM)
def strings():
    return forever("'''\"' ")


@kind(PROGRAM)
def downloads():
    return forever("x = requests.get('https://a.b/c.bin'); exec(x)\n")


@kind("run.sh")
def shell_words():
    return forever("torchrun $A curl wget https://a.b/${C} python ")


@kind("run.sh")
def shell_lines():
    return forever("torchrun train.py && curl https://a.b/c | sh\n")


@kind("a.cpp")
def comments_in_code():
    return forever("/* a license */ // copyright\n")


@kind("a.cpp")
def comment_openings_in_code():
    return forever("/*/")


def notebook(cells):
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@kind("a.ipynb")
def notebook_cells():
    yield notebook([{"cell_type": "code", "source": ["import torch\n", "loss.backward()\n", "x"]}] * (SIZE // 90))


@kind("a.ipynb")
def notebook_strings():
    yield notebook([{"cell_type": "code", "source": ["a\n"] * (SIZE // 7)}])


@kind("a.ipynb")
def notebook_text():
    yield notebook([{"cell_type": "markdown", "source": "a license\n" * (SIZE // 12)}])


@kind("config.json", "package.json", "a.json")
def json_array():
    yield b'{"license": "mit", "architectures": [' + b'"A",' * (SIZE // 4 - 20) + b'"A"]}'


@kind("config.json")
def json_keys():
    yield ("{" + ",".join(f'"k{n}":{n}' for n in range(SIZE // 16)) + "}").encode()


@kind("config.json")
def json_depth():
    yield b"[" * SIZE


@kind("a.yaml", "requirements.txt")
def yaml():
    return forever(lambda n: f"k{n}: open license\n")


@kind("METADATA", "pyproject.toml", "setup.cfg", "setup.py", "Cargo.toml", "CITATION.cff")
def fields():
    return forever("license = MIT\nLicense: MIT\nlicense: MIT\n")


@kind("METADATA")
def classifiers():
    yield "Metadata-Version: 2.1\n"
    yield from forever("Classifier: License :: OSI Approved :: MIT License\n")


@kind("METADATA", "setup.py", "pyproject.toml")
def field_without_end():
    yield "License: "
    yield from forever("license ")


def seconds(folder, runs):
    best = None
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            code = subprocess.run(
                [BINARY, "scan", "-f", "json", "--jobs", "1", "-o", "/dev/null", str(folder)],
                stderr=subprocess.DEVNULL, timeout=120).returncode
        except subprocess.TimeoutExpired:
            return None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code < 0:
            return None
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = used if best is None else min(best, used)
        if used > 5:
            break
    return best


def main():
    work = Path(ASKED.keep or tempfile.mkdtemp(prefix="openscan-texts-"))
    rows = []
    try:
        empty = work / "empty"
        empty.mkdir(parents=True, exist_ok=True)
        (empty / "a.txt").write_text("x\n")
        start = seconds(empty, 10)
        for name, files, function in KINDS:
            if ASKED.only not in name:
                continue
            content = text(function)
            for file in files:
                folder = work / (name.replace(" ", "-") + "-" + file)
                folder.mkdir(exist_ok=True)
                (folder / file).write_bytes(content)
                used = seconds(folder, ASKED.runs)
                rows.append((used, name, file))
                shown = "no end" if used is None else f"{used - start:7.3f} s"
                print(f"{name:32} {file:16} {shown}", flush=True)
                if not ASKED.keep:
                    shutil.rmtree(folder)
    finally:
        if not ASKED.keep:
            shutil.rmtree(work, ignore_errors=True)
    slow = [row for row in rows if row[0] is None or row[0] - start >= ASKED.limit]
    worst = max((used - start for used, _, _ in rows if used is not None), default=0)
    print(f"{len(rows)} texts of {SIZE} bytes, start-up {start * 1e3:.1f} ms, slowest {worst:.3f} s, {len(slow)} over {ASKED.limit} s")
    sys.exit(1 if slow else 0)


main()
