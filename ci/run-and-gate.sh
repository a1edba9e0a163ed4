#!/usr/bin/env bash
# Runs suites and, with a baseline, the gate against it. Settings come from the environment:
# SUITES TARGETS CONFIG OUT BASELINE BAIMO_LANG ALLOW_INCOMPLETE, and BAIMO: the command, if not this checkout.
# Exit codes are those of baimo: 0 fine, 1 gate failed, 2 wrong usage, 3 incomplete, 130 or 143 interrupted.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
out=${OUT:-results/ci.jsonl}

words "${SUITES:-}"
suites=(${split[@]+"${split[@]}"})
# A repository that has no config yet runs without one.
if [ -n "${CONFIG:-}" ] && [ ! -e "$CONFIG" ]; then config=(); fi

baimo run ${suites[@]+"${suites[@]}"} ${targets[@]+"${targets[@]}"} ${config[@]+"${config[@]}"} \
  --out "$out" --junit "${out%.jsonl}.xml" --reporter log "${lang[@]}"
code=$?

if [ -n "${BASELINE:-}" ] && { [ "$code" -eq 0 ] || [ "$code" -eq 3 ]; }; then
  baimo gate "$out" --baseline "$BASELINE" ${config[@]+"${config[@]}"} \
    --junit "${out%.jsonl}.gate.xml" "${lang[@]}"
  gate=$?
  # 2 and 1 go before 3, and 3 before 0.
  if [ "$gate" -eq 2 ] || { [ "$gate" -eq 1 ] && [ "$code" -ne 2 ]; }; then
    code=$gate
  elif [ "$code" -eq 0 ]; then
    code=$gate
  fi
fi

if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "exit-code=$code" >>"$GITHUB_OUTPUT"; fi
if [ "$code" -eq 3 ] && [ "${ALLOW_INCOMPLETE:-false}" = true ]; then exit 0; fi
exit "$code"
