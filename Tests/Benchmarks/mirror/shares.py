"""How a mirror is made up: what kinds of releases, under which licences, and where the figures come from.

Licences. Of 1,873,342 public repositories of the Hugging Face hub 64.4 % declared no licence, and 25.1 % of the 20,060 with
more than 1,000 downloads ("Data shows public AI repos may be quietly becoming a supply chain risk", 2025). A mirror holds
what somebody wanted, and more than the most wanted: the middle of the two. Among those declared, LiScan AI's count of the
hub (2025: Apache-2.0 249,075, MIT 92,116, OpenRAIL 35,295, CreativeML OpenRAIL-M 26,738, CC-BY-NC-4.0 12,892, Llama 3 9,898,
Llama 2 9,682, Llama 3.1 6,858, CC-BY-4.0 5,841 of some 505,000 declared); what it does not list fills the rest, `other` first.

Descent. Derivatives, adapters and quantizations name their base, drift towards permissive licences whatever the base says, and
have cards that are templates more often than not (Laufer, Oderinwale, Kleinberg: "Anatomy of a Machine Learning Ecosystem: 2
Million Models on Hugging Face", arXiv 2508.06811).

Kinds of releases and their numbers of files are the brief's, not a census: nobody publishes one.
"""
from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate
from typing import Sequence, TypeVar

T = TypeVar("T")


class Shares:
    """Draws by weight; the running sums are made once."""

    def __init__(self, pairs: Sequence[tuple[T, float]]) -> None:
        self.values = [value for value, _ in pairs]
        self.sums = list(accumulate(weight for _, weight in pairs))

    def draw(self, chance: random.Random) -> T:
        return self.values[bisect(self.sums, chance.random() * self.sums[-1])]


NOT_DECLARED = (0.644 + 0.251) / 2

DECLARED = Shares([
    ("apache-2.0", 249_075), ("mit", 92_116), ("openrail", 35_295), ("creativeml-openrail-m", 26_738), ("cc-by-nc-4.0", 12_892),
    ("llama3", 9_898), ("llama2", 9_682), ("llama3.1", 6_858), ("cc-by-4.0", 5_841),
    ("other", 24_000), ("gemma", 9_000), ("llama3.2", 6_000), ("cc-by-sa-4.0", 5_000), ("cc-by-nc-sa-4.0", 4_500),
    ("gpl-3.0", 3_500), ("afl-3.0", 2_000), ("bsd-3-clause", 1_500), ("unknown", 1_500), ("agpl-3.0", 900), ("cc0-1.0", 700),
])

KINDS = Shares([
    ("small", 0.60), ("quantized", 0.10), ("adapter", 0.11), ("sharded", 0.05), ("pickled", 0.04), ("pipeline", 0.02),
    ("code", 0.025), ("dataset", 0.03), ("bare", 0.015), ("empty", 0.01),
])

# A release that is another's copy under another name, all blobs the same.
FORKED = 0.20
WITH_LICENCE_TEXT = 0.25
GATED = 0.03

# (name, licence) of bases that derivatives name; the most named ones first.
BASES = [
    ("meta-llama/Llama-3.1-8B-Instruct", "llama3.1"), ("mistralai/Mistral-7B-v0.1", "apache-2.0"), ("google/gemma-2-2b", "gemma"),
    ("Qwen/Qwen2.5-7B-Instruct", "apache-2.0"), ("bert-base-uncased", "apache-2.0"), ("distilbert-base-uncased", "apache-2.0"),
    ("openai/whisper-small", "apache-2.0"), ("google/vit-base-patch16-224", "apache-2.0"), ("roberta-base", "mit"), ("gpt2", "mit"),
    ("meta-llama/Llama-2-7b-hf", "llama2"), ("stabilityai/stable-diffusion-xl-base-1.0", "openrail++"), ("google/flan-t5-base", "apache-2.0"),
    ("microsoft/Phi-3-mini-4k-instruct", "mit"), ("facebook/wav2vec2-base", "apache-2.0"), ("xlm-roberta-base", "mit"),
]
