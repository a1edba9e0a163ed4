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
