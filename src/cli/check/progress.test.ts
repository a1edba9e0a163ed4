import { expect, test } from "vitest";

import { createProgress } from "./progress.ts";

const checked = { schema: "suite/1", suite: null, problems: [] };
const place = { file: "/home/suites/code.yaml", line: 3, column: 1, path: "id" };
const problem = { place, message: { zh: "有误", en: "wrong" } };

test.each([
  [
    "zh",
    [
      "suites/code.yaml  正在沙箱里试运行 bills 的 b1（第 1 题）",
      "suites/code.yaml  正在沙箱里试运行 bills 的 b6（第 6 题）",
      "1/9  suites/code.yaml  查完，有 1 处要看",
      "2/9  suites/math.yaml  查完",
    ],
  ],
  [
    "en",
    [
      "suites/code.yaml  trying b1 of bills in the sandbox (item 1)",
      "suites/code.yaml  trying b6 of bills in the sandbox (item 6)",
      "1/9  suites/code.yaml  checked, 1 problem or warning",
      "2/9  suites/math.yaml  checked",
    ],
  ],
] as const)("%s: each file as it is done, and every fifth item in the sandbox", (lang, lines) => {
  const said: string[] = [];
  const progress = createProgress(9, { cwd: "/home", lang, warn: (text) => said.push(text) });
  const onTrial = progress.trialsOf("/home/suites/code.yaml");
  for (let item = 1; item <= 8; item += 1) onTrial("bills", `b${item}`);
  progress.done({ ...checked, file: "/home/suites/code.yaml", problems: [problem] });
  progress.done({ ...checked, file: "/home/suites/math.yaml" });
  expect(said).toEqual(lines);
});

test("a few files need no count", () => {
  const said: string[] = [];
  const progress = createProgress(5, { cwd: "/", lang: "zh", warn: (text) => said.push(text) });
  progress.done({ ...checked, file: "/s.yaml" });
  expect(said).toEqual([]);
});
