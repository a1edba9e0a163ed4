import { stripVTControlCharacters } from "node:util";

import { renderToString } from "ink";
import { describe, expect, test } from "vitest";

import type { Lang } from "../domain/text.ts";
import type { Line } from "./line.ts";
import type { Look } from "./scene.ts";

import { App } from "./app.tsx";
import { cellsOf } from "../report/cells.ts";
import { frame } from "./frame.ts";
import { hostileLines, sceneOf } from "./testing/scene.ts";

const reading: Look["reading"] = {
  key: "chinese-traits/成语-0/i0#1@qwen/qwen-plus",
  lines: hostileLines(),
};
const looks: Readonly<Record<string, Partial<Look>>> = {
  targets: { page: "targets" },
  dimensions: { page: "dimensions" },
  failures: { page: "failures" },
  "a failure further down": {
    page: "failures",
    selected: { targets: 0, dimensions: 0, failures: 20, answers: 0 },
  },
  answers: { page: "answers" },
  conversation: { page: "answers", reading },
  "the end of a conversation": { page: "answers", reading, scroll: 100_000 },
  "a conversation not read yet": { page: "answers", reading: { key: "k", lines: null } },
  "a conversation that is not there": { page: "answers", reading: { key: "k", lines: "missing" } },
  paused: { page: "targets", paused: true },
};
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 50 },
  { columns: 41, rows: 12 },
  { columns: 20, rows: 5 },
];
const langs: readonly Lang[] = ["zh", "en"];
const cases = langs.flatMap((lang) =>
  sizes.flatMap((size) =>
    Object.entries(looks).map(([name, look]) => ({ name, look, lang, ...size })),
  ),
);

const textOf = (line: Line): string => line.map(({ text }) => text).join("");

describe.each(cases)("$name in $lang at $columns×$rows", ({ look, lang, columns, rows }) => {
  const lines = frame(sceneOf({ columns, rows }, lang, look));

  test("fills the screen and no line is wider than it", () => {
    expect(lines).toHaveLength(rows);
    expect(lines.map(textOf).filter((text) => cellsOf(text) > columns)).toEqual([]);
  });

  test("holds nothing that could move the cursor", () => {
    const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
    expect(lines.map(textOf).filter((text) => dangerous.test(text))).toEqual([]);
  });

  test("Ink draws every line whole, with nothing cut out of it", () => {
    const frames = { subscribe: () => () => undefined, current: () => lines };
    const drawn = renderToString(
      <App frames={frames} colour keys={false} onKey={() => undefined} />,
      { columns },
    );
    const shown = stripVTControlCharacters(drawn).split("\n");
    expect(shown.map((line) => line.trimEnd())).toEqual(
      lines.map((line) => textOf(line).trimEnd()),
    );
  });
});

test("a wide screen shows more columns than a narrow one", () => {
  const title = (columns: number): string =>
    textOf(frame(sceneOf({ columns, rows: 24 }, "zh"))[5] ?? []);
  expect(title(80)).not.toContain("限额");
  expect(title(160)).toContain("限额");
});

test("the vendor's own words stand below the chosen failure", () => {
  const shown = frame(sceneOf({ columns: 80, rows: 24 }, "zh", { page: "failures" })).map(textOf);
  expect(shown.join("\n")).toContain("屏幕");
});
