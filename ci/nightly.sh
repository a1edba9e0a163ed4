#!/usr/bin/env bash
# One night: runs the board, judges it against the history, writes Markdown and JSON for publishing.
# BOARD is required; HISTORY, PUBLISH, CONFIG, TARGETS, BAIMO_LANG, BAIMO are optional.
# Secrets of the vendors and addresses of webhooks come from the environment as well.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
board=${BOARD:?name a board in BOARD}

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

targets=()
words "${TARGETS:-}"
for target in ${split[@]+"${split[@]}"}; do targets+=(-m "$target"); done
config=()
if [ -n "${CONFIG:-}" ]; then config=(--config "$CONFIG"); fi

baimo nightly --board "$board" --history "${HISTORY:-results/nightly/$board}" \
  --publish "${PUBLISH:-public}" --lang "${BAIMO_LANG:-zh}" \
  ${targets[@]+"${targets[@]}"} ${config[@]+"${config[@]}"}
