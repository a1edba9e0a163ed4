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
  refused = false,
}: {
  readonly code: number;
  readonly verdicts: readonly string[];
  /** It counts 0 because it refuses, in the word of the board. */
  readonly refused?: boolean;
}) {
  const { lang } = usePreferences();
  const verdict = verdicts[code - 1] as Verdict | undefined;
  if (verdict === undefined) return <span className="verdict verdict-none">—</span>;
  return (
    <span className={`verdict verdict-${verdict}`}>
      <span aria-hidden="true">{signs[verdict]}</span> {verdictWords[verdict][lang]}
      {refused && { zh: "（拒绝作答）", en: " (refused)" }[lang]}
    </span>
  );
}
