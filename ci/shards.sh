#!/usr/bin/env bash
# A board over several machines without a server. `shards.sh run` runs one part, SHARD=k/n, into the folder SHARDS;
# `shards.sh merge` puts the parts together as OUT. Both need BOARD. CONFIG, TARGETS, TRIALS, SEED, ALLOW_MISSING, BAIMO_LANG,
# BAIMO are optional. All parts need one SEED: the day in Beijing unless it is set, so a matrix that may pass midnight sets it.
# Exit codes are those of baimo.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
board=${BOARD:?name a board in BOARD}
shards=${SHARDS:-shards}

run() {
  local shard=${SHARD:?name a part in SHARD, such as 2/8}
  mkdir -p "$shards"
  baimo run "$board" ${targets[@]+"${targets[@]}"} ${config[@]+"${config[@]}"} --shard "$shard" \
    --trials "${TRIALS:-3}" --reseed "${SEED:-$(TZ=Asia/Shanghai date +%Y%m%d)}" \
    --out "$shards/shard-${shard/\//-of-}.jsonl" --reporter log "${lang[@]}"
}

merge() {
  local out=${OUT:?name the merged run file in OUT}
  local partial=()
  if [ "${ALLOW_MISSING:-false}" = true ]; then partial=(--partial); fi
  mkdir -p "$(dirname "$out")"
  baimo merge "$shards"/*.jsonl -o "$out" ${partial[@]+"${partial[@]}"} "${lang[@]}"
}

case "${1:-}" in
run | merge) "$1" ;;
*)
  echo "shards.sh: run or merge" >&2
  exit 2
  ;;
esac
