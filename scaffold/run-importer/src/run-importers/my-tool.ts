import type { ForeignSample, RunImporter } from "../../../../src/importing/runs/run-importer.ts";

import { memberOf } from "../../../../src/domain/json.ts";
import { needText, textField } from "../../../../src/importing/fields.ts";
import { promptedGold } from "../../../../src/importing/runs/gold.ts";
import { failed, said } from "../../../../src/importing/runs/reply.ts";
import { linesOfFile, sampledRows } from "../../../../src/importing/runs/rows.ts";
import { notOfFormat } from "../../../../src/importing/runs/run-importer.ts";

/** My tool: one object a line, `{case, model, asked, said, wanted, ok}`. */
export const runImporter: RunImporter = {
  id: "my-tool",
  title: { zh: "我的工具", en: "my tool" },
  matches: /\.jsonl$/,
  read: (file) =>
    sampledRows(linesOfFile(file), (value, row) => {
      if (row === 1 && memberOf(value, "asked") === undefined) {
        throw notOfFormat(file, runImporter.title, {
          zh: "每行应有 asked",
          en: "each line should hold asked",
        });
      }
      return sampleOf(value);
    }),
};

function sampleOf(value: unknown): ForeignSample {
  const prompt = needText(value, "asked");
  const wanted = textField(value, "wanted");
  const reply = textField(value, "said");
  const ok = memberOf(value, "ok");
  return {
    dimension: ["我的能力"],
    id: needText(value, "case"),
    model: needText(value, "model"),
    before: [],
    prompt,
    gold: promptedGold(wanted === null ? [] : [wanted], prompt),
    reply: reply === null ? failed(textField(value, "error") ?? "no reply") : said(reply),
    graded:
      typeof ok === "boolean" ? { by: "ok", value: ok ? 1 : 0, extracted: null, why: null } : null,
    when: null,
  };
}
