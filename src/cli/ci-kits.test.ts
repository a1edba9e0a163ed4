import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, inject, test } from "vitest";
import { parse } from "yaml";

import { command as gate } from "./commands/gate.ts";
import { command as merge } from "./commands/merge.ts";
import { command as nightly } from "./commands/nightly.ts";
import { command as run } from "./commands/run.ts";
import { command as site } from "./commands/site.ts";
import { flagName } from "./options.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

type GitlabJob = {
  readonly script?: string[];
  readonly extends?: string;
  readonly needs?: readonly { readonly job: string }[];
  readonly artifacts?: { readonly paths: string[] };
};

/** A stand-in for baimo that writes down how it was called and ends as it is told. */
function standIn(): { readonly folder: string; readonly command: string } {
  const folder = mkdtempSync(join(tmpdir(), "baimo-ci-"));
  const command = join(folder, "baimo");
  writeFileSync(
    command,
    '#!/usr/bin/env bash\necho "$*" >> "$(dirname "$0")/calls"\nname="CODE_$1"\nexit "${!name:-0}"\n',
  );
  chmodSync(command, 0o755);
  return { folder, command };
}

const runScript = (script: string, env: Readonly<Record<string, string>>) =>
  spawnScript(script, [], env);

function spawnScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const { folder, command } = standIn();
  const ended = spawnSync("bash", [join(root, script), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], BAIMO: command, ...env },
    encoding: "utf8",
  });
  const calls = existsSync(join(folder, "calls"))
    ? readFileSync(join(folder, "calls"), "utf8")
    : "";
  return { code: ended.status, calls: calls.trim().split("\n"), error: ended.stderr };
}

describe("ci/run-and-gate.sh", () => {
  test.each([
    ["all is well", {}, 0],
    ["the gate of the run", { CODE_run: "1" }, 1],
    ["an incomplete run", { CODE_run: "3" }, 3],
    ["an incomplete run that is allowed", { CODE_run: "3", ALLOW_INCOMPLETE: "true" }, 0],
    ["a regression", { CODE_gate: "1", BASELINE: "b.jsonl" }, 1],
    [
      "a regression after an incomplete run",
      { CODE_run: "3", CODE_gate: "1", BASELINE: "b.jsonl" },
      1,
    ],
    ["a baseline that cannot be used", { CODE_run: "3", CODE_gate: "2", BASELINE: "b.jsonl" }, 2],
    ["an incomplete run with a good gate", { CODE_run: "3", BASELINE: "b.jsonl" }, 3],
    ["an interrupted run", { CODE_run: "130", BASELINE: "b.jsonl" }, 130],
  ])("%s", (_, env, code) => {
    expect(runScript("ci/run-and-gate.sh", env).code).toBe(code);
  });

  test("names suites, targets and files", () => {
    const { calls } = runScript("ci/run-and-gate.sh", {
      SUITES: "math logic",
      TARGETS: "qwen/qwen-plus deepseek/deepseek-chat",
      OUT: "r/x.jsonl",
      BASELINE: "base.jsonl",
    });
    expect(calls).toEqual([
      "run math logic -m qwen/qwen-plus -m deepseek/deepseek-chat --out r/x.jsonl --junit r/x.xml --reporter log --lang zh",
      "gate r/x.jsonl --baseline base.jsonl --junit r/x.gate.xml --lang zh",
    ]);
  });
});

test.each(["ci/run-and-gate.sh", "ci/nightly.sh"])(
  "%s takes targets over several lines, expands no pattern, and takes a command of several words",
  (script) => {
    const { folder, command } = standIn();
    const { calls, code } = runScript(script, {
      BOARD: "b",
      BAIMO: `bash ${command}`,
      TARGETS: "a/x  a/*\nb/y",
    });
    expect(code).toBe(0);
    // The stand-in of this test was called, not the one of `runScript`.
    expect(calls).toEqual([""]);
    const [call] = readFileSync(join(folder, "calls"), "utf8").split("\n");
    expect(call).toMatch(/^(run|nightly) /);
    expect(call).toContain("-m a/x -m a/* -m b/y");
  },
);

test("ci/nightly.sh", () => {
  const { calls } = runScript("ci/nightly.sh", { BOARD: "b", TARGETS: "a/x", CONFIG: "c.yaml" });
  expect(calls).toEqual([
    "nightly --board b --history results/nightly/b --publish public --lang zh -m a/x --config c.yaml",
  ]);
  expect(runScript("ci/nightly.sh", { BOARD: "b", CODE_nightly: "1" }).code).toBe(1);
  const published = runScript("ci/nightly.sh", { BOARD: "b", SITE: "s", CODE_nightly: "3" });
  expect(published.calls.at(-1)).toBe("site results/nightly/b -o s --board b --lang zh");
  expect(published.code).toBe(3);
  expect(runScript("ci/nightly.sh", { BOARD: "b", SITE: "s", CODE_site: "2" }).code).toBe(0);
  expect(runScript("ci/nightly.sh", {}).error).toContain("BOARD");
});

