/**
 * Run files of earlier versions, kept as they were written, with the leaderboard that was made of them. Every later
 * version reads them and comes to the same numbers; members may be added. Where a number is meant to change, write the
 * file beside the run anew with `baimo leaderboard RUN --format json` and say so in CHANGELOG.md under **numbers**.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { afterAll, describe, expect, test } from "vitest";

import { inProcess } from "../testing/process.ts";

const kept = import.meta.dirname;
const names = readdirSync(kept)
  .filter((name) => name.endsWith(".jsonl.gz"))
  .map((name) => name.replace(/\.jsonl\.gz$/, ""));
const folder = mkdtempSync(join(tmpdir(), "baimo-old-runs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a run of the first version is among them", () => {
  expect(names.filter((name) => name.startsWith("0.1.0-"))).not.toEqual([]);
});

describe.each(names)("%s", (name) => {
  const file = join(folder, `${name}.jsonl`);
  writeFileSync(file, gunzipSync(readFileSync(join(kept, `${name}.jsonl.gz`))));

  test("gives the leaderboard that it gave", async () => {
    const { code, stdout } = await inProcess(folder, ["leaderboard", file, "--format", "json"]);
    expect(code).toBe(0);
    const before: unknown = JSON.parse(
      readFileSync(join(kept, `${name}.leaderboard.json`), "utf8"),
    );
    expect(JSON.parse(stdout)).toMatchObject(before as object);
  });

  test.each([["leaderboard", "--wide"], ["items"], ["compare"]])(
    "is read by %s without a complaint",
    async (command, ...options) => {
      const args = [command, file, ...(command === "compare" ? [file] : []), ...options];
      const { stderr } = await inProcess(folder, [...args, "--lang", "en"]);
      // What an exit code says of the two is no complaint about the file.
      expect(stderr.replace(/^Exit code 3: .*\n/, "").trim()).toBe("");
    },
  );

  test("its version is the one in its name", () => {
    const [header = ""] = readFileSync(file, "utf8").split("\n", 1);
    expect(JSON.parse(header)).toMatchObject({ tool: { version: name.split("-", 1)[0] } });
  });
});
