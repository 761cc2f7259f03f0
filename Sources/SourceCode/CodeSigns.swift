import Unpacking

/// Names whose use shows what code is for. One table for all languages: what differs is how code, comments and strings are told apart.
enum CodeSigns {
    /// How a name must be used to count.
    enum Use {
        /// Called: a parenthesis follows.
        case call
        /// Called on something.
        case method
        /// Called on something of one of these names.
        case methodOf(Set<String>)
        /// Anywhere in code.
        case name
        /// In an import.
        case imported
        /// As the name of a function that is defined.
        case defined
        /// As a base of a class.
        case base
    }

    struct Sign {
        let use: Use
        let role: CodeRole
        let weight: Int
    }

    private static let trainers: Set<String> = [
        "trainer", "self", "model", "learn", "learner", "clf", "estimator", "classifier", "net", "network", "engine",
    ]
    private static let optimizers: Set<String> = [
        "optimizer", "optim", "opt", "optimizers", "optimiser", "accelerator", "scaler", "engine", "model_engine",
        "optimizer_g", "optimizer_d",
    ]

    /// What a name means besides: words of the language, names that fetch, names that run what they are given.
    enum Word: UInt8, Sendable { case none, importing, definition, type, fetcher, dataFetcher, runner }

    private static let words: [(Word, [String])] = [
        (.importing, ["import", "from", "use", "include", "using", "require"]),
        (.definition, ["def", "func", "fn", "function"]), (.type, ["class"]),
        (
            .fetcher,
            [
                "from_pretrained", "hf_hub_download", "snapshot_download", "load_state_dict_from_url", "pipeline",
                "get_file", "urlretrieve", "download_model", "cached_download", "load",
            ]
        ), (.dataFetcher, ["load_dataset"]),
        (.runner, ["exec", "eval", "curl", "wget", "system", "subprocess", "popen", "cmdclass", "loads"]),
    ]

    /// All names with a meaning, found by the hash of their bytes.
    static let names: NameTable = {
        var kinds: [String: Word] = [:]
        for (word, list) in words { for name in list { kinds[name] = word } }
        return NameTable(
            Set(table.keys).union(kinds.keys).sorted().map {
                NameTable.Entry(name: Array($0.utf8), signs: table[$0] ?? [], word: kinds[$0] ?? .none)
            })
    }()

