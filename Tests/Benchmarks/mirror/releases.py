"""One release of a mirror from its number and a seed: names of files and what is in them."""
from __future__ import annotations

import json
import random
from typing import Callable, NamedTuple

import cards
import texts
from shares import BASES, DECLARED, FORKED, GATED, KINDS, NOT_DECLARED, WITH_LICENCE_TEXT
from weights import Blob, Tensor, gguf, layers, plain, plain_pickle, safetensors, torch_zip

Files = dict[str, Blob]


class Release(NamedTuple):
    organisation: str
    name: str
    kind: str
    files: Files


class Recipe(NamedTuple):
    """What all makers of files get."""

    chance: random.Random
    subject: cards.Subject


BLOCK = ["self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight", "self_attn.o_proj.weight", "mlp.gate_proj.weight", "mlp.up_proj.weight",
         "mlp.down_proj.weight", "input_layernorm.weight", "post_attention_layernorm.weight"]
ENCODER = ["attention.self.query.weight", "attention.self.query.bias", "attention.self.value.weight", "attention.output.dense.weight", "output.LayerNorm.norm.weight"]
ATTRIBUTES = "".join(f"*.{end} filter=lfs diff=lfs merge=lfs -text\n" for end in ("7z", "bin", "gguf", "h5", "model", "onnx", "parquet", "pt", "safetensors", "zip"))


