#!/usr/bin/env bash
# Keeps the history of nights on a branch of its own: compact records and published pages, no run files.
#   history.sh fetch   puts the branch into the folder HISTORY_DIR (default: history)
#   history.sh keep    adds what is new there and pushes it
# Records have names of their own and are never changed, so that two runs at once are merged by putting their files
# together. BRANCH (nightly-history) and REMOTE (origin) are optional.
set -eu

branch=${BRANCH:-nightly-history}
remote=${REMOTE:-origin}
dir=${HISTORY_DIR:-history}

say() { echo "history.sh: $*" >&2; }

fetch() {
  if [ -e "$dir" ]; then
    say "$dir exists; remove it or name another folder in HISTORY_DIR"
    exit 2
  fi
  # Exit 2 says that there is no such branch; anything else is a failure, and no reason to begin anew.
  found=0
  git ls-remote --exit-code "$remote" "refs/heads/$branch" >/dev/null || found=$?
  if [ "$found" -eq 0 ]; then
    git fetch --no-tags --depth 1 "$remote" "refs/heads/$branch"
    git worktree add --detach "$dir" FETCH_HEAD
    say "$branch at $(git rev-parse --short FETCH_HEAD)"
  elif [ "$found" -eq 2 ]; then
    say "no branch $branch at $remote: this is the first night, or the branch was lost"
    git worktree add --detach "$dir"
    (cd "$dir" && git checkout -q --orphan "first-night-$$" && git rm -rfq .)
  else
    say "cannot reach $remote (exit $found); nothing was fetched"
    exit 3
  fi
}

keep() {
  cd "$dir"
  # Run files go to artifacts.
  printf '%s\n' '*.jsonl' '*.jsonl.zst' '*.lock' >.gitignore
  for attempt in 1 2 3 4 5; do
    git add -A
    if ! git diff --cached --quiet; then
      git -c user.name=baimo -c user.email=baimo@users.noreply.github.com commit -qm "Night of $(date -u +%F)"
    fi
    if git push -q "$remote" "HEAD:refs/heads/$branch"; then return 0; fi
    say "somebody else pushed meanwhile; merging (attempt $attempt)"
    git fetch -q --no-tags --depth 1 "$remote" "refs/heads/$branch"
    # The other tip, with what it lacks of ours on top: files of both stay, and of a page the one written last.
    git reset -q --mixed FETCH_HEAD
    git ls-files -z --deleted | git checkout-index -fz --stdin
  done
  say "could not push $branch after 5 attempts"
  exit 3
}

case ${1:-} in
  fetch) fetch ;;
  keep) keep ;;
  *)
    say "fetch or keep"
    exit 2
    ;;
esac