test("ci/shards.sh", () => {
  const run = { BOARD: "b", SHARD: "2/8", SEED: "20261129", TARGETS: "a/x" };
  const one = spawnScript("ci/shards.sh", ["run"], run);
  expect(one.calls).toEqual([
    "run b -m a/x --shard 2/8 --trials 3 --reseed 20261129 --out shards/shard-2-of-8.jsonl --reporter log --lang zh",
  ]);
  expect(spawnScript("ci/shards.sh", ["run"], { ...run, CODE_run: "3" }).code).toBe(3);
  expect(spawnScript("ci/shards.sh", ["run"], { BOARD: "b" }).error).toContain("SHARD");
  const merge = { BOARD: "b", OUT: "r/night.jsonl", ALLOW_MISSING: "true", CODE_merge: "3" };
  const merged = spawnScript("ci/shards.sh", ["merge"], merge);
  expect(merged.calls).toEqual(["merge shards/*.jsonl -o r/night.jsonl --partial --lang zh"]);
  expect(merged.code).toBe(3);
  expect(spawnScript("ci/shards.sh", [], run).code).toBe(2);
  expect(runScript("ci/nightly.sh", { BOARD: "b", NO_RUN: "true" }).calls[0]).toMatch(/ --no-run$/);
});

// Both find it in ci/common.sh.
const startedHere = ["ci/nightly.sh", "ci/run-and-gate.sh"];

test.each(inject("matrix") ? startedHere : startedHere.slice(0, 1))(
  "%s runs on the pinned Node, whatever the system has",
  (script) => {
    const folder = mkdtempSync(join(tmpdir(), "baimo-ci-"));
    // What an old Node does with syntax that it does not know; 1 would mean that the gate failed.
    writeFileSync(join(folder, "node"), "#!/bin/sh\necho SyntaxError >&2\nexit 1\n");
    chmodSync(join(folder, "node"), 0o755);
    const { status, stderr } = spawnSync("bash", [join(root, script)], {
      cwd: folder,
      env: { PATH: `${folder}:/usr/bin:/bin`, SUITES: "no-such-suite", BOARD: "no-such-board" },
      encoding: "utf8",
    });
    expect(stderr).not.toContain("SyntaxError");
    expect(stderr).toMatch(/no-such-(?:suite|board)/);
    expect(status).toBe(2);
  },
);

test("the scripts use flags that the commands have", () => {
  const known = new Set(
    [run, gate, nightly, site, merge]
      .flatMap(({ options }) => Object.keys(options).map(flagName))
      .concat("lang"),
  );
  for (const script of ["ci/run-and-gate.sh", "ci/nightly.sh", "ci/shards.sh"]) {
    const code = read(script).replaceAll(/^#.*$/gm, "");
    const flags = [...code.matchAll(/ --([a-z-]+)/g)].map(([, flag = ""]) => flag);
    expect(flags.length).toBeGreaterThan(3);
    for (const flag of flags) expect(known).toContain(flag);
  }
});

test("workflows are YAML and run the scripts", () => {
  const github = parse(read("ci/github-nightly.yml")) as {
    jobs: { nightly: { steps: { run?: string }[] } };
  };
  expect(github.jobs.nightly.steps.map(({ run }) => run)).toContain("bash ci/nightly.sh");
  const gitlab = parse(read("ci/gitlab-ci.yml")) as Record<string, { script?: string[] }>;
  expect(gitlab["baimo:gate"]?.script).toEqual(["bash ci/run-and-gate.sh"]);
  const nightlySteps = [
    "bash ci/history.sh fetch",
    "bash ci/nightly.sh",
    "bash ci/history.sh keep",
  ];
  for (const kit of ["github-nightly.yml", "gitlab-ci.yml", "Jenkinsfile", "crontab"]) {
    const places = nightlySteps.map((step) => read(`ci/${kit}`).indexOf(step));
    expect(places, kit).not.toContain(-1);
    expect(places, kit).toEqual(places.toSorted((a, b) => a - b));
    expect(read(`ci/${kit}`), kit).toMatch(/\bSITE\b.*\bsite\b/);
  }
  // GitLab publishes the folder `public` of the job `pages`, which has to come from a night's artifacts.
  const { pages, ...others } = parse(read("ci/gitlab-ci.yml")) as Record<string, GitlabJob>;
  expect(pages?.script).toContain("rm -rf public && mv site public");
  expect(pages?.artifacts?.paths).toEqual(["public"]);
  for (const { job } of pages?.needs ?? []) {
    const from = others[job]?.artifacts ?? others[others[job]?.extends ?? ""]?.artifacts;
    expect(from?.paths, job).toContain("site/");
  }
  const action = parse(read("action.yml")) as {
    runs: { using: string; steps: { run?: string; shell?: string }[] };
  };
  expect(action.runs.using).toBe("composite");
  for (const step of action.runs.steps) if (step.run !== undefined) expect(step.shell).toBe("bash");
  const matrix = parse(read("ci/github-shards.yml")) as {
    jobs: Record<"shard" | "night", { steps: { run?: string; env?: Record<string, string> }[] }>;
  };
  const shardStep = matrix.jobs.shard.steps.find(({ run }) => run?.includes("shards.sh run"));
  expect(shardStep?.env?.["SHARD"]).toBe("${{ matrix.shard }}/8");
  const last = matrix.jobs.night.steps.map(({ run }) => run ?? "").join("\n");
  const order = ["history.sh fetch", "shards.sh merge", "nightly.sh", "history.sh keep"];
  const found = order.map((step) => last.indexOf(step));
  expect(found).not.toContain(-1);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  for (const script of ["ci/run-and-gate.sh", "ci/nightly.sh", "ci/history.sh", "ci/shards.sh"]) {
    execFileSync("bash", ["-n", join(root, script)]);
  }
});
