import { join } from "node:path";

import { expect, test } from "vitest";

import type { ChatMessage } from "../../../domain/call.ts";

import { createDraw } from "../../../generating/draw.ts";
import { loadEnvironment } from "../../../playing/environment.ts";
import { folderWith } from "../../../store/testing/files.ts";
import { buildCatalogue } from "../catalogue.ts";
import { openTasks } from "../shelves.ts";

const question = "请把票据都办了。";

/** Two items that say the same and differ in what is hidden: the numbers of their receipts. */
async function twins() {
  const environment = await loadEnvironment("expenses");
  if (environment === null) throw new Error("no environment expenses");
  const items = ["a", "b"].map((id, seed) => {
    const options = environment.options.parse({ level: 1, user: true });
    const { state } = environment.initial(createDraw(seed, 0, 0), options);
    return { id, question, tools: environment.tools, environment: { use: "expenses", state } };
  });
  const task = { id: "t", dimension: ["智能体"], grader: { use: "goal" }, items };
  const suite = JSON.stringify({ schema: "suite/1", id: "s", tasks: [task] });
  const shelves = await openTasks([join(await folderWith({ "s.yaml": suite }), "s.yaml")]);
  const catalogue = await buildCatalogue(shelves.tasks);
  return {
    find: async (messages: readonly ChatMessage[]) =>
      (await catalogue.find([{ role: "user", text: question }, ...messages]))?.line.item,
    results: items.map(({ environment: { state } }) =>
      JSON.stringify(environment.step(state, { name: "list_receipts", arguments: {} }).result),
    ),
    close: shelves.close,
  };
}

test("which of two items is played is told by the results, whatever form the calls have", async () => {
  const { find, results, close } = await twins();
  const call = { id: "c1", name: "list_receipts", arguments: "{}" };
  for (const [at, id] of ["s/t/a", "s/t/b"].entries()) {
    const content = results[at] ?? "";
    const native: readonly ChatMessage[] = [
      { role: "assistant", text: "", calls: [call] },
      { role: "user", text: "", results: [{ id: "c1", name: call.name, content }] },
    ];
    const written: readonly ChatMessage[] = [
      {
        role: "assistant",
        text: '<tool_call>\n{"name":"list_receipts","arguments":{}}\n</tool_call>',
      },
      { role: "user", text: `<tool_response>\n${content}\n</tool_response>` },
    ];
    const talk: readonly ChatMessage[] = [
      { role: "assistant", text: "住宿标准是多少？" },
      { role: "user", text: "这个我不清楚，请您按制度办。" },
    ];
    for (const messages of [native, written, [...native, ...talk], [...talk, ...written]]) {
      expect(await find(messages)).toBe(id);
    }
  }
  expect(await find([])).toBe("s/t/a");
  await close();
});
