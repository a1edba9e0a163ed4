import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

import { describe, expect, onTestFinished, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { startSimulator } from "../../simulator/server/server.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readRun } from "../../store/runs/reader.ts";
import { baimoHere } from "../testing/process.ts";
import { terminalCaptures, withSample } from "../testing/terminal-captures.ts";

// Where words or suites change on purpose: npx tsx docs/captures/terminal.ts (with --draw where the runs are as they were),
// and read what comes.
const root = dirname(builtinFolder("suites"));
const captures = join(root, "docs/captures");
const { files, samples } = await terminalCaptures(join(captures, "runs"));

/** A page's size follows its bundle, which is no capture's matter. */
const sizeless = (text: string): string => text.replaceAll(/\d+\.\d MB/g, "1.2 MB");

describe("captures are what the terminal shows today of the runs that are kept", () => {
  test.each([...files])("docs/captures/%s", (name, text) => {
    expect(sizeless(readFileSync(join(captures, name), "utf8"))).toBe(sizeless(text));
  });

  test.each([
    ["README.md", samples.en],
    ["README.zh-CN.md", samples.zh],
  ])("the sample in %s", (name, sample) => {
    const readme = sizeless(readFileSync(join(root, name), "utf8"));
    expect(sizeless(withSample(readme, sample))).toBe(readme);
    expect(sample.split("\n").length).toBeGreaterThan(20);
  });
});

test("the run that is kept is what `npm start` comes to today, times aside", async () => {
  const folder = mkdtempSync(join(tmpdir(), "baimo-first-run-"));
  const kept = join(folder, "kept.jsonl");
  writeFileSync(kept, gunzipSync(readFileSync(join(captures, "runs/first.jsonl.gz"))));
  const suites = [join(builtinFolder("suites"), "starter.yaml")];
  const simulator = await startSimulator({ suites, speed: 40 });
  onTestFinished(simulator.close);
  const args = ["run", "--reporter", "silent", "--out", "now.jsonl"];
  const ended = await baimoHere(folder, args, { BAIMO_SIM_URL: simulator.url });
  expect(ended.code, ended.stderr).toBe(0);
  const [before, now] = await Promise.all([kept, join(folder, "now.jsonl")].map(readRun));
  expect(verdictsOf(now)).toEqual(verdictsOf(before));
  expect(suitesOf(now)).toEqual(suitesOf(before));
});

const verdictsOf = (lines: readonly RunFileLine[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    lines.flatMap((line) =>
      line.kind === "score" ? [[line.key, [line.grader.id, line.verdict, line.value]]] : [],
    ),
  );

const suitesOf = ([header]: readonly RunFileLine[] = []): unknown =>
  header?.kind === "run" ? header.suites.map(({ id, digest }) => [id, digest]) : null;
