#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer for SECONDS_EACH seconds each: run.sh [SECONDS_EACH]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
out=.build/fuzz
mkdir -p "$out"
export SWIFT_BACKTRACE=enable=no
sources=(Sources/Unpacking/*.swift Sources/Unpacking/Bytes/*.swift Sources/Artefacts/*.swift Sources/Artefacts/*/*.swift)
# One module: the readers and what they stand on, without the parts that need C libraries.
work=$out/sources
rm -rf "$work" && mkdir -p "$work"
for file in "${sources[@]}"; do sed -E '/^import (Unpacking|Synchronization|CArchive|CZlib)$/d' "$file" > "$work/$(echo "$file" | tr / _)"; done
rm -f "$work"/Sources_Unpacking_ScanBudget.swift
cp Tests/Fuzz/Targets.swift "$work/"
swiftc -O -sanitize=fuzzer,address -parse-as-library -module-name Fuzz -o "$out/readers" "$work"/*.swift
for target in safetensors gguf json index; do
  mkdir -p "$out/corpus-$target"
  python3 Tests/Fuzz/seeds.py "$target" "$out/corpus-$target"
  echo "== $target"
  FUZZ_TARGET=$target "$out/readers" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 "$out/corpus-$target" 2>&1 | grep -E 'ERROR|SUMMARY|stat::number_of_executed_units|crash-|Fatal' || true
  ls crash-* timeout-* oom-* 2>/dev/null && exit 1
done
echo "no crash"
