import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { command as leaderboard } from "../src/cli/commands/leaderboard.ts";
import { command as report } from "../src/cli/commands/report.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openFile } from "./open-report.ts";
import { sampleRun } from "./sample-run.ts";

afterAll(closeAll);

const runs = [
  { items: 8, right: [9, 9, 1] },
  { items: 24, right: [3, 6, 9] },
  { items: 40, right: [9, 6, 4] },
  { items: 60, right: [5, 5, 5] },
  { items: 130, right: [10, 0, 7] },
];

type Json = {
  readonly targets: readonly {
    readonly target: string;
    readonly score: { readonly value: number | null };
  }[];
};

type Read = { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Runs in the page: headings without their marks, and cells; a medal says itself in its label. */
const readTable = `({
  titles: [...document.querySelectorAll("thead th button")].map((each) => each.firstChild.textContent),
  rows: [...document.querySelectorAll("main tbody tr")].map((row) =>
    [...row.querySelectorAll("td")].map(
      (cell) => cell.querySelector("[role=img]")?.getAttribute("aria-label") ?? cell.textContent,
    ),
  ),
})`;

describe.skipIf(chromiumPath() === null)("the page shows what terminal and JSON say", () => {
  test.each(runs)("$items items", async (options) => {
    const folder = mkdtempSync(join(tmpdir(), "baimo-figures-"));
    writeRun(folder, "run.jsonl", sampleRun(options));
    const said = async (flags: Readonly<Record<string, string | boolean>>) =>
      (await runCommand(leaderboard, folder, ["run.jsonl"], flags)).text;
    expect((await runCommand(report, folder, ["run.jsonl"])).error).toBe(null);
    const { page } = await openFile(join(folder, "run.html"));
    await page.getByText("选择列").click();
    for (const box of await page.locator(".menu-body input").all()) await box.check();
    const { titles, rows } = (await page.evaluate(readTable)) as Read;
    // The bars stand in a column of their own, without a text.
    const bars = titles.indexOf("95% 区间");
    const shown = rows.map((cells) => cells.filter((_, at) => at !== bars));
    const terminal = (await said({ wide: true })).split("\n");
    const json = JSON.parse(await said({ format: "json" })) as Json;
    for (const [at, cells] of shown.entries()) {
      // One line of the terminal's table holds all that the row holds.
      const best = terminal
        .map((line) => cells.filter((cell) => !line.includes(cell)))
        .toSorted((x, y) => x.length - y.length)[0];
      expect(best).toEqual([]);
      const { target, score } = json.targets[at] ?? { target: "", score: { value: null } };
      expect(cells[1]).toBe(target);
      const place = titles
        .filter((_, column) => column !== bars)
        .findIndex((title) => title.startsWith("效果分"));
      expect(cells[place]).toContain(((score.value ?? 0) * 100).toFixed(1));
    }
    expect(terminal.join("\n")).toContain(await page.locator(".conclusion-text").innerText());
    const data = JSON.parse(
      (await runCommand(report, folder, ["run.jsonl"], { format: "json" })).text,
    ) as { readonly leaderboard: Json };
    expect(data.leaderboard.targets.map(({ target, score }) => [target, score.value])).toEqual(
      json.targets.map(({ target, score }) => [target, score.value]),
    );
  });
});
