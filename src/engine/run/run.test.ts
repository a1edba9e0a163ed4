import { type FileHandle, open, rm } from "node:fs/promises";

import { expect, test } from "vitest";

import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { FaultScriptInput } from "../../simulator/faults/script.ts";
import type { Opener } from "../../store/runs/writer.ts";

import { type RigOptions, withRig } from "../../cli/testing/rig.ts";
import { UserError } from "../../domain/text.ts";
import { readRun } from "../../store/runs/reader.ts";

const answersOf = (lines: readonly RunFileLine[]): readonly AnswerLine[] =>
  lines.filter((line) => line.kind === "answer");

const script = (rest: Omit<FaultScriptInput, "schema">): FaultScriptInput => ({
  schema: "faults/1",
  ...rest,
});

test("60% of first attempts fail in six ways: 80 of 80 are ok and every attempt is in the file", () =>
  withRig(
    {
      items: 80,
      script: script({
        rules: [
          {
            attempts: 1,
            share: 0.6,
            do: [
              { fault: "status", status: 429, retry_after_ms: 20 },
              { fault: "status", status: 500 },
              { fault: "reset" },
              { fault: "truncate" },
              { fault: "status", status: 503, body: "html" },
              { fault: "error-200" },
            ],
          },
        ],
      }),
    },
    async (rig) => {
      const end = await rig.run();
      expect(end).toMatchObject({ status: "complete", answers: 80, failed: 0, stopped: [] });
      const answers = answersOf(await rig.lines());
      expect(answers.filter(({ outcome }) => outcome === "ok")).toHaveLength(80);
      const attempts = answers.flatMap(({ turns }) => turns.flatMap((turn) => turn.attempts));
      expect(attempts).toHaveLength(rig.simulator.stats().requests);
      const failed = attempts.filter(({ outcome }) => outcome !== "ok");
      expect(failed.length).toBeGreaterThan(40);
      expect(new Set(failed.map(({ outcome }) => outcome))).toEqual(
        new Set(["rate-limited", "server", "network", "malformed", "overloaded"]),
      );
      expect(failed.every(({ wait_ms }) => wait_ms !== null)).toBe(true);
    },
  ));

test.each([
  ["auth", { fault: "status", status: 401 }, 401],
  ["quota", { fault: "status", status: 402 }, 402],
  ["permission", { fault: "status", status: 403 }, 403],
  ["model-not-found", { fault: "status", status: 404 }, 404],
] as const)("%s stops its target at once and leaves the other alone", (reason, fault, status) =>
  withRig(
    {
      items: 60,
      models: ["baicao", "xiliu"],
      limits: { scope: "account", concurrency: 4 },
      script: script({ rules: [{ model: "xiliu", requests: { from: 21 }, do: fault }] }),
    },
    async (rig) => {
      const stops: string[] = [];
      const end = await rig.run({
        observe: (event) => event.kind === "stopped" && stops.push(event.target),
      });
      expect(end.status).toBe("failed");
      expect(stops).toEqual(["sim/xiliu"]);
      expect(end.stopped).toMatchObject([{ target: "sim/xiliu", reason, status }]);
      const answers = answersOf(await rig.lines());
      const of = (target: string) => answers.filter((each) => each.target === target);
      expect(of("sim/baicao").filter(({ outcome }) => outcome === "ok")).toHaveLength(60);
      expect(of("sim/xiliu").filter(({ outcome }) => outcome === "ok")).toHaveLength(20);
      const asked = of("sim/xiliu").length;
      expect(asked).toBeLessThanOrEqual(20 + 4);
      expect(end.stopped?.[0]?.unasked).toBe(60 - asked);
    },
  ),
);

test("once the key is right, going on asks what was refused and what was never asked", () =>
  withRig(
    {
      items: 30,
      limits: { concurrency: 2 },
      script: script({
        rules: [{ requests: 11, do: { fault: "status", status: 401 } }],
      }),
    },
    async (rig) => {
      expect((await rig.run()).status).toBe("failed");
      const again = await rig.run();
      expect(again).toMatchObject({ status: "complete", answers: 30, failed: 0, stopped: [] });
      const last = new Map(answersOf(await rig.lines()).map((each) => [each.key, each.outcome]));
      expect([...last.values()]).toEqual(Array(30).fill("ok"));
    },
  ));

test("a dead server stops its target after some failures in a row, not after all of them", () =>
  withRig(
    {
      items: 200,
      limits: { concurrency: 2 },
      settings: { attempts: 2 },
      script: script({ rules: [{ do: { fault: "status", status: 500 } }] }),
    },
    async (rig) => {
      const end = await rig.run();
      expect(end).toMatchObject({ status: "failed", stopped: [{ reason: "server", status: 500 }] });
      expect(end.answers).toBeGreaterThanOrEqual(25);
      expect(end.answers).toBeLessThanOrEqual(26);
    },
  ));