    private static let table: [String: [Sign]] = {
        var table: [String: [Sign]] = [:]
        func add(_ names: String, _ use: Use, _ role: CodeRole, _ weight: Int) {
            for name in names.split(separator: " ") {
                table[String(name), default: []].append(Sign(use: use, role: role, weight: weight))
            }
        }
        add("backward", .method, .training, 3)
        add("zero_grad", .method, .training, 3)
        add("step", .methodOf(optimizers), .training, 2)
        add("train", .methodOf(["trainer"]), .training, 4)
        add("fit fit_generator", .methodOf(trainers), .training, 4)
        add("Trainer SFTTrainer DPOTrainer PPOTrainer Seq2SeqTrainer GRPOTrainer RewardTrainer", .call, .training, 3)
        add("TrainingArguments Seq2SeqTrainingArguments SFTConfig", .call, .training, 3)
        add("TrainingArguments Seq2SeqTrainingArguments", .base, .training, 2)
        add(
            "GradientTape value_and_grad train_on_batch apply_gradients train_step training_step pretrain initialize_megatron",
            .call, .training, 3)
        add(
            "training_step train_step train_one_epoch train_epoch configure_optimizers pretrain", .defined, .training, 4
        )
        add("train train_model run_training main_train", .defined, .training, 2)
        add("AdamW Adam SGD Adafactor Lion FusedAdam", .call, .training, 2)
        add(
            "get_scheduler get_linear_schedule_with_warmup get_cosine_schedule_with_warmup CosineAnnealingLR LambdaLR DistributedSampler GradScaler",
            .call, .training, 1)
        add("training_main", .call, .training, 5)
        add("deepspeed accelerate pytorch_lightning lightning optax megatron", .imported, .training, 1)
        add("LoraConfig get_peft_model prepare_model_for_kbit_training SFTTrainer DPOTrainer", .call, .fineTuning, 4)
        add(
            "from_pretrained",
            .methodOf([
                "AutoModelForCausalLM", "AutoModelForSeq2SeqLM", "AutoModelForSequenceClassification", "AutoModel",
                "LlamaForCausalLM", "AutoModelForVision2Seq", "LlavaLlamaForCausalLM",
            ]), .fineTuning, 4)
        add("peft trl", .imported, .fineTuning, 2)
        add("generate generate_text text_completion chat_completion chat stream_chat", .method, .inference, 3)
        add("generate", .defined, .inference, 3)
        add(
            "predict predict_proba transcribe translate synthesize infer inference decode_batch", .defined, .inference,
            4)
        add("predict predict_proba transcribe inference infer", .method, .inference, 3)
        add("InferenceSession Interpreter StableDiffusionPipeline DiffusionPipeline", .call, .inference, 4)
        add("pipeline", .call, .inference, 2)
        add(
            "onnxruntime tflite_runtime openvino vllm gradio streamlit ai_edge_litert llama_cpp tritonclient",
            .imported, .inference, 2)
        add("no_grad inference_mode", .name, .inference, 1)
        add("load_state_dict load_model from_pretrained", .call, .inference, 1)
        add("load_model from_pretrained", .defined, .inference, 2)
        add("sample_sequence p_sample p_sample_loop ddim_sample forward_with_cfg", .call, .inference, 3)
        add("eval", .methodOf(["model", "net", "self", "network"]), .inference, 1)
        add(
            "evaluate evaluate_model run_eval run_evaluation compute_metrics eval_model do_eval", .defined, .evaluation,
            3)
        add(
            "compute_metrics accuracy_score f1_score roc_auc_score average_precision_score average_precision_score precision_recall_curve corpus_bleu compute_bleu simple_evaluate pass_at_k estimate_pass_at_k evaluate_functional_correctness mean_average_precision wer cer rouge perplexity",
            .call, .evaluation, 3)
        add(
            "lm_eval sacrebleu jiwer rouge_score human_eval evaluate sklearn.metrics mir_eval pycocotools", .imported,
            .evaluation, 2)
        add("accuracy mmlu ceval gsm8k humaneval benchmark", .name, .evaluation, 1)
        add("load_dataset", .call, .dataProcessing, 1)
        add("map", .methodOf(["dataset", "datasets", "ds", "raw_datasets"]), .dataProcessing, 2)
        add(
            "preprocess_data prepare_dataset tokenize_dataset deduplicate dedup build_dataset prepare_data process_data clean_text filter_documents generate_instruction_following_data encode_prompt prepare_full",
            .defined, .dataProcessing, 4)
        add(
            "MinHash MinHashLSH minhash simhash IndexedDatasetBuilder MMapIndexedDatasetBuilder PackedDatasetBuilder make_builder ParquetWriter TFRecordWriter TarWriter ShardWriter",
            .call, .dataProcessing, 4)
        add("apache_beam datasketch webdataset trafilatura warcio datatrove", .imported, .dataProcessing, 3)
        add("preprocess process_documents download_dataset download_data", .defined, .dataProcessing, 2)
        add(
            "Linear Conv1d Conv2d Conv3d Embedding LayerNorm RMSNorm MultiheadAttention TransformerEncoderLayer Dense Conv2D BatchNorm2d ColumnParallelLinear LSTM GRU",
            .call, .architecture, 1)
        add("Module LightningModule PreTrainedModel Model Layer", .base, .architecture, 3)
        add("forward call", .defined, .architecture, 1)
        add("conv1d conv2d einsum softmax scaled_dot_product_attention", .call, .architecture, 1)
        return table
    }()
}

/// Names by a hash that is made while they are read: most names of a program mean nothing here and cost one look.
struct NameTable: Sendable {
    struct Entry: Sendable {
        let name: [UInt8]
        let signs: [CodeSigns.Sign]
        let word: CodeSigns.Word
    }

    private static let size = 4096
    static let seed: UInt32 = 2_166_136_261

    let entries: [Entry]
    /// Slot -> entry number plus one; taken slots go on to the next.
    private let slots: [UInt16]

    init(_ entries: [Entry]) {
        self.entries = entries
        var slots = [UInt16](repeating: 0, count: Self.size)
        for (number, entry) in entries.enumerated() {
            var slot = Int(entry.name.reduce(Self.seed, Self.step)) & (Self.size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
            slots[slot] = UInt16(number + 1)
        }
        self.slots = slots
    }

    /// Fowler, Noll and Vo's hash, form 1a.
    @inline(__always) static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

    /// Number of the entry with these bytes, `nil` when there is none.
    @inline(__always)
    func find(_ hash: UInt32, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var slot = Int(hash) & (Self.size - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            let name = entries[number].name
            if name.count == range.count, bytes.slice(range).elementsEqual(name) { return number }
            slot = (slot + 1) & (Self.size - 1)
        }
        return nil
    }
}
