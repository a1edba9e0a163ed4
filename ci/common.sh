# What the scripts beside this one share; it is read by them, not run. Sets `targets`, `config` and `lang` from TARGETS, CONFIG and
# BAIMO_LANG, and defines `baimo`: the command in BAIMO, or else this checkout.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

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
lang=(--lang "${BAIMO_LANG:-zh}")