test("a lane that is refused for seconds uses up no attempts and loses no item", () =>
  withRig(
    {
      items: 40,
      limits: { concurrency: 8 },
      settings: { attempts: 2 },
      speed: 20,
      script: script({
        rules: [{ seconds: { from: 1, to: 30 }, do: { fault: "status", status: 429 } }],
      }),
    },
    async (rig) => {
      const end = await rig.run();
      expect(end).toMatchObject({ status: "complete", answers: 40, failed: 0 });
      const [lane] = end.lanes ?? [];
      expect(lane?.refused).toBeGreaterThan(8);
      // One request at a time tries, so a closed vendor is not stormed.
      expect(lane?.refused).toBeLessThan(120);
      expect(lane?.last[0]).toMatchObject({ why: "cut" });
    },
  ));

test("a lane that is refused for longer than the patience stops its target", () =>
  withRig(
    {
      items: 20,
      policy: { storm_ms: 150 },
      script: script({ rules: [{ do: { fault: "status", status: 429, message: "慢一点" } }] }),
    },
    async (rig) => {
      const end = await rig.run();
      expect(end).toMatchObject({ status: "failed", answers: 0 });
      expect(end.stopped).toMatchObject([{ reason: "rate-limited", status: 429, unasked: 20 }]);
      expect(end.stopped?.[0]?.message).toContain("慢一点");
    },
  ));

test("attempts: 1 means one attempt, refused or not", () =>
  withRig(
    {
      items: 4,
      settings: { attempts: 1 },
      script: script({ rules: [{ do: { fault: "status", status: 429 } }] }),
    },
    async (rig) => {
      const end = await rig.run();
      expect(end).toMatchObject({ answers: 4, failed: 4 });
      expect(rig.simulator.stats().requests).toBe(4);
    },
  ));

/** Money of all answers of a file. */
const spent = (lines: readonly RunFileLine[]): number =>
  answersOf(lines)
    .flatMap(({ turns }) => turns)
    .reduce((sum, { cost }) => sum + (cost?.amount ?? 0), 0);

const priced = (seed: number): RigOptions => ({
  items: 60,
  price: 300,
  limits: { concurrency: 8 },
  script: script({
    seed,
    rules: [
      {
        share: 0.2,
        do: [{ fault: "truncate" }, { fault: "status", status: 500 }, { fault: "reset" }],
      },
    ],
  }),
});

test("a budget is never exceeded; a higher one goes on where the lower ended", () =>
  withRig(priced(1), async (rig) => {
    const first = await rig.run({ settings: { max_cost: { amount: 1, currency: "CNY" } } });
    expect(first).toMatchObject({ status: "budget", stopped: [{ reason: "budget" }] });
    const cost = spent(await rig.lines());
    expect(cost).toBeLessThanOrEqual(1);
    expect(cost).toBeGreaterThan(0.5);
    expect(first.stopped?.[0]?.unasked).toBe(60 - first.answers);
    const same = await rig.run({ settings: { max_cost: { amount: 1, currency: "CNY" } } });
    expect(same.status).toBe("budget");
    expect(spent(await rig.lines())).toBeLessThanOrEqual(1);
    expect(
      await rig.run({ settings: { max_cost: { amount: 99, currency: "CNY" } } }),
    ).toMatchObject({ status: "complete", answers: 60, failed: 0 });
  }));

test.each([2, 3, 4])("a budget over seed %i", (seed) =>
  withRig(priced(seed), async (rig) => {
    const end = await rig.run({ settings: { max_cost: { amount: 1, currency: "CNY" } } });
    expect(end.status).toBe("budget");
    expect(spent(await rig.lines())).toBeLessThanOrEqual(1);
  }),
);

test("a cap for each target stops that one only; tokens are capped as money is", () =>
  withRig(
    { ...priced(5), models: ["baicao", "xiliu"], limits: { scope: "account", concurrency: 4 } },
    async (rig) => {
      const end = await rig.run({ settings: { max_tokens_per_target: 3_000 } });
      expect(end.status).toBe("budget");
      expect(end.stopped?.map(({ target }) => target).toSorted()).toEqual([
        "sim/baicao",
        "sim/xiliu",
      ]);
      for (const target of ["sim/baicao", "sim/xiliu"]) {
        const used = answersOf(await rig.lines())
          .filter((each) => each.target === target)
          .flatMap(({ turns }) => turns)
          .reduce((sum, { usage }) => sum + (usage.input ?? 0) + (usage.output ?? 0), 0);
        expect(used).toBeLessThanOrEqual(3_000);
        expect(used).toBeGreaterThan(1_000);
      }
    },
  ));

