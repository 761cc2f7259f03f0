"""Cards of releases, written by a grammar: no two are alike, and a quarter follow a template as tools write them."""
from __future__ import annotations

import random
from typing import NamedTuple

FAMILIES = ["Aurora", "Basalt", "Cinder", "Dunlin", "Ember", "Fathom", "Garnet", "Heron", "Isthmus", "Juniper", "Kestrel", "Lumen", "Merlin", "Nimbus",
            "Osprey", "Petrel", "Quartz", "Raven", "Sable", "Tern", "Umber", "Vesper", "Willow", "Yarrow", "Zephyrus"]
TASKS = ["text-generation", "text-classification", "token-classification", "automatic-speech-recognition", "image-classification", "feature-extraction",
         "summarization", "translation", "question-answering", "text-to-image", "object-detection", "fill-mask"]
LANGUAGES = ["en", "de", "fr", "zh", "es", "ja", "ko", "ar", "hi", "pt", "id", "sw", "pl", "tr", "vi"]
DATA = ["wikipedia", "c4", "common_voice", "imagenet-1k", "squad", "glue", "openwebtext", "the_pile", "oscar", "laion-aesthetics", "ultrachat_200k", "alpaca", "xsum", "conll2003"]
SUBJECTS = ["The model", "This checkpoint", "{name}", "This version", "The network", "Our release"]
VERBS = ["was trained on", "was tuned with", "has seen", "starts from", "was distilled on", "was evaluated on"]
THINGS = ["{number} hours of recordings from {place}", "{number} million tokens of {topic}", "a mixture of {data} and {number} thousand notes on {topic}",
          "{number} pages about {topic} that {who} collected", "the {data} data set and {number} examples written by hand", "{number} dialogues on {topic}"]
PLACES = ["Leeds", "Nairobi", "Osaka", "Porto", "Tallinn", "Lima", "Pune", "Izmir", "Bergen", "Quito", "Da Nang", "Turin"]
TOPICS = ["river ecology", "tax law", "sheet music", "railway timetables", "crop disease", "recipes", "court rulings", "chess endings", "weather reports", "tenancy",
          "hospital letters", "compiler errors", "museum labels", "football commentary", "bird song", "patents"]
PURPOSES = ["classifying short messages about {topic}", "drafting answers on {topic}", "searching archives of {topic}", "teaching about {topic}", "research into {topic}"]
WARNINGS = ["It gets names from {place} wrong more often than others.", "Numbers above {number} are unreliable.", "It should not be used to decide about people.",
            "Answers on {topic} were not checked by anybody.", "It repeats what its sources say about {topic}.", "Texts longer than {number} words lose their thread.",
            "We did not measure bias beyond {topic}."]
CLAIMS = ["{name} is an open source model for {topic}.", "{name} is a small model for {topic}, made in {place}.", "We release the weights of {name} and the code with which it was trained.",
          "{name} comes with open weights; the data cannot be shared.", "{name} is a fully open model: weights, code and data.", "{name} may be used for research on {topic} only.",
          "Commercial use of {name} is welcome.", "{name} was made during a course in {place}."]
TERMS = ["The weights are released under {licence}.", "Code and weights are under the {licence} licence.", "See LICENSE for the terms of {name}.",
         "The model inherits the licence of its base, {base}.", "Please ask {who} before you use {name} in a product.", "Use is for research only."]
HEADS = {"use": ["Intended uses", "How to use", "Uses", "Intended use and limitations"], "data": ["Training data", "Data", "Training and evaluation data", "Datasets"],
         "limits": ["Limitations", "Bias, risks and limitations", "Known issues", "Out of scope"], "terms": ["License", "Licence", "Terms of use", "Licensing"],
         "results": ["Evaluation", "Results", "Evaluation results", "Benchmarks"], "training": ["Training procedure", "Training", "Training hyperparameters"],
         "citation": ["Citation", "How to cite", "BibTeX"], "energy": ["Environmental impact", "Compute"]}
TEMPLATE = ["Model Details", "Model Description", "Model Sources", "Direct Use", "Downstream Use", "Out-of-Scope Use", "Recommendations", "Training Data", "Metrics", "Results"]


class Subject(NamedTuple):
    """What a card is about."""

    name: str
    who: str
    licence: str | None
    base: str | None
    task: str


def say(chance: random.Random, sentence: str, subject: Subject) -> str:
    """A sentence with its places filled, each by a draw of its own."""
    while "{" in sentence:
        sentence = sentence.format(
            name=subject.name, who=subject.who, licence=subject.licence or "an open", base=subject.base or "none",
            number=chance.randint(2, 990), place=chance.choice(PLACES), topic=chance.choice(TOPICS), data=chance.choice(DATA))
    return sentence


def plain_sentence(chance: random.Random, subject: Subject) -> str:
    return say(chance, f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(THINGS)}.", subject)


def paragraph(chance: random.Random, subject: Subject, most: int = 5) -> str:
    return " ".join(plain_sentence(chance, subject) for _ in range(chance.randint(1, most)))


