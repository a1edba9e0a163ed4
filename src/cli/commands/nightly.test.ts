import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { seededRandom } from "../../stats/random.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./nightly.ts";

const anchors = 60;
let folder = "";
let history = "";
beforeEach(() => {
  folder = newFolder();
  history = join(folder, "results", "nightly", "b");
  mkdirSync(history, { recursive: true });
  mkdirSync(join(folder, "suites", "boards"), { recursive: true });
  writeFileSync(
    join(folder, "suites", "boards", "b.yaml"),
    "schema: board/1\nid: b\nmembers: [{suite: s}, {suite: g}]\n",
  );
});

type NightFacts = {
  readonly skill?: Readonly<Record<string, number>>;
  readonly model?: string;
  readonly answers?: number;
  readonly name?: string;
  readonly seed?: number;
};

/** Night `day` from 1: anchors three times each, and ten fresh items of a generator. */
function writeNight(day: number, facts: NightFacts = {}): void {
  const { skill = { "a/steady": 0.8, "b/falling": 0.8 }, model, seed = day } = facts;
  const random = seededRandom(seed * 31);
  const started_at = new Date(Date.UTC(2026, 10, day, 18)).toISOString();
  const [suite] = runLine([]).suites;
  if (suite === undefined) throw new Error("no suite");
  const generated = { ...suite, id: "g", digest: `g${day}`, seeds: { arithmetic: day } };
  const lines: RunFileLine[] = [
    runLine(Object.keys(skill), {
      started_at,
      id: facts.name ?? `night-${day}`,
      suites: [suite, generated],
    }),
  ];
  const ask = (item: string, trial: number) => {
    for (const [target, p] of Object.entries(skill)) {
      const call = model === undefined ? {} : { model_returned: model };
      lines.push(answerLine({ item, target, trial, call }));
      lines.push(scoreLine({ item, target, trial }, random() < p ? "right" : "wrong"));
    }
  };
  for (let index = 0; index < (facts.answers ?? anchors); index++) {
    lines.push(itemLine(`s/t/${index}`));
    for (const trial of [1, 2, 3]) ask(`s/t/${index}`, trial);
  }
  for (let index = 0; index < 10; index++) {
    lines.push(itemLine(`g/t/${day}-${index}`));
    ask(`g/t/${day}-${index}`, 1);
  }
  writeRun(history, facts.name ?? `night-${String(day).padStart(2, "0")}.jsonl`, [
    ...lines,
    endLine(),
  ]);
}

let fiveNights: string | null = null;

/** Five nights without news; after the first test that asks for them they are there with the records of their files. */
async function writeFiveNights(): Promise<void> {
  if (fiveNights !== null)
    return cpSync(fiveNights, history, { recursive: true, preserveTimestamps: true });
  for (let day = 1; day <= 5; day++) writeNight(day);
  await judge();
  fiveNights = mkdtempSync(join(tmpdir(), "baimo-five-nights-"));
  cpSync(history, fiveNights, { recursive: true, preserveTimestamps: true });
}

const judge = (
  values: Parameters<typeof runCommand>[3] = {},
  more: Parameters<typeof runCommand>[4] = {},
) => runCommand(command, folder, [], { board: "b", "no-run": true, ...values }, more);

const fallen = { skill: { "a/steady": 0.8, "b/falling": 0.55 } };