test("stopping finishes what is in flight and asks nothing new; the rest comes with the next run", () =>
  withRig({ items: 60, limits: { concurrency: 4 }, speed: 20 }, async (rig) => {
    const stop = new AbortController();
    let answers = 0;
    const end = await rig.run({
      stopping: stop.signal,
      observe: (event) => {
        if (event.kind === "answer" && (answers += 1) === 10) stop.abort();
      },
    });
    expect(end.status).toBe("interrupted");
    expect(end.answers).toBeGreaterThanOrEqual(10);
    expect(end.answers).toBeLessThanOrEqual(14);
    expect(rig.simulator.stats().requests).toBe(end.answers);
    expect(await rig.run()).toMatchObject({ status: "complete", answers: 60 });
    expect(rig.simulator.stats().requests).toBe(60);
  }));

/** Later than any test may last, in ms. */
const far = 600_000;

test("aborting ends at once and leaves no half answer", () =>
  withRig(
    {
      items: 20,
      limits: { concurrency: 4 },
      // Four streams that break off in silence, which nothing but the abort can end.
      settings: { deadlines_ms: { connect: 5_000, first_byte: far, idle: far, total: far } },
      script: script({ rules: [{ requests: { to: 4 }, do: { fault: "hang", at: "stream" } }] }),
    },
    async (rig) => {
      const abort = new AbortController();
      const ending = rig.run({ stopping: abort.signal, signal: abort.signal });
      await expect.poll(() => rig.simulator.stats().requests).toBe(4);
      abort.abort();
      const end: EndLine = await ending;
      expect(end.status).toBe("interrupted");
      expect(answersOf(await rig.lines())).toEqual([]);
      expect(await rig.run()).toMatchObject({ status: "complete", answers: 20 });
    },
  ));

test("a model that thinks for ten minutes behind keep-alive comments is waited for", () =>
  withRig(
    {
      items: 2,
      speed: 600,
      // Ten vendor minutes last one second; so does what stands for fifteen minutes, with room for a busy machine.
      settings: { deadlines_ms: { connect: 5_000, first_byte: 5_000, idle: 300, total: 20_000 } },
      script: script({ rules: [{ do: { fault: "trickle", every_s: 15, for_s: 600 } }] }),
    },
    async (rig) => {
      expect(await rig.run()).toMatchObject({ status: "complete", failed: 0 });
    },
  ));

/** A disk that is full after so many bytes. */
const small =
  (room: number): Opener =>
  async (path, flags) => {
    const handle = await open(path, flags);
    let left = room;
    const write = (bytes: Buffer, offset: number, length: number) => {
      if (left <= 0) {
        return Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }));
      }
      const taken = Math.min(length, left);
      left -= taken;
      return handle.write(bytes, offset, taken);
    };
    return new Proxy(handle, {
      get: (real, name): unknown => {
        if (name === "write") return write;
        const value: unknown = Reflect.get(real, name, real);
        return typeof value === "function" ? value.bind(real) : value;
      },
    }) satisfies FileHandle;
  };

test("a disk that is full in the middle ends the run with what to do; with room it goes on", () =>
  withRig({ items: 40, limits: { concurrency: 4 } }, async (rig) => {
    const error: unknown = await rig.run({ opener: small(40_000) }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: 3, text: { zh: expect.stringContaining("磁盘已满") } });
    const kept = answersOf(await rig.lines()).map(({ key }) => key);
    expect(kept.length).toBeGreaterThan(5);
    expect(await rig.run()).toMatchObject({ status: "complete", answers: 40, failed: 0 });
    const keys = answersOf(await rig.lines()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(40);
    expect(keys).toHaveLength(40);
    expect(rig.simulator.stats().requests).toBeLessThanOrEqual(40 + 2 * 4);
  }));

/** The vendor answers the first ten questions and refuses everything after that, for half a minute each time. */
const storm = script({
  rules: [{ requests: { from: 11 }, do: { fault: "status", status: 429, retry_after_ms: 30_000 } }],
});

test("a run whose file is removed ends although its lane waits, and what it has is saved", () =>
  withRig({ items: 40, limits: { concurrency: 4 }, script: storm }, async (rig) => {
    const running = rig
      .run({
        observe: (event) => {
          if (event.kind === "retrying") void rm(rig.file, { force: true });
        },
      })
      .catch((each: unknown) => each);
    expect(await running).toMatchObject({
      exitCode: 3,
      text: { zh: expect.stringContaining("被删除或移走了") },
    });
    const saved = await readRun(rig.file.replace(".jsonl", ".rescued.jsonl"));
    expect(answersOf(saved)).toHaveLength(10);
  }));

test("a run that is told to stop while its lane waits ends with what is in flight", () =>
  withRig({ items: 40, limits: { concurrency: 4 }, script: storm }, async (rig) => {
    const stop = new AbortController();
    const end = await rig.run({
      stopping: stop.signal,
      observe: (event) => {
        if (event.kind === "retrying") stop.abort();
      },
    });
    expect(end).toMatchObject({ status: "interrupted", answers: 10 });
    // The lane's four, of which one told to stop.
    expect(rig.simulator.stats().requests).toBeLessThanOrEqual(10 + 4);
  }));
