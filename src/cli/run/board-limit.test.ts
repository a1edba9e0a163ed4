import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { inProcess } from "../testing/process.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-board-"));
  await mkdir(join(folder, "suites", "boards"), { recursive: true });
  await writeFile(join(folder, "suites", "boards", "b.yaml"), board);
  await writeFile(join(folder, "suites", "s.yaml"), suite);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const board = "schema: board/1\nid: b\nlimit: 2\nmembers: [{suite: s}]\n";
const suite = [
  "schema: suite/1",
  "id: s",
  "tasks:",
  ...["x", "y"].flatMap((task) => [
    `  - id: ${task}`,
    "    dimension: [数学]",
    '    prompt: "{{question}}"',
    "    grader: {use: numeric}",
    "    items:",
    ...[1, 2, 3, 4, 5].map(
      (n) => `      - {id: ${task}${n}, question: "${n} 加 1？", answer: ${n + 1}}`,
    ),
  ]),
  "",
].join("\n");

// Two tasks of five items.
test.each([
  [["b"], null, 4],
  [["suites/boards/b.yaml"], null, 4],
  [["b", "--limit", "3"], null, 6],
  [["b"], "run: {limit: 1}", 4],
  [["s"], null, 10],
  [["s"], "run: {limit: 1}", 2],
  [[], "suites: [b]", 4],
])("run %j with %j asks %i items", async (args, config, items) => {
  await writeFile(join(folder, "baimo.yaml"), `schema: baimo/1\n${config ?? ""}\n`);
  const all = ["run", ...args, "-m", "baseline/random", "--dry-run"];
  const { code, stdout, stderr } = await inProcess(folder, all);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`${items} 题，每个目标 ${items} 次作答`);
});