describe("what a night says", () => {
  test("nothing changed", async () => {
    for (let day = 1; day <= 5; day++) writeNight(day);
    const { code, text } = await judge();
    expect(text.split("\n")[0]).toBe("昨夜：2 个目标，2 无变化");
    expect(text).toContain("每月误报不超过 0.05 次");
    expect(code).toBe(0);
  });

  test("a fall is called one only after it was measured twice", async () => {
    await writeFiveNights();
    writeNight(6, fallen);
    const once = await judge();
    expect(once.text.split("\n")[0]).toBe("昨夜：2 个目标，1 无变化，1 疑似下降（未复测）");
    expect(once.code).toBe(0);
    writeNight(6, { skill: { "b/falling": 0.55 }, seed: 90, name: "night-06.recheck.jsonl" });
    const twice = await judge();
    expect(twice.text.split("\n")[0]).toBe("昨夜：2 个目标，1 无变化，1 下降");
    expect(twice.text).toContain("b/falling：下降，锚题 -");
    expect(twice.text).toMatch(/b\/falling .*2026-11-07 -/);
    expect(twice.code).toBe(1);
  });

  test("a second measurement that does not show it clears a target", async () => {
    await writeFiveNights();
    writeNight(6, { skill: { "a/steady": 0.8, "b/falling": 0.72 } });
    writeNight(6, { skill: { "b/falling": 0.85 }, seed: 90, name: "night-06.recheck.jsonl" });
    expect((await judge()).text.split("\n")[0]).toBe("昨夜：2 个目标，2 无变化");
  });

  test("too few answers, and a history that is too short", async () => {
    writeNight(1);
    const first = await judge();
    expect(first.text.split("\n")[0]).toBe("昨夜：2 个目标，2 历史不足");
    expect(first.text).toContain("历史不足：从第 4 夜起才与前几夜比较，现在是第 1 夜");
    expect(first.code).toBe(0);
    for (let day = 2; day <= 5; day++) writeNight(day);
    writeNight(6, { answers: 20 });
    const few = await judge();
    expect(few.text.split("\n")[0]).toBe("昨夜：2 个目标，2 数据不足");
    expect(few.code).toBe(3);
  });

  test("another model under the same name is told", async () => {
    await writeFiveNights();
    writeNight(6, { model: "m-2" });
    const { text, code } = await judge();
    expect(text).toContain(
      "a/steady：数据不足，换成了别的模型：model_returned steady-2026-01-01 → m-2",
    );
    expect(text).toContain("a/steady：作答的是另一个型号 m-2 ×");
    expect(code).toBe(1);
  });

  test("same_model: false leaves another model to the reader", async () => {
    for (let day = 1; day <= 6; day++) writeNight(day, { model: "m-1" });
    writeFileSync(join(folder, "own.yaml"), "schema: baimo/1\ngate: {same_model: false}\n");
    const { text, code } = await judge({ config: "own.yaml" });
    expect(text).toContain("作答的是另一个型号");
    expect(code).toBe(0);
  });

  test("the name that came back is told beside the one asked for, every night", async () => {
    for (let day = 1; day <= 5; day++) writeNight(day, { model: "m-1" });
    await judge({ publish: "public" });
    const told = `a/steady：作答的是另一个型号，${anchors * 3 + 10} 次；返回的模型名：m-1 ×${anchors * 3 + 10}（请求 steady）`;
    expect((await judge()).text).toContain(told);
    expect(readFileSync(join(folder, "public", "b.md"), "utf8")).toContain(`- ${told}`);
    const data = JSON.parse(readFileSync(join(folder, "public", "b.json"), "utf8")) as {
      targets: { tonight: { facts: unknown } }[];
    };
    expect(data.targets[0]?.tonight.facts).toMatchObject({
      model_asked: "steady",
      models_returned: [{ id: "m-1", answers: anchors * 3 + 10 }],
      shortfall: null,
    });
  });

  test("fresh items are shown apart", async () => {
    await writeFiveNights();
    await judge({ publish: "public" });
    const data = JSON.parse(readFileSync(join(folder, "public", "b.json"), "utf8")) as {
      targets: { tonight: { anchor_score: { n: number }; fresh_score: { n: number } } }[];
    };
    expect(data.targets[0]?.tonight.anchor_score.n).toBe(anchors);
    expect(data.targets[0]?.tonight.fresh_score.n).toBe(10);
    expect(readFileSync(join(folder, "public", "b.md"), "utf8")).toContain(
      "**昨夜：2 个目标，2 无变化**",
    );
  });
});

describe("webhooks", () => {
  test("off unless configured; sent, and a refusal is told but spoils nothing", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString("utf8");
      });
      request.on("end", () => {
        bodies.push(body);
        response.end(
          request.url === "/no" ? '{"errcode":310000,"errmsg":"sign"}' : '{"errcode":0}',
        );
      });
    });
    await new Promise<void>((done) => {
      server.listen(0, "127.0.0.1", done);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const env = { OK: `http://127.0.0.1:${port}/ok`, NO: `http://127.0.0.1:${port}/no` };
    await writeFiveNights();
    try {
      await judge({}, { env });
      expect(bodies).toEqual([]);
      writeFileSync(
        join(folder, "baimo.yaml"),
        [
          "schema: baimo/1",
          "notify:",
          "  - {kind: generic, url_env: OK}",
          "  - {kind: 钉钉, url_env: NO}",
          "  - {kind: 飞书, url_env: ABSENT}",
          "  - {kind: 企业微信, url_env: OK, when: changes}",
        ].join("\n"),
      );
      const { code, text } = await judge({}, { env });
      expect(code).toBe(0);
      expect(bodies).toHaveLength(2);
      expect(bodies[0]).toContain("昨夜：2 个目标，2 无变化");
      expect(text).toContain('钉钉 通知未送达：{"errcode":310000');
      expect(text).toContain("飞书 通知未送达：缺少环境变量 ABSENT");
      expect(text).not.toContain(String(port));
    } finally {
      server.close();
    }
  });
});

test("2: no board, an unknown one, an empty history", async () => {
  expect((await runCommand(command, folder, [], {})).code).toBe(2);
  expect((await judge({ board: "c" })).code).toBe(2);
  expect((await judge()).error).toContain("没有运行文件");
  expect(existsSync(join(folder, "public"))).toBe(false);
});

test("without a board those that can be named are", async () => {
  const { code, error } = await runCommand(command, folder, [], {});
  expect(code).toBe(2);
  expect(error).toMatch(/^请用 --board 指明榜单，有 b、.*nightly.*，或自己的榜单文件$/u);
});