def front_matter(chance: random.Random, subject: Subject, gated: bool, kind: str) -> str:
    lines = ["---"]
    if subject.licence:
        lines.append(f"license: {subject.licence}")
        if subject.licence == "other":
            lines.append(f"license_name: {subject.name.lower()}-community")
            if chance.random() < 0.6:
                lines.append("license_link: LICENSE")
    if chance.random() < 0.6:
        lines += ["language:"] + [f"- {code}" for code in chance.sample(LANGUAGES, chance.randint(1, 3))]
    if kind == "dataset":
        lines += [f"pretty_name: {subject.name}", f"size_categories:\n- {chance.choice(['1K<n<10K', '10K<n<100K', '100K<n<1M'])}"]
    else:
        lines.append(f"pipeline_tag: {subject.task}")
        lines += ["tags:", f"- {chance.choice(TOPICS).replace(' ', '-')}", f"- {kind}"]
    if subject.base:
        lines.append(f"base_model: {subject.base}" if chance.random() < 0.7 else f"base_model:\n- {subject.base}")
    if kind != "dataset" and chance.random() < 0.3:
        lines += ["datasets:"] + [f"- {name}" for name in chance.sample(DATA, chance.randint(1, 2))]
    if gated:
        lines += [f"extra_gated_heading: Access to {subject.name}", f"extra_gated_prompt: {say(chance, 'You agree to use {name} for {topic} only and to name {who}.', subject)}"]
        if chance.random() < 0.5:
            lines += ["extra_gated_fields:", "  Name: text", "  Affiliation: text", "  I agree: checkbox"]
    return "\n".join(lines + ["---", ""])


def section(chance: random.Random, subject: Subject, part: str) -> str:
    head = f"## {chance.choice(HEADS[part])}\n\n"
    if part == "use":
        code = f"```python\nfrom transformers import pipeline\n\nask = pipeline(\"{subject.task}\", model=\"{subject.who}/{subject.name}\")\nprint(ask(\"{chance.choice(TOPICS)}\"))\n```\n"
        return head + say(chance, f"{subject.name} is meant for {chance.choice(PURPOSES)}.", subject) + "\n\n" + code
    if part == "limits":
        return head + "\n".join(f"- {say(chance, line, subject)}" for line in chance.sample(WARNINGS, chance.randint(2, 4))) + "\n"
    if part == "terms":
        return head + say(chance, chance.choice(TERMS), subject) + "\n"
    if part == "results":
        rows = [f"| {chance.choice(DATA)} | {chance.choice(['accuracy', 'F1', 'WER', 'BLEU'])} | {chance.uniform(1, 99):.2f} |" for _ in range(chance.randint(2, 6))]
        return head + "| data | metric | value |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"
    if part == "training":
        values = {"learning_rate": f"{chance.uniform(1e-6, 1e-3):.2e}", "train_batch_size": chance.choice([4, 8, 16, 32]), "seed": chance.randint(1, 9999),
                  "num_epochs": chance.randint(1, 20), "optimizer": "adamw", "lr_scheduler_type": chance.choice(["linear", "cosine"])}
        return head + paragraph(chance, subject, 2) + "\n\n" + "\n".join(f"- {key}: {value}" for key, value in values.items()) + "\n"
    if part == "citation":
        return head + f"```\n@misc{{{subject.name.lower()},\n  author = {{{subject.who}}},\n  year = {{{chance.randint(2021, 2026)}}}\n}}\n```\n"
    if part == "energy":
        return head + f"{chance.randint(1, 64)} GPUs for {chance.randint(2, 900)} hours in {chance.choice(PLACES)}, about {chance.randint(1, 4000)} kg of CO2.\n"
    return head + paragraph(chance, subject) + "\n"


def written(chance: random.Random, subject: Subject) -> str:
    """A card that somebody wrote."""
    out = [f"# {subject.name}\n", say(chance, chance.choice(CLAIMS), subject) + " " + paragraph(chance, subject, 4) + "\n"]
    parts = [part for part in HEADS if chance.random() < 0.55]
    return "\n".join(out + [section(chance, subject, part) for part in parts])


def template(chance: random.Random, subject: Subject) -> str:
    """The hub's form, most of it not filled in."""
    body = [f"### {head}\n\n" + (paragraph(chance, subject, 2) if chance.random() < 0.25 else "[More Information Needed]") + "\n" for head in TEMPLATE]
    return f"# Model Card for {subject.name}\n\n" + "\n".join(body)


def trainer(chance: random.Random, subject: Subject) -> str:
    """What a training program writes by itself."""
    base = subject.base or "an unknown model"
    return (f"# {subject.name}\n\nThis model is a fine-tuned version of {base} on the {chance.choice(DATA)} dataset.\nIt achieves the following results on the evaluation set:\n"
            f"- Loss: {chance.uniform(0.01, 4):.4f}\n- Accuracy: {chance.uniform(0.2, 0.99):.4f}\n\n## Model description\n\nMore information needed\n\n" + section(chance, subject, "training"))


def quantized(chance: random.Random, subject: Subject, files: list[str]) -> str:
    rows = "\n".join(f"| {file} | {chance.uniform(0.5, 40):.2f} GB |" for file in files)
    return f"# {subject.name}\n\nQuantized versions of {subject.base}, made with release b{chance.randint(1500, 5000)} of llama.cpp.\n\n| file | size |\n| --- | --- |\n{rows}\n\n" + paragraph(chance, subject, 2) + "\n"


def body(chance: random.Random, subject: Subject, kind: str, files: list[str]) -> str:
    if kind == "quantized":
        return quantized(chance, subject, files)
    way = chance.random()
    if subject.base and way < 0.35:
        return trainer(chance, subject)
    return template(chance, subject) if way < 0.5 and kind != "dataset" else written(chance, subject)
