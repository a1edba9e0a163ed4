import { expect, test } from "vitest";

import type { EnterpriseItem } from "./lines.ts";

import { itemsOf, verdictOn } from "./lines.ts";

const items = (await itemsOf("enterprise")).filter(({ line }) => line.task === "copy");
const witnessOf = ({ turn }: EnterpriseItem): string => turn.witness ?? "";

test("every brief can be met: its witness keeps all rules", async () => {
  for (const item of items)
    expect([item.line.item, await verdictOn(item, witnessOf(item))]).toEqual([
      item.line.item,
      "right",
    ]);
});

/** What people hand in who did not write to the brief. */
const handedIn: Readonly<Record<string, (item: EnterpriseItem) => string>> = {
  "the handbook": ({ passages }) => passages.join("\n"),
  "the brief itself": ({ turn }) => turn.question,
  "its first half": (item) => witnessOf(item).slice(0, Math.ceil(witnessOf(item).length / 2)),
  "the text twice": (item) => `${witnessOf(item)}\n\n${witnessOf(item)}`,
  "a remark before it": (item) => `好的，以下是按照规范写的文案：\n\n${witnessOf(item)}`,
  "a remark behind it": (item) => `${witnessOf(item)}\n\n（以上文案供您参考，可以再改。）`,
  "the text of another brief": (item) => {
    const at = items.indexOf(item);
    return witnessOf(items[(at + 1) % items.length] ?? item);
  },
};

test.each(Object.entries(handedIn))("%s does not pass", async (_name, write) => {
  const passed: string[] = [];
  for (const item of items)
    if ((await verdictOn(item, write(item))) === "right") passed.push(item.line.item);
  expect(passed).toEqual([]);
});
