import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { FaultScriptInput } from "../../simulator/faults/script.ts";

import { simulatedModels, type SimulatedModel } from "../../simulator/models.ts";
import { startSimulator } from "../../simulator/server/server.ts";
import { readRun } from "../../store/runs/reader.ts";
import { main } from "../main.ts";

/** What a candidate or a judge of the simulator says to a prompt. */
export type Says = (prompt: string, turns: number) => string;

export type JudgeRigOptions = {
  readonly items: readonly string[];
  /** Of the one task, such as another grader or items of its own. */
  readonly task?: Readonly<Record<string, unknown>>;
  /** Options of the judge grader. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly candidates: Readonly<Record<string, Says>>;
  readonly judges: Readonly<Record<string, Says>>;
  /** The config's `judges:`; default all of them as `default`. */
  readonly panel?: unknown;
  readonly limits?: Readonly<Record<string, unknown>>;
  /** Quirks of the vendor, such as `structured`. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly script?: FaultScriptInput;
  readonly run?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
};

export type JudgeRig = {
  readonly file: string;
  readonly folder: string;
  readonly baimo: (...args: readonly string[]) => Promise<{ code: number; text: string }>;
  readonly lines: () => Promise<readonly RunFileLine[]>;
  /** Requests that the simulator got, by model. */
  readonly requests: () => Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
};

/** One that is closed when the test that opens it has finished. */
export async function openJudgeRig(options: JudgeRigOptions): Promise<JudgeRig> {
  const rig = await makeJudgeRig(options);
  onTestFinished(rig.close);
  return rig;
}

/** For all tests of a file: its hook `beforeAll` returns `close`. A project with one open suite, candidates and judges of the simulator over real HTTP. */
export async function makeJudgeRig(options: JudgeRigOptions): Promise<JudgeRig> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-judge-"));
  const models = Object.entries({ ...options.candidates, ...options.judges }).map(modelOf);
  const simulator = await startSimulator({
    models,
    speed: 500,
    ...(options.script === undefined ? {} : { script: options.script }),
  });
  await writeFile(join(folder, "open.yaml"), JSON.stringify(suiteOf(options)));
  await writeFile(join(folder, "baimo.yaml"), JSON.stringify(configOf(options, simulator.url)));
  const never = new AbortController().signal;
  const baimo: JudgeRig["baimo"] = async (...args) => {
    const said: string[] = [];
    const code = await main(args, {
      cwd: folder,
      env: { LANG: "zh_CN.UTF-8" },
      print: (text) => said.push(text),
      warn: (text) => said.push(text),
      columns: 120,
      isTTY: false,
      startThread: null,
      now: () => new Date("2026-11-29T04:00:00Z"),
      finishing: (work) => work(),
      signal: never,
      stopping: options.signal ?? never,
    });
    return { code, text: said.join("\n") };
  };
  const file = join(folder, "r.jsonl");
  return {
    file,
    folder,
    baimo,
    lines: () => readRun(file),
    requests: () =>
      Object.fromEntries(
        Object.entries(simulator.stats().models).map(([id, { requests }]) => [id, requests]),
      ),
    close: async () => {
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const modelOf = ([id, says]: readonly [string, Says]): SimulatedModel => ({
  ...simulatedModels[2],
  id,
  caches_prefixes: true,
  says: ({ messages }) =>
    says(messages.find(({ role }) => role === "user")?.text ?? "", messages.length),
});

const suiteOf = ({ items, with: given = {}, task = {} }: JudgeRigOptions) => ({
  schema: "suite/1",
  id: "open",
  tasks: [
    {
      id: "write",
      dimension: ["创作"],
      prompt: "{{question}}",
      grader: { use: "judge", with: given },
      items: items.map((question, index) => ({ id: `i${index}`, question })),
      ...task,
    },
  ],
});

function configOf(options: JudgeRigOptions, url: string) {
  const { candidates, judges, panel, limits = { scope: "model", concurrency: 8 } } = options;
  const price = { currency: "CNY", verified: false, tiers: [{ input: 10, output: 10 }] };
  const models = (names: Readonly<Record<string, Says>>, vendor: string) =>
    Object.keys(names).map((id) => ({ id, vendor, price }));
  return {
    schema: "baimo/1",
    suites: ["open.yaml"],
    targets: Object.keys(candidates).map((id) => `lab/${id}`),
    judges: { default: panel ?? Object.keys(judges).map((id) => `lab/${id}`) },
    providers: {
      lab: {
        protocol: "openai-chat",
        base_url: `${url}/sim/v1`,
        auth: { scheme: "none" },
        headers: { authorization: "Bearer sim-test" },
        egress: "内网",
        limits,
        ...(options.request === undefined ? {} : { request: options.request }),
        models: [...models(candidates, "被评方"), ...models(judges, "裁判方")],
      },
    },
    ...(options.run === undefined ? {} : { run: options.run }),
  };
}

/** The verdict line that a judge's prompt asks for, filled in; the overall mark is `overall` where the form has it. */
export function verdictFor(
  prompt: string,
  value: Readonly<Record<string, unknown>>,
  overall: unknown = Object.values(value)[0],
): string {
  const mark = prompt.match(/【判定 [0-9a-f]{10}】/g)?.at(-1) ?? "";
  const form = prompt.slice(prompt.lastIndexOf(mark));
  const whole = form.includes('"综合"') && !("综合" in value) ? { ...value, 综合: overall } : value;
  return `理由：按标准判断。\n${mark}${JSON.stringify(whole)}`;
}

/** Texts between the fences of a judge's prompt, by name. */
export function fencedTexts(prompt: string): Readonly<Record<string, string>> {
  const code = [...prompt.matchAll(/【判定 ([0-9a-f]{10})】/g)].at(-1)?.[1] ?? "";
  const blocks = new RegExp(`⟦([^⟦⟧]*) ${code}⟧\\n([\\s\\S]*?)\\n⟦\\1完 ${code}⟧`, "g");
  return Object.fromEntries(
    [...prompt.matchAll(blocks)].map(([, name = "", text = ""]) => [name, text]),
  );
}
