#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer: run.sh [SECONDS_EACH [TARGET...]]. With RUNS=N a target ends after N runs.
# The corpus of each target is kept under .build/fuzz and grows from run to run.
# SANITIZE=none leaves the address sanitizer out: sums, products and indices still trap, at a multiple of the speed.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
out=.build/fuzz
mkdir -p "$out/modules"
sanitize=${SANITIZE:-address}
readers=$out/readers-$sanitize
export SWIFT_BACKTRACE=enable=no
# Half of the time would go into keeping where memory was allocated.
export ASAN_OPTIONS=quarantine_size_mb=4:malloc_context_size=0:allocator_release_to_os_interval_ms=-1:detect_stack_use_after_return=0
# One module: the readers and what they stand on. Only they are watched for new paths; the parser of YAML is not ours.
sources="Sources/Bytes Sources/Facts Sources/Unpacking Sources/Artefacts Sources/Cards/FrontMatter.swift Sources/Cards/CardForm.swift Sources/Cards/LinedValue.swift Sources/Cards/PartMetadata.swift Sources/Cards/PackageMetadata.swift Sources/Rules/Licences/LicenceCatalogue.swift Sources/Licensing/Annotations"
for module in System Zlib Archive; do
  mkdir -p "$out/modules/COpenscan$module"
  printf 'module %s { header "%s" export * }\n' "COpenscan$module" "$PWD/$(ls Sources/C$module/include/*.h | head -1)" > "$out/modules/COpenscan$module/module.modulemap"; done
yaml=.build/checkouts/Yams/Sources
[ -d "$yaml" ] || swift package resolve
if [ ! -e "$out/modules/libYams.a" ]; then
  mkdir -p "$out/yaml"
  for file in "$yaml"/CYaml/src/*.c; do clang -O2 -I "$yaml/CYaml/include" -c "$file" -o "$out/yaml/$(basename "$file" .c).o"; done
  swiftc -O -wmo -suppress-warnings -parse-as-library -D SWIFT_PACKAGE -module-name Yams -emit-module -emit-module-path "$out/modules/Yams.swiftmodule" -I "$yaml/CYaml/include" -c -o "$out/yaml/Yams.o" "$yaml"/Yams/*.swift > "$out/yaml.log" 2>&1 || { cat "$out/yaml.log"; exit 1; }
  ar rcs "$out/modules/libYams.a" "$out"/yaml/*.o; fi
[ -e "$out/modules/system.o" ] || clang -O2 -I Sources/CSystem/include -c Sources/CSystem/system.c -o "$out/modules/system.o"
if [ ! -x "$readers" ] || [ -n "$(find $sources Tests/Fuzz -newer "$readers" -name '*.swift' -print -quit)" ]; then
  work=$out/sources-$sanitize
  rm -rf "$work" && mkdir -p "$work"
  for file in $(find $sources -name '*.swift'); do
    # The header of libarchive brings the C library's constants a second time.
    sed -E '/^import Openscan(Bytes|Facts|Unpacking|Rules)$/d; s/\bS_IF(LNK|DIR|REG|MT)\b/Glibc.S_IF\1/g' "$file" > "$work/$(echo "$file" | tr / _)"; done
  cp Tests/Fuzz/Targets.swift "$work/"
  case $sanitize in none) kinds=fuzzer ;; *) kinds=fuzzer,$sanitize ;; esac
  swiftc -O -wmo -swift-version 6 -suppress-warnings -sanitize="$kinds" -parse-as-library -package-name openscan -module-name Fuzz -I "$out/modules" -I "$yaml/CYaml/include" -I "$out/modules/COpenscanSystem" -I "$out/modules/COpenscanZlib" -I "$out/modules/COpenscanArchive" -o "$readers" "$work"/*.swift "$out/modules/system.o" -L "$out/modules" -lYams -lz -larchive 2> "$out/build.log" || { cat "$out/build.log"; exit 1; }; fi
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(python3 Tests/Fuzz/seeds.py --list)
for target in "${targets[@]}"; do
  mkdir -p "$out/corpus-$target" "$out/found"
  python3 Tests/Fuzz/seeds.py "$target" "$out/corpus-$target"
  echo "== $target"
  status=0
  FUZZ_TARGET=$target "$readers" -max_total_time="$seconds" ${RUNS:+-runs=$RUNS} -max_len="${MAX_LEN:-2048}" -timeout=10 -rss_limit_mb=2048 -detect_leaks=0 -malloc_limit_mb=256 -artifact_prefix="$out/found/$target-" -print_final_stats=1 "$out/corpus-$target" > "$out/$target.log" 2>&1 || status=$?
  grep -E 'ERROR|SUMMARY|stat::number_of_executed_units|stat::average_exec_per_sec|stat::peak_rss|crash-|Fatal|libFuzzer: timeout' "$out/$target.log" || true
  if compgen -G "$out/found/$target-*" > /dev/null; then echo "found: $(ls "$out"/found/"$target"-*)"; exit 1; fi
  [ "$status" = 0 ] || { tail -20 "$out/$target.log"; echo "the fuzzer ended with $status"; exit 1; }
done
echo "no crash"
