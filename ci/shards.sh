#!/usr/bin/env bash
# A board over several machines without a server. `shards.sh run` runs one part, SHARD=k/n, into the folder SHARDS;
# `shards.sh merge` puts the parts together as OUT. Both need BOARD. CONFIG, TARGETS, TRIALS, SEED, ALLOW_MISSING, BAIMO_LANG,
# BAIMO are optional. All parts need one SEED: the day in Beijing unless it is set, so a matrix that may pass midnight sets it.
# Exit codes are those of baimo.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
board=${BOARD:?name a board in BOARD}
shards=${SHARDS:-shards}

# Splits at blanks and line ends, and expands nothing: `*` stays `*`.
words() {
  read -r -d '' -a split <<<"$1" || true
}

words "${BAIMO:-}"
command=(${split[@]+"${split[@]}"})
baimo() {
  if [ "${#command[@]}" -gt 0 ]; then
    "${command[@]}" "$@"
  else
    # The Node that this checkout pins goes before the system's, which may be older.
    PATH="$here/node_modules/.bin:$PATH" tsx "$here/src/cli/bin.ts" "$@"
  fi
}

run() {
  local shard=${SHARD:?name a part in SHARD, such as 2/8}
  local targets=() config=()
  words "${TARGETS:-}"
  for target in ${split[@]+"${split[@]}"}; do targets+=(-m "$target"); done
  if [ -n "${CONFIG:-}" ]; then config=(--config "$CONFIG"); fi
  mkdir -p "$shards"
  baimo run "$board" ${targets[@]+"${targets[@]}"} ${config[@]+"${config[@]}"} --shard "$shard" \
    --trials "${TRIALS:-3}" --reseed "${SEED:-$(TZ=Asia/Shanghai date +%Y%m%d)}" \
    --out "$shards/shard-${shard/\//-of-}.jsonl" --reporter log --lang "${BAIMO_LANG:-zh}"
}

merge() {
  local out=${OUT:?name the merged run file in OUT}
  local partial=()
  if [ "${ALLOW_MISSING:-false}" = true ]; then partial=(--partial); fi
  mkdir -p "$(dirname "$out")"
  baimo merge "$shards"/*.jsonl -o "$out" ${partial[@]+"${partial[@]}"} --lang "${BAIMO_LANG:-zh}"
}

case "${1:-}" in
run | merge) "$1" ;;
*)
  echo "shards.sh: run or merge" >&2
  exit 2
  ;;
esac
