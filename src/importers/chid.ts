import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, needText, rowId, textField, toId } from "../importing/fields.ts";
import { letterAt, lettered } from "../importing/gold.ts";
import { choiceHead } from "../importing/heads.ts";
import { SkipRow, skip } from "../importing/importer.ts";

/**
 * ChID: `content` with one `#idiom#` per blank, `candidates[][]`, `groundTruth[]`; each blank becomes an item with the
 * other blanks filled in. The FewCLUE form has one blank, flat `candidates` and an `answer` counted from 0.
 */
export const importer: Importer = {
  id: "chid",
  title: { zh: "ChID 成语填空", en: "ChID" },
  source: "ChID https://github.com/chujiezheng/ChID-Dataset",
  license: "Apache-2.0",
  matches: /\.(?:json|jsonl|txt)$/,
  read: (file) => converted(jsonRows(file), convert),
};

const task = choiceHead({ id: "idiom-cloze", dimension: ["中文特性", "成语", "语境填空"] });
const blank = /#idiom\d*#/g;

function convert(value: unknown, row: number): readonly Output[] {
  const content = needText(value, "content");
  const count = content.match(blank)?.length ?? 0;
  const [firstSet] = listField(value, "candidates");
  const isFlat = typeof firstSet === "string";
  const sets = isFlat ? [listField(value, "candidates")] : listField(value, "candidates");
  const golds = isFlat ? [flatGold(value)] : listField(value, "groundTruth").map(String);
  if (count === 0 || count !== sets.length || count !== golds.length) {
    throw new SkipRow(
      "空格、候选和答案的个数不一致",
      "blanks, candidates and answers differ in number",
    );
  }
  const id = toId(textField(value, "id")) ?? rowId(row);
  return sets.map((set, index) => {
    const texts = Array.isArray(set) ? set.map(String) : [];
    const at = texts.indexOf(golds[index] ?? "");
    if (at === -1) return skip("答案不在候选里", "the answer is none of the candidates");
    const question = `横线处应填哪个成语？\n${blanked(content, golds, index)}`;
    const item = { id: count === 1 ? id : `${id}-${index + 1}`, cluster: id, question };
    return { task, item: { ...item, options: { ...lettered(texts) }, answer: letterAt(at) } };
  });
}

function flatGold(value: unknown): string {
  const index = memberOf(value, "answer");
  const gold = listField(value, "candidates")[Number(index)];
  return typeof gold === "string" ? gold : "";
}

/** One blank to fill; the others contain their idioms. */
function blanked(content: string, golds: readonly string[], open: number): string {
  let index = -1;
  return content.replaceAll(blank, () => {
    index += 1;
    return index === open ? "____" : (golds[index] ?? "____");
  });
}
