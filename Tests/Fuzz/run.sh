#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer: run.sh [SECONDS_EACH [TARGET...]]. With RUNS=N a target ends after N runs.
# The corpus of each target is kept under .build/fuzz and grows from run to run.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
out=.build/fuzz
mkdir -p "$out"
export SWIFT_BACKTRACE=enable=no
# Half of the time would go into keeping where memory was allocated.
export ASAN_OPTIONS=quarantine_size_mb=4:malloc_context_size=0:allocator_release_to_os_interval_ms=-1:detect_stack_use_after_return=0
# One module: the readers and what they stand on.
work=$out/sources
rm -rf "$work" && mkdir -p "$work" "$out/modules"
for file in $(find Sources/Bytes Sources/Facts Sources/Unpacking Sources/Artefacts -name '*.swift'); do
  # The header of libarchive brings the C library's constants a second time.
  sed -E '/^import Openscan(Bytes|Facts|Unpacking)$/d; s/\bS_IF(LNK|DIR|REG|MT)\b/Glibc.S_IF\1/g' "$file" > "$work/$(echo "$file" | tr / _)"; done
cp Tests/Fuzz/Targets.swift "$work/"
for module in Zlib Archive; do
  mkdir -p "$out/modules/COpenscan$module"
  printf 'module %s { header "%s" export * }\n' "COpenscan$module" "$PWD/$(ls Sources/C$module/include/*.h | head -1)" > "$out/modules/COpenscan$module/module.modulemap"; done
if [ ! -x "$out/readers" ] || [ -n "$(find Sources/Bytes Sources/Facts Sources/Unpacking Sources/Artefacts Tests/Fuzz -newer "$out/readers" -name '*.swift' -print -quit)" ]; then
  swiftc -O -swift-version 6 -suppress-warnings -sanitize=fuzzer,address -parse-as-library -module-name Fuzz -I "$out/modules/COpenscanZlib" -I "$out/modules/COpenscanArchive" -o "$out/readers" "$work"/*.swift -lz -larchive 2> "$out/build.log" || { cat "$out/build.log"; exit 1; }; fi
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(python3 Tests/Fuzz/seeds.py --list)
for target in "${targets[@]}"; do
  mkdir -p "$out/corpus-$target" "$out/found"
  python3 Tests/Fuzz/seeds.py "$target" "$out/corpus-$target"
  echo "== $target"
  status=0
  FUZZ_TARGET=$target "$out/readers" -max_total_time="$seconds" ${RUNS:+-runs=$RUNS} -max_len="${MAX_LEN:-2048}" -timeout=10 -rss_limit_mb=2048 -detect_leaks=0 -malloc_limit_mb=256 -artifact_prefix="$out/found/$target-" -print_final_stats=1 "$out/corpus-$target" > "$out/$target.log" 2>&1 || status=$?
  grep -E 'ERROR|SUMMARY|stat::number_of_executed_units|stat::peak_rss|crash-|Fatal|libFuzzer: timeout' "$out/$target.log" || true
  if compgen -G "$out/found/$target-*" > /dev/null; then echo "found: $(ls "$out"/found/"$target"-*)"; exit 1; fi
  [ "$status" = 0 ] || { tail -20 "$out/$target.log"; echo "the fuzzer ended with $status"; exit 1; }
done
echo "no crash"
