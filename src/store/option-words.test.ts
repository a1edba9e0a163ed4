import { expect, test } from "vitest";
import { z } from "zod";

import { Board } from "../domain/board.ts";
import { Config } from "../domain/config.ts";
import { Provider } from "../domain/provider.ts";
import { Suite } from "../domain/suite.ts";
import { loadGenerator } from "../generating/generator.ts";
import { loadGrader } from "../grading/graders.ts";
import { pluginIds } from "../plugins.ts";
import { FaultScript } from "../simulator/faults/script.ts";
import { validate } from "../validation/issues.ts";

type Path = readonly PropertyKey[];

/** Every place of a schema that a person can fill, three levels of repeated schemas deep. */
function pathsOf(schema: unknown, path: Path = []): readonly Path[] {
  if (path.length > 7) return [];
  if (schema instanceof z.ZodObject) {
    const inside = Object.entries(schema.shape).flatMap(([name, part]) =>
      pathsOf(part, [...path, name]),
    );
    return [path, ...inside];
  }
  if (schema instanceof z.ZodArray) return [path, ...pathsOf(schema.element, [...path, 0])];
  if (schema instanceof z.ZodRecord) return [path, ...pathsOf(schema.valueType, [...path, "a"])];
  if (schema instanceof z.ZodUnion) {
    return [path, ...schema.options.flatMap((part: unknown) => pathsOf(part, path))];
  }
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable;
  return isWrapped ? pathsOf(schema.unwrap(), path) : [path];
}

const valueAt = ([name, ...rest]: Path, value: unknown): unknown => {
  if (name === undefined) return value;
  const inner = valueAt(rest, value);
  return typeof name === "number" ? [inner] : { [name]: inner };
};

/** Of every kind that YAML knows, none of them likely to be right. */
const wrong: readonly unknown[] = [
  null,
  -1,
  1.5,
  1e9,
  true,
  "",
  "..",
  "x y",
  "wrong",
  [],
  ["x y"],
  {},
  { "x y": 1 },
];

/** Values as they are written, and lists of the values that are known. */
const quoted = /"(?:[^"\\]|\\.)*"|以下之一：.*?，实为/g;
/** zod's own words, or a description that was written for a schema. */
const raw = /invalid|unrecognized|too (?:big|small)|received|undefined|NaN|无效输入|期望|\{"/i;
const english = /[a-z]{2,} [a-z]{2,}/i;

const schemas: readonly (readonly [name: string, load: () => Promise<unknown>])[] = [
  ["a suite", () => Promise.resolve(Suite)],
  ["a board", () => Promise.resolve(Board)],
  ["a provider", () => Promise.resolve(Provider)],
  ["a config", () => Promise.resolve(Config)],
  ["a fault script", () => Promise.resolve(FaultScript)],
  ...pluginIds("graders").map(
    (id) => [`grader ${id}`, async () => (await loadGrader(id))?.options] as const,
  ),
  ...pluginIds("generators").map(
    (id) => [`generator ${id}`, async () => (await loadGenerator(id))?.options] as const,
  ),
];

test.each(schemas)(
  "%s: what is said of a wrong value is ours, in both languages",
  async (_name, load) => {
    const schema = await load();
    if (!(schema instanceof z.ZodType)) throw new TypeError("no schema");
    const paths = [
      ...new Map(pathsOf(schema).map((path) => [JSON.stringify(path), path])).values(),
    ];
    const said = paths
      .flatMap((path) => wrong.map((value) => valueAt(path, value)))
      .flatMap((value) => {
        const result = validate(schema, value);
        return result.ok ? [] : result.findings.map(({ message }) => message);
      });
    const foreign = said.filter(({ zh, en }) => {
      const bare = zh.replaceAll(quoted, "");
      return raw.test(bare) || english.test(bare) || raw.test(en.replaceAll(quoted, ""));
    });
    expect(said.length).toBeGreaterThan(0);
    expect([...new Set(foreign.map(({ zh, en }) => `${zh} | ${en}`))]).toEqual([]);
  },
);
