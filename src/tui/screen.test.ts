import { PassThrough } from "node:stream";

import { expect, test } from "vitest";

import { openScreen } from "./screen.tsx";

test("the first frame begins at the first column, whatever was typed while the program started", async () => {
  const stdout = Object.assign(new PassThrough(), { columns: 80, rows: 30, isTTY: true });
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    ref: () => undefined,
    unref: () => undefined,
    setRawMode: (raw: boolean) => void told.push(raw ? "raw" : "cooked"),
  });
  const told: string[] = [];
  stdout.on("data", (piece: Buffer) => told.push(piece.toString()));
  const screen = openScreen({
    stdout,
    stdin,
    colour: false,
    first: [[{ text: "baimo 百模" }]],
    onKey: () => undefined,
    onResize: () => undefined,
  });
  await screen.close();
  // Nothing is echoed any more when the cursor is put back, and nothing moves it before the other screen opens.
  const [raw, start, opening = ""] = told;
  expect([raw, start]).toEqual(["raw", "\r\u001B[K"]);
  expect(opening.startsWith("\u001B[?1049h")).toBe(true);
  expect(told.join("")).toContain("baimo 百模");
});