def config(recipe: Recipe, number: int, width: int) -> Blob:
    kind = recipe.chance.choice(["llama", "mistral", "bert", "gemma2", "qwen2", "t5", "vit", "whisper"])
    return plain(json.dumps({
        "_name_or_path": recipe.subject.base or f"./{recipe.subject.name}", "architectures": [f"{kind.capitalize()}ForCausalLM"], "model_type": kind,
        "hidden_size": width, "num_hidden_layers": number, "num_attention_heads": max(1, width // 64), "vocab_size": recipe.chance.choice([30522, 32000, 50257, 128256]),
        "torch_dtype": recipe.chance.choice(["bfloat16", "float16", "float32"]), "transformers_version": f"4.{recipe.chance.randint(20, 49)}.{recipe.chance.randint(0, 3)}"}, indent=2))


def tokenizer(recipe: Recipe) -> Files:
    chance = recipe.chance
    vocabulary = {f"{chance.choice(cards.TOPICS).split()[0]}{n}": n for n in range(chance.randint(20, 90))}
    out = {"tokenizer_config.json": plain(json.dumps({"model_max_length": chance.choice([512, 2048, 8192]), "tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "<pad>"}, indent=2))}
    if chance.random() < 0.85:
        out["tokenizer.json"] = plain(json.dumps({"version": "1.0", "model": {"type": "BPE", "vocab": vocabulary, "merges": []}}))
    if chance.random() < 0.45:
        out["special_tokens_map.json"] = plain(json.dumps({"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}, indent=2))
    return out


def shape(chance: random.Random) -> tuple[int, int, list[Tensor]]:
    """Layers, width and tensors of a model of some size."""
    width, number = chance.choice([(256, 4), (384, 6), (768, 6), (768, 12), (1024, 8), (2048, 10), (4096, 10)])
    encoder = chance.random() < 0.5
    tensors = layers("encoder.layer" if encoder else "model.layers", ENCODER if encoder else BLOCK, number, width, chance.choice(["F32", "BF16", "F16"]))
    return number, width, tensors


def small(recipe: Recipe) -> Files:
    number, width, tensors = shape(recipe.chance)
    out = {"config.json": config(recipe, number, width), "model.safetensors": safetensors(tensors, {"format": "pt"})} | tokenizer(recipe)
    if recipe.chance.random() < 0.4:
        out["generation_config.json"] = plain(json.dumps({"bos_token_id": 1, "eos_token_id": 2, "temperature": round(recipe.chance.uniform(0.1, 1), 2)}, indent=2))
    if recipe.chance.random() < 0.1:
        out["training_args.bin"] = plain_pickle("transformers.training_args", "TrainingArguments", {"seed": recipe.chance.randint(1, 9999), "num_train_epochs": 3})
    return out


def sharded(recipe: Recipe) -> Files:
    chance = recipe.chance
    shards, width = chance.randint(2, 6), chance.choice([4096, 5120, 8192])
    names = [f"model-{n:05}-of-{shards:05}.safetensors" for n in range(1, shards + 1)]
    out: Files = {"config.json": config(recipe, shards * 4, width)} | tokenizer(recipe)
    places: dict[str, str] = {}
    for number, name in enumerate(names):
        tensors = layers("model.layers", BLOCK, 4, width, "BF16")
        tensors = [(tensor.replace("layers.", f"layers.{number}", 1), kind, side) for tensor, kind, side in tensors]
        places |= {tensor: name for tensor, _, _ in tensors}
        out[name] = safetensors(tensors, {"format": "pt"})
    out["model.safetensors.index.json"] = plain(json.dumps({"metadata": {"total_size": sum(out[n].size for n in names)}, "weight_map": places}))
    return out


def quantized(recipe: Recipe) -> Files:
    chance = recipe.chance
    tensors = [(f"blk.{n}.{part}.weight", "Q4_K", [4096, 4096]) for n in range(chance.randint(6, 16)) for part in ("attn_q", "attn_k", "ffn_up", "ffn_down")]
    metadata: dict[str, object] = {"general.architecture": "llama", "general.name": recipe.subject.name, "llama.block_count": 32, "general.quantization_version": 2}
    if recipe.subject.licence and chance.random() < 0.4:
        metadata["general.license"] = recipe.subject.licence
    metadata["tokenizer.ggml.tokens"] = [f"<{n}>" for n in range(chance.randint(50, 200))]
    kinds = chance.sample(["Q2_K", "Q3_K_M", "Q4_0", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0"], chance.randint(1, 5))
    return {f"{recipe.subject.name}.{kind}.gguf": gguf(metadata | {"general.file_type": place}, tensors) for place, kind in enumerate(sorted(kinds))}


def adapter(recipe: Recipe) -> Files:
    chance, rank = recipe.chance, recipe.chance.choice([4, 8, 16, 32])
    tensors: list[Tensor] = []
    for layer in range(chance.choice([8, 16, 24])):
        for part in ("q_proj", "v_proj"):
            head = f"base_model.model.model.layers.{layer}.self_attn.{part}"
            tensors += [(f"{head}.lora_A.weight", "F32", [rank, 4096]), (f"{head}.lora_B.weight", "F32", [4096, rank])]
    settings = {"base_model_name_or_path": recipe.subject.base, "peft_type": "LORA", "r": rank, "lora_alpha": rank * 2, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
    return {"adapter_config.json": plain(json.dumps(settings, indent=2)), "adapter_model.safetensors": safetensors(tensors, {"format": "pt"})}


def pickled(recipe: Recipe) -> Files:
    if recipe.chance.random() < 0.2:
        return {"model.pkl": plain_pickle("sklearn.linear_model._logistic", "LogisticRegression", {"max_iter": 100, "random_state": recipe.chance.randint(0, 999)}),
                "requirements.txt": plain("scikit-learn==1.4.2\nnumpy\n")}
    _, width, tensors = shape(recipe.chance)
    tensors = [(name, "F32", [min(side, 512) for side in sides]) for name, _, sides in tensors[:16]]
    return {"config.json": config(recipe, len(tensors) // 5, width), "pytorch_model.bin": torch_zip(tensors)} | tokenizer(recipe)


def pipeline(recipe: Recipe) -> Files:
    """A diffusion pipeline: a folder a part."""
    out = {"model_index.json": plain(json.dumps({"_class_name": "StableDiffusionXLPipeline", "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"]}, indent=2))}
    for part, number in (("unet", 8), ("vae", 4), ("text_encoder", 6)):
        out[f"{part}/config.json"] = config(recipe, number, 768)
        out[f"{part}/diffusion_pytorch_model.safetensors"] = safetensors(layers(part, ENCODER, number, 768, "F16"))
    return out


def program(recipe: Recipe, name: str) -> str:
    topic, rate = recipe.chance.choice(cards.TOPICS).replace(" ", "_"), recipe.chance.uniform(1e-6, 1e-3)
    return (f"\"\"\"{name} of {recipe.subject.name}.\"\"\"\nimport torch\nfrom transformers import AutoModel, Trainer, TrainingArguments\n\n\n"
            f"def {name}_{topic}(model, data, rate={rate:.2e}):\n    arguments = TrainingArguments(output_dir=\"out\", learning_rate=rate, seed={recipe.chance.randint(1, 9999)})\n"
            "    return Trainer(model=model, args=arguments, train_dataset=data).train()\n\n\n" + f"def load_{topic}():\n    return AutoModel.from_pretrained(\"{recipe.subject.base or recipe.subject.name}\")\n" * recipe.chance.randint(1, 6))


def code(recipe: Recipe) -> Files:
    out = {f"{name}.py": plain(program(recipe, name)) for name in ("train", "evaluate", "prepare_data", "modeling", "inference")[:recipe.chance.randint(2, 5)]}
    return out | {"requirements.txt": plain("torch\ntransformers\ndatasets\n")} | (small(recipe) if recipe.chance.random() < 0.6 else {})


def dataset(recipe: Recipe) -> Files:
    chance = recipe.chance
    rows = "".join(json.dumps({"id": n, "text": cards.plain_sentence(chance, recipe.subject), "label": chance.randint(0, 4)}) + "\n" for n in range(chance.randint(5, 25)))
    return {"data/train.jsonl": plain(rows), "data/test.csv": plain("id,text\n" + "".join(f"{n},{chance.choice(cards.TOPICS)}\n" for n in range(chance.randint(5, 40))))}


def bare(recipe: Recipe) -> Files:
    return {"model.safetensors": safetensors(shape(recipe.chance)[2])}


def empty(recipe: Recipe) -> Files:
    return {"README.md": plain("")}


MAKERS: dict[str, Callable[[Recipe], Files]] = {
    "small": small, "sharded": sharded, "quantized": quantized, "adapter": adapter, "pickled": pickled, "pipeline": pipeline, "code": code, "dataset": dataset,
    "bare": bare, "empty": empty}
DERIVED = {"quantized": 1.0, "adapter": 1.0, "small": 0.5, "sharded": 0.3, "pickled": 0.3, "code": 0.2}


def organisation(chance: random.Random, total: int) -> str:
    """A few have many releases and many have one."""
    number = int(max(3, total // 5) * chance.random() ** 3)
    family = cards.FAMILIES[number % len(cards.FAMILIES)].lower()
    return f"{family}-{('lab', 'ai', 'research', 'org', 'team')[number // len(cards.FAMILIES) % 5]}-{number:x}"


class Maker:
    """Makes any release of a mirror by its number, in any order and any process."""

    def __init__(self, seed: int, total: int, licence_texts: dict[str, str]) -> None:
        self.seed, self.total, self.texts = seed, total, licence_texts

    def start(self, number: int) -> tuple[random.Random, str, bool]:
        """The chance of a release, who has it, and whether it is somebody's copy."""
        chance = random.Random(f"{self.seed}:{number}")
        who = organisation(chance, self.total)
        return chance, who, chance.random() < FORKED and number > 0

    def release(self, number: int) -> Release:
        chance, who, is_fork = self.start(number)
        if not is_fork:
            return self.made(number, who, chance)
        first = self.original(chance.randrange(number))
        return Release(who, f"{first.name}-fork-{number:x}", first.kind, first.files)

    def original(self, number: int) -> Release:
        """The release of a number or the last one before it that is no fork itself."""
        while True:
            chance, who, is_fork = self.start(number)
            if not is_fork:
                return self.made(number, who, chance)
            number -= 1

    def made(self, number: int, who: str, chance: random.Random) -> Release:
        kind = KINDS.draw(chance)
        base, base_licence = chance.choice(BASES[:1 + int(len(BASES) * chance.random())]) if chance.random() < DERIVED.get(kind, 0) else (None, None)
        licence = None if chance.random() < NOT_DECLARED else DECLARED.draw(chance)
        if licence and base_licence and chance.random() < 0.5:
            licence = base_licence
        size = chance.choice(["135m", "350m", "1b", "3b", "7b", "8b", "13b"])
        name = f"{chance.choice(cards.FAMILIES)}-{size}-{chance.choice(['base', 'instruct', 'chat', 'tuned', 'v2', 'it'])}-{number:x}"
        subject = cards.Subject(name, who, licence, base, chance.choice(cards.TASKS))
        files = MAKERS[kind](Recipe(chance, subject))
        self.document(files, kind, subject, chance)
        return Release(who, name, kind, files)

    def document(self, files: Files, kind: str, subject: cards.Subject, chance: random.Random) -> None:
        """Card, licence text and what the hub adds."""
        if chance.random() < 0.2:
            files[".gitattributes"] = plain(ATTRIBUTES)
        if kind in ("bare", "empty"):
            return
        front = cards.front_matter(chance, subject, chance.random() < GATED, kind)
        files["README.md"] = plain(front + cards.body(chance, subject, kind, sorted(files)))
        # Texts stand beside declared licences, hence the larger share of those.
        if chance.random() >= WITH_LICENCE_TEXT / (1 - NOT_DECLARED) or subject.licence is None:
            return
        text = self.texts.get(subject.licence)
        files["LICENSE"] = plain(texts.filled(text, subject.who, chance.randint(2020, 2026)) if text else texts.custom(chance, subject.who, subject.name))
