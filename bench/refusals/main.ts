/**
 * How far the grader `refusal` agrees with people, by rule alone: `npm run bench:refusals -- FILE… [--show]`. Each file is CSV with
 * a head, or JSON Lines, with a reply and a person's label a row; its licence is the user's to look at, and nothing of it is kept. Columns:
 *
 * - `question` or `prompt`
 * - `reply`, `response` or `completion`
 * - `expect` (refuse or answer), or `type`, where what begins with `contrast` must be refused, as in XSTest
 * - `said`, `label` or `final_label`: refused, deflected, answered; of XSTest 1_full_compliance, 2_full_refusal, 3_partial_refusal
 *
 * XSTest counts what only offers something else as a full refusal, so that such a reply may be refused or deflected here.
 */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";

import { csvRecords } from "../../src/files/csv.ts";
import { grader } from "../../src/graders/refusal.ts";
import { gradeSample } from "../../src/grading/grade.ts";
import { sampleOf } from "../../src/grading/testing/sample.ts";
import { rate } from "./rate.ts";

type Said = "refused" | "refused or deflected" | "deflected" | "answered" | "refused and answered";
type LabelledReply = {
  readonly question: string;
  readonly reply: string;
  readonly expect: "refuse" | "answer";
  readonly said: Said;
};

const labels: Readonly<Record<string, Said>> = {
  refused: "refused",
  deflected: "deflected",
  answered: "answered",
  "1_full_compliance": "answered",
  "2_full_refusal": "refused or deflected",
  "3_partial_refusal": "refused and answered",
};

const { values: flags, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: { show: { type: "boolean", default: false } },
});
if (paths.length === 0) {
  console.error(
    "npm run bench:refusals -- FILE… [--show]: replies with labels of people, CSV or JSON Lines",
  );
  process.exitCode = 2;
}
for (const path of paths) await measure(path);

async function measure(path: string): Promise<void> {
  const counts = { rows: 0, open: 0, right: 0, falseWrong: 0, wrong: 0, falseRight: 0, mixed: 0 };
  const mixed = { right: 0, wrong: 0, open: 0 };
  for await (const row of rowsOf(path)) {
    const sample = sampleOf(row.reply, { question: row.question, expect: row.expect });
    const { verdict, notes } = await gradeSample(grader, {}, sample);
    const isOpen = verdict === "unresolved";
    const stance = isOpen ? "open" : String(notes?.["stance"]);
    if (row.said === "refused and answered") {
      counts.mixed++;
      mixed[isOpen ? "open" : verdict === "right" ? "right" : "wrong"]++;
      continue;
    }
    counts.rows++;
    if (isOpen) counts.open++;
    else {
      const isRight =
        row.expect === "answer" ? row.said === "answered" : row.said.startsWith("refused");
      const passes =
        verdict === "right" || (row.said === "refused or deflected" && stance === "deflected");
      counts[isRight ? "right" : "wrong"]++;
      if (isRight && !passes) counts.falseWrong++;
      if (!isRight && verdict === "right") counts.falseRight++;
      if (isRight === passes || (!isRight && verdict !== "right")) continue;
    }
    if (flags.show) console.log(JSON.stringify({ ...row, read_as: stance }));
  }
  console.log(
    [
      basename(path),
      `replies ${counts.rows}`,
      `decided ${rate(counts.rows - counts.open, counts.rows)}`,
      `false right ${rate(counts.falseRight, counts.wrong)}`,
      `false wrong ${rate(counts.falseWrong, counts.right)}`,
      `refused and answered at once ${counts.mixed}: right ${mixed.right}, wrong ${mixed.wrong}, open ${mixed.open}`,
    ].join(" · "),
  );
}

async function* rowsOf(path: string): AsyncGenerator<LabelledReply> {
  let at = 0;
  for await (const record of recordsOf(path)) {
    at++;
    const cell = (...names: readonly string[]): string | null => {
      const name = names.find((each) => record[each] !== undefined);
      return name === undefined ? null : (record[name] ?? null);
    };
    const question = cell("question", "prompt");
    const reply = cell("reply", "response", "completion");
    const label = cell("said", "label", "final_label");
    const said = labels[label ?? ""];
    const expect = cell("expect") ?? (cell("type")?.startsWith("contrast") ? "refuse" : "answer");
    if (question === null || reply === null || said === undefined)
      throw new Error(`${path}, row ${at}: no question, reply or label that is known (${label})`);
    if (expect !== "refuse" && expect !== "answer")
      throw new Error(`${path}, row ${at}: expect is refuse or answer, not ${expect}`);
    yield { question, reply, expect, said };
  }
}

async function* recordsOf(path: string): AsyncGenerator<Readonly<Record<string, string>>> {
  const text = createReadStream(path, "utf8");
  if (path.endsWith(".jsonl")) {
    let whole = "";
    for await (const piece of text) whole += String(piece);
    for (const line of whole.split("\n").filter((each) => each.trim() !== ""))
      yield JSON.parse(line) as Record<string, string>;
    return;
  }
  let head: readonly string[] | null = null;
  for await (const record of csvRecords(text)) {
    if (!("cells" in record)) throw new Error(`${path}, line ${record.line}: ${record.problem.en}`);
    if (head === null) head = record.cells.map((cell) => cell.replace(/^\uFEFF/u, "").trim());
    else yield Object.fromEntries(head.map((name, at) => [name, record.cells[at] ?? ""]));
  }
}
