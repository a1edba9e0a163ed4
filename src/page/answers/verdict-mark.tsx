import type { Verdict } from "../../domain/grader.ts";

import { verdictWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";

/** A sign for each verdict beside its colour, for those to whom colours say nothing. */
const signs: Readonly<Record<Verdict, string>> = {
  right: "✓",
  partial: "◐",
  wrong: "✗",
  unresolved: "?",
  filtered: "▣",
  overflow: "⤓",
  failed: "!",
  ungraded: "…",
};

/** A verdict by its place in the index: 0 for none yet. */
export function VerdictMark({
  code,
  verdicts,
}: {
  readonly code: number;
  readonly verdicts: readonly string[];
}) {
  const { lang } = usePreferences();
  const verdict = verdicts[code - 1] as Verdict | undefined;
  if (verdict === undefined) return <span className="verdict verdict-none">—</span>;
  return (
    <span className={`verdict verdict-${verdict}`}>
      <span aria-hidden="true">{signs[verdict]}</span> {verdictWords[verdict][lang]}
    </span>
  );
}
