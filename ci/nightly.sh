#!/usr/bin/env bash
# One night: runs the board, judges it against the history, writes Markdown and JSON for publishing.
# BOARD is required; HISTORY, PUBLISH, SITE, CONFIG, TARGETS, NO_RUN, BAIMO_LANG, BAIMO are optional. With NO_RUN=true, the
# newest run of the history is the night, as ci/shards.sh merged it. SITE is the folder of a
# static site of the history, made whatever the night says; the exit code is that of the night.
# Secrets of the vendors and addresses of webhooks come from the environment as well.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
board=${BOARD:?name a board in BOARD}

judged=()
if [ "${NO_RUN:-false}" = true ]; then judged=(--no-run); fi

history=${HISTORY:-results/nightly/$board}
code=0
baimo nightly --board "$board" --history "$history" \
  --publish "${PUBLISH:-public}" "${lang[@]}" \
  ${targets[@]+"${targets[@]}"} ${config[@]+"${config[@]}"} ${judged[@]+"${judged[@]}"} || code=$?
if [ -n "${SITE:-}" ]; then
  baimo site "$history" -o "$SITE" --board "$board" "${lang[@]}" ||
    echo "nightly.sh: the site was not made" >&2
fi
exit "$code"
