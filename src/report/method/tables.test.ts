import { expect, test } from "vitest";

import { endLine, runLine } from "../testing/lines.ts";
import { settingsOf } from "./tables.ts";

test("settings are named in the reader's language with the name that the file has, and their members are no JSON", () => {
  const run = runLine(["a/one"]);
  const zh = Object.fromEntries(settingsOf(run, endLine(), "zh"));
  expect(zh).toMatchObject({
    "每题重复（trials）": "1",
    "时限，毫秒（deadlines_ms）": "connect 10000，first_byte 600000，idle 120000，total 1800000",
    "换问法（wordings）": "否",
    "参数（params）": "—",
    "费用上限（max_cost）": "—",
    "怎样结束（status）": "complete",
  });
  expect(Object.keys(zh).every((name) => /\p{Script=Han}.*（\w+）$/u.test(name))).toBe(true);
  const en = Object.fromEntries(settingsOf(run, null, "en"));
  expect(en).toMatchObject({ wordings: "no", status: "interrupted" });
  expect(JSON.stringify([en, zh])).not.toMatch(/[{[]\\"/u);
});
