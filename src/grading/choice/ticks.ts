import type { ChoiceReading, Found } from "./reading.ts";

import { chosenBy } from "./verdicts.ts";

const line =
  /^[ \t>*•-]{0,6}(?:\d{1,2}[.)][ ]?)?(?:([✅✔✓√☑])|([❌✗✘×❎✖]))\ufe0f?[ \t*_(（【]{0,5}(?:选项)?[ ]?([A-Z])(?![A-Za-z])/gm;

/** Boxes in one line: ☑A ☐B ☑C. */
const box = /(?:([☑✅])|([☐⬜]))\ufe0f?[ ]?[(（]?([A-Z])(?![A-Za-z])/g;

const mark = /[✅✔✓√☑❌✗✘×❎✖☐⬜]/;

/** Lines that begin with a tick or a cross before the label: ✅ B —— 合法; ❌ A —— 违法. */
export function ticked({ text, labels, stem, several }: ChoiceReading): Found | null {
  if (!mark.test(text)) return null;
  const truth = new Map<string, boolean>();
  for (const pattern of [line, box])
    for (const [, yes, , letter = ""] of text.matchAll(pattern))
      if (labels.list.includes(letter)) truth.set(letter, yes !== undefined);
  if (truth.size < 2) return null;
  const verdicts = { truth, picked: new Map<string, boolean>(), direct: new Set(truth.keys()) };
  const found = chosenBy(verdicts, labels, stem, several);
  return found === null ? null : { ...found, why: `ticks: ${found.why}` };
}

const ranking = /(?<![A-Za-z\d] ?)([A-H])(?: ?[>≻] ?[A-H])(?: ?[>≻=≈] ?[A-H]){0,9}(?![A-Za-z\d(])/;
/** 从优到劣排序：B → C → D → A. */
const ordered =
  /(?:排序|排名|从(?:高|好|优|强|佳)到.)[^。\n→]{0,12}[:：][ *]{0,4}([A-H])(?: ?→ ?[A-H]){1,9}(?![A-Za-z\d(])/;

/** B > D > C > A: the first of a ranking of all options. */
export function ranked({ text, labels, several, stem }: ChoiceReading): Found | null {
  if (several || stem !== "right" || !/[>→]/.test(text)) return null;
  const [chain, first = ""] = ranking.exec(text) ?? ordered.exec(text) ?? [];
  if (/从(?:低|差|劣|弱|小)到/.test(text)) return null;
  const all = new Set(chain?.match(/[A-H]/g) ?? []);
  return all.size === labels.list.length && labels.list.includes(first)
    ? { letters: [first], why: "ranking", doubtful: true }
    : null;
}
