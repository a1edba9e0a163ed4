import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/**
 * What GitHub rejects or runs otherwise than it reads: the part of its workflow syntax that the kits use
 * (docs.github.com/actions/reference/workflows-and-actions/workflow-syntax).
 */
const root = resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

type Keys = Readonly<Record<string, unknown>>;
type Workflow = {
  readonly jobs: Readonly<Record<string, Keys & { readonly steps: readonly Keys[] }>>;
} & Keys;

const known = {
  workflow: ["name", "on", "permissions", "concurrency", "env", "defaults", "jobs"],
  job: [
    "name",
    "needs",
    "if",
    "runs-on",
    "timeout-minutes",
    "permissions",
    "environment",
    "outputs",
    "strategy",
    "env",
    "steps",
  ],
  step: [
    "id",
    "name",
    "if",
    "uses",
    "with",
    "run",
    "env",
    "shell",
    "working-directory",
    "continue-on-error",
    "timeout-minutes",
  ],
} as const;
const scopes = ["actions", "checks", "contents", "id-token", "pages", "pull-requests"];
const contexts = [
  "env",
  "github",
  "hashFiles",
  "inputs",
  "job",
  "matrix",
  "needs",
  "runner",
  "secrets",
  "steps",
  "vars",
  "cancelled",
  "always",
  "success",
  "failure",
];

const strange = (given: Keys, allowed: readonly string[]): readonly string[] =>
  Object.keys(given).filter((key) => !allowed.includes(key));

describe.each(["ci/github-nightly.yml", "ci/github-shards.yml"])("%s", (file) => {
  const text = read(file);
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);

  test("has no key that GitHub does not know, and every job a machine and steps", () => {
    expect(strange(workflow, known.workflow)).toEqual([]);
    for (const [name, job] of jobs) {
      expect(strange(job, known.job), name).toEqual([]);
      expect(job["runs-on"], name).toBe("ubuntu-latest");
      expect(strange((job["permissions"] ?? {}) as Keys, scopes), name).toEqual([]);
      for (const step of job.steps) {
        expect(strange(step, known.step), JSON.stringify(step)).toEqual([]);
        expect(
          ["uses", "run"].filter((key) => key in step),
          JSON.stringify(step),
        ).toHaveLength(1);
      }
    }
    expect(strange(workflow["permissions"] as Keys, scopes)).toEqual([]);
  });

  test("jobs need jobs that are there, and steps outputs that are set", () => {
    const names = jobs.map(([name]) => name);
    for (const [, job] of jobs) {
      const needs = [job["needs"] ?? []].flat();
      expect(names).toEqual(expect.arrayContaining(needs));
      const body = JSON.stringify(job);
      for (const [, other = ""] of body.matchAll(/needs\.(\w+)/g)) expect(needs).toContain(other);
      for (const [, id = ""] of body.matchAll(/steps\.(\w+)/g)) {
        expect(job.steps.map((step) => step["id"])).toContain(id);
      }
    }
  });

  test("actions are pinned by commit with their version behind it, one commit each", () => {
    const pins = new Map<string, string>();
    for (const [, action = "", pin = ""] of text.matchAll(/uses: ([\w./-]+)@(.*)/g)) {
      expect(pin).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      expect(pins.get(action) ?? pin).toBe(pin);
      pins.set(action, pin);
    }
    expect(pins.size).toBeGreaterThan(3);
  });

  test("expressions read contexts that exist; secrets and inputs never stand in a script", () => {
    for (const [, expression = ""] of text.matchAll(/\$\{\{(.*?)\}\}/g)) {
      const words = expression.replaceAll(/'[^']*'/g, "").match(/(?<![\w.-])[a-zA-Z]\w*/g) ?? [];
      for (const word of words) expect(contexts).toContain(word);
    }
    const scripts = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((script) => JSON.stringify(script).includes("${{"))).toEqual([]);
  });

  test("crons are five fields, and scripts are those of the kit", () => {
    for (const [, cron = ""] of text.matchAll(/cron: "(.*)"/g))
      expect(cron.split(" ")).toHaveLength(5);
    for (const [, script = ""] of text.matchAll(/bash (ci\/[\w.-]+)/g)) {
      expect(read(script)).toMatch(/^#!\/usr\/bin\/env bash\n/);
    }
  });
});

test("all kits take the same three steps of a night", () => {
  for (const file of [
    "github-nightly.yml",
    "github-shards.yml",
    "gitlab-ci.yml",
    "Jenkinsfile",
    "crontab",
  ]) {
    const steps = read(`ci/${file}`).match(/ci\/(?:history\.sh (?:fetch|keep)|nightly\.sh)/g) ?? [];
    const own = file === "gitlab-ci.yml" ? steps.slice(0, 3) : steps;
    expect(own, file).toEqual(["ci/history.sh fetch", "ci/nightly.sh", "ci/history.sh keep"]);
  }
});
