import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { expect, inject, test } from "vitest";
import { parse, stringify } from "yaml";

import { Config } from "../domain/config.ts";
import { Suite } from "../domain/suite.ts";
import { builtinFolder } from "../store/builtin.ts";
import { openGraders } from "../store/graders.ts";
import { checkSuite } from "../store/suites/check-suite.ts";
import { parseSuite } from "../store/suites/suites.ts";
import { inProcess } from "./testing/process.ts";

// Every YAML example of every English page passes `check`; the Chinese pages hold the same code.
const root = dirname(builtinFolder("suites"));
const pages = ["docs", "docs/graders", "."].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md") && !name.endsWith(".zh-CN.md"))
    .map((name) => join(folder, name)),
);
const examples = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), "utf8");
  return Array.from(text.matchAll(/^```yaml\n([^]*?)^```$/gm), ({ 1: code = "", index }) => ({
    place: `${page}:${text.slice(0, index).split("\n").length}`,
    page,
    code,
  }));
});

type Value = Readonly<Record<string, unknown>>;

const areIn = (keys: readonly string[], shape: object): boolean =>
  keys.every((key) => Object.hasOwn(shape, key));

const item = { id: "i1", question: "1 + 1 = ?", answer: "2" };

/** Golds of fragments that show a grader alone. */
const goldOf: Readonly<Record<string, Value>> = {
  "docs/graders/value.md": { answer: "14:00" },
  "docs/import.md": { constraints: [{ check: "length", unit: "字", max: 5 }] },
};

/** The grader that a page is about; ladders of units are of numbers. */
function graderOf(page: string, { items }: Value): string {
  if (JSON.stringify(items ?? null).includes("levels")) return "numeric";
  return page.startsWith("docs/graders/") ? basename(page, ".md") : "exact";
}

/** A fragment as the file in which it stands: a config, a suite, a task of one. */
function wholeOf(value: Value, page: string): Value {
  if ("schema" in value) return value;
  const keys = Object.keys(value);
  if (keys.includes("tasks") || keys.includes("defaults")) {
    const tasks = [{ id: "t", dimension: ["甲"], grader: { use: "exact" }, items: [item] }];
    return { schema: "suite/1", id: "s", tasks, ...value };
  }
  // `graders:` and the like are of a config; `grader:`, `items:` and the like of a task.
  if (areIn(keys, Config.shape)) return { schema: "baimo/1", ...value };
  const task = {
    id: "t",
    dimension: ["甲"],
    grader: { use: graderOf(page, value) },
    items: [{ ...item, ...goldOf[page] }],
    ...value,
  };
  return { schema: "suite/1", id: "s", tasks: [task] };
}

test("there are examples, of configs and of suites", () => {
  expect(examples.length).toBeGreaterThan(25);
  expect(Object.keys(Suite.shape)).toContain("tasks");
});

/** What examples name beside themselves: data, a house grader, a judge's prompt and the suite of the README. */
function writeOthers(folder: string): void {
  for (const each of ["data", "graders", "judges", "suites"]) mkdirSync(join(folder, each));
  const rows = Array.from({ length: 9 }, (_, index) =>
    JSON.stringify({ ...item, id: `d${index}` }),
  );
  for (const name of ["history", "support", "law.dev"]) {
    writeFileSync(join(folder, "data", `${name}.jsonl`), `${rows.join("\n")}\n`);
  }
  const house = readFileSync(join(root, "docs/house-graders.md"), "utf8");
  const points = /^```(?:js|mjs|javascript)\n([^]*?)^```$/m.exec(house)?.[1] ?? "";
  writeFileSync(join(folder, "graders/points.mjs"), points);
  const own = examples.find(({ page, code }) => page === "README.md" && /^id: shop$/m.test(code));
  const code = own?.code ?? "";
  writeFileSync(join(folder, "suites/shop.yaml"), code);
  writeFileSync(join(folder, "suites/my-suite.yaml"), code.replace("id: shop", "id: my-suite"));
}

/**
 * A judge's prompt in a file of its own stands on the page as a prompt, not as YAML; `queue/samples.test.ts` reads what
 * is for Kubernetes and docker compose.
 */
const elsewhere = /judges\/essay\.yaml|^apiVersion:|^services:/m;

/** An interpreter takes seconds to start: the matrix runs programs of examples, here they are held to their form. */
const isOfPrograms = (page: string, name: string): boolean =>
  page === "docs/graders/code.md" && name === "suite.yaml";

test.each(
  examples.filter(({ code }) => !elsewhere.test(code)).map((each) => [each.place, each] as const),
)("%s", async (_, { code, page }) => {
  const parsed: unknown = parse(code);
  // A step of a workflow on GitHub, which `ci-kits.test.ts` reads.
  if (Array.isArray(parsed)) return;
  const folder = mkdtempSync(join(tmpdir(), "baimo-example-"));
  writeOthers(folder);
  const whole = wholeOf(parsed as Value, page);
  const name = whole["schema"] === "baimo/1" ? "baimo.yaml" : "suite.yaml";
  writeFileSync(join(folder, name), stringify(whole));
  if (isOfPrograms(page, name) && !inject("matrix")) {
    const suite = await parseSuite(join(folder, name));
    expect(await checkSuite(suite, openGraders(null), {}, "shape")).toEqual([]);
    return;
  }
  const ended = await inProcess(folder, ["check", name]);
  expect(ended.code, ended.stderr).toBe(0);
});
