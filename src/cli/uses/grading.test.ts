import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { Suite } from "../../domain/suite.ts";
import { simulatedModels } from "../../simulator/models.ts";
import { startSimulator } from "../../simulator/server/server.ts";
import { readRun } from "../../store/runs/reader.ts";
import { verdictFor } from "../testing/judge-rig.ts";
import { inProcess } from "../testing/process.ts";
import { guideRows, linesOf } from "./testing/lines.ts";

/** What users of other programs do every day with checks, fields, trials and labels: one suite a use, with replies and their verdicts. */
const here = (path: string): string => join(import.meta.dirname, "grading", path);
const uses = readdirSync(here("suites")).map((name) => [name.replace(/\.yaml$/, "")] as const);

const Scripts = z.array(
  z.strictObject({
    item: z.string(),
    /** A reply for each trial. */
    says: z.array(z.string()).min(1),
    verdicts: z.array(z.string()).min(1),
    /** What the judge answers to its questions; absent where no judge is asked. */
    judged: z.array(z.boolean()).optional(),
  }),
);
type Script = z.infer<typeof Scripts>[number];

const read = (path: string): string => readFileSync(here(path), "utf8");

/** The scripts with the question that brings each of them up. */
function scriptsOf(use: string): readonly (Script & { readonly question: string })[] {
  const suite = Suite.parse(parse(read(`suites/${use}.yaml`)));
  const items = suite.tasks.flatMap((task) => (Array.isArray(task.items) ? task.items : []));
  const scripts = Scripts.parse(parse(read(`replies/${use}.yaml`)));
  expect(scripts.map(({ item }) => item).toSorted()).toEqual(items.map(({ id }) => id).toSorted());
  return scripts.map((script) => ({
    ...script,
    question: items.find(({ id }) => id === script.item)?.question ?? "",
  }));
}

/** A model of the simulator that says what the scripts hold, trial by trial, and one that judges as they say. */
function modelsOf(scripts: ReturnType<typeof scriptsOf>) {
  const asked = new Map<string, number>();
  const scriptFor = (prompt: string) => scripts.find(({ question }) => prompt.includes(question));
  const promptOf = (messages: readonly { readonly role: string; readonly text: string }[]) =>
    messages.findLast(({ role }) => role === "user")?.text ?? "";
  return [
    {
      ...simulatedModels[2],
      id: "scripted",
      says: ({ messages }: { readonly messages: Parameters<typeof promptOf>[0] }) => {
        const script = scriptFor(promptOf(messages));
        if (script === undefined) return null;
        const trial = asked.get(script.item) ?? 0;
        asked.set(script.item, trial + 1);
        return script.says[trial % script.says.length] ?? null;
      },
    },
    {
      ...simulatedModels[2],
      id: "umpire",
      says: ({ messages }: { readonly messages: Parameters<typeof promptOf>[0] }) => {
        const prompt = promptOf(messages);
        const marks = scriptFor(prompt)?.judged ?? [];
        const named = marks.map((mark, at) => [String(at + 1), mark ? "是" : "否"] as const);
        return verdictFor(prompt, Object.fromEntries(named));
      },
    },
  ];
}

/** Checks and runs a use in a folder of its own, over real HTTP. */
async function carriedOut(use: string, targets: readonly string[]) {
  const scripts = scriptsOf(use);
  const folder = mkdtempSync(join(tmpdir(), "baimo-use-"));
  const simulator = await startSimulator({
    models: [...simulatedModels, ...modelsOf(scripts)],
    suites: [here(`suites/${use}.yaml`)],
    speed: 500,
  });
  const baimo = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await inProcess(folder, args, { columns: 160 });
    return { code, said: `${stdout}${stderr}` };
  };
  const suite = here(`suites/${use}.yaml`);
  const models = ["scripted", "umpire", "yuanshan"].map((id) => ({ id, vendor: id }));
  const lab = {
    protocol: "openai-chat",
    base_url: `${simulator.url}/sim/v1`,
    auth: { scheme: "none" },
    headers: { authorization: "Bearer sim-test" },
    egress: "内网",
    limits: { scope: "model", concurrency: 1 },
    models,
  };
  writeFileSync(
    join(folder, "baimo.yaml"),
    JSON.stringify({
      schema: "baimo/1",
      suites: [suite],
      targets,
      judges: { default: ["lab/umpire"] },
      providers: { lab },
    }),
  );
  try {
    const checked = await baimo("check", suite);
    const trials = Math.max(...scripts.map(({ says }) => says.length));
    const { code, said } = await baimo("run", "--trials", String(trials), "--out", "r.jsonl");
    if (code !== 0) throw new Error(said);
    const lines = await readRun(join(folder, "r.jsonl"));
    const { said: board } = await baimo("leaderboard", "r.jsonl");
    const { code: passed, said: notes } = checked;
    return { scripts, checked: passed, notes, code, lines, board };
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Verdicts by item, in the order of the trials. */
function verdictsIn(lines: readonly RunFileLine[]): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const line of lines) {
    if (line.kind !== "score") continue;
    const [, item = "", trial = "1"] = /\/([^/]+)#(\d+)@/.exec(line.key) ?? [];
    (found[item] ??= [])[Number(trial) - 1] = line.verdict;
  }
  return found;
}

describe.each(uses)("%s", (use) => {
  test("passes check, and a run gives the verdicts that a person would", async () => {
    const { scripts, checked, notes, code, lines } = await carriedOut(use, ["lab/scripted"]);
    expect(notes).not.toMatch(/警告|error/);
    expect([checked, code]).toEqual([0, 0]);
    const verdicts = verdictsIn(lines);
    for (const { item, verdicts: expected } of scripts)
      expect([item, verdicts[item]?.slice(0, expected.length)]).toEqual([item, expected]);
  });

  test("takes at most twice the lines that its peer does", () => {
    const { here: own, there } = linesOf("grading", use);
    expect(own).toBeLessThanOrEqual(2 * there);
  });

  test("has a row in the guide for those who come from elsewhere, with both counts", () => {
    const { here: own, there } = linesOf("grading", use);
    for (const row of guideRows("grading", use)) expect(row).toContain(`| ${there} | ${own} |`);
  });
});

test("the uses of several trials are read for every k", async () => {
  const { board } = await carriedOut("majority-vote", ["lab/scripted"]);
  // Of five trials, three are right and two are: 72 has most votes, 5 and 6 have two each.
  expect(board).toMatch(/\b5 +2 +100\.0.*0\.0.*50\.0/);
  expect(board).toContain("maj@k");
});

test("sub-scores, macro-F1 and the confusion table stand below the leaderboard", async () => {
  const ticket = await carriedOut("ticket", ["lab/scripted"]);
  expect(ticket.board).toMatch(/ticket\/triage +紧急 +50\.0/);
  const sentiment = await carriedOut("sentiment", ["lab/scripted"]);
  expect(sentiment.board).toContain("宏平均 F1");
  expect(sentiment.board).toMatch(/负面 .*1 /);
});

test.each([["json-extraction"], ["sentiment"], ["topics"], ["ticket"]])(
  "the simulator's own model answers %s",
  async (use) => {
    const { lines } = await carriedOut(use, ["lab/yuanshan"]);
    const all = Object.values(verdictsIn(lines)).flat();
    expect(all.filter((verdict) => verdict === "right").length).toBeGreaterThan(0);
    expect(all).not.toContain("ungraded");
  },
);
