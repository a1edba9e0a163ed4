import { expect, test } from "vitest";
import { z } from "zod";

import { errorOf, told } from "../testing/files.ts";
import { parseYaml } from "./yaml.ts";

const faultOf = async (lines: readonly string[], lang: "zh" | "en" = "zh"): Promise<string> =>
  told(
    await errorOf(async () => parseYaml(`${lines.join("\n")}\n`, "b.yaml", z.unknown())),
    lang,
  )[0] ?? "";

const config = [
  "schema: baimo/1",
  "providers:",
  "  mine:",
  "    protocol: openai-chat",
  "    models:",
  "      - id: my-model",
  "        price: {currency: CNY, tiers: [{input: 1, output: 2}]}",
  "  theirs:",
  "    protocol: openai-chat",
];

test.each([
  [
    "the first of two providers",
    config.with(2, "   mine:"),
    "b.yaml:8:3  这一行缩进 2 格，上面第 3 行（mine:）的键缩进 3 格：同一层的键要对齐，下一层的要多几格",
  ],
  [
    "the price below a model's id",
    config.with(6, `         ${config[6]?.trim()}`),
    "b.yaml:7:10  这一行缩进 9 格，上面第 6 行（- id: my-model）的键缩进 8 格：",
  ],
  [
    "a list that nobody closed",
    config.with(6, "        tags: [1, 2"),
    "b.yaml:7:15  这里的 [ 没有合上，缺少 ]",
  ],
])(
  "%s, which is indented otherwise, is named with the line that it does not fit",
  async (_, lines, said) => {
    expect(await faultOf(lines)).toContain(said);
  },
);

test("in English, and with texts and comments that hold brackets", async () => {
  const lines = ["a:", '   b: "[x"  # {', "  c: 1"];
  expect(await faultOf(lines, "en")).toBe(
    'b.yaml:3:3  this line is indented by 2, the key of line 2 above (b: "[x"  # {) by 3: keys of one block stand in one column, what lies in it further right',
  );
});
