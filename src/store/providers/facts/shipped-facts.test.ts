import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { memberOf, membersOf } from "../../../domain/json.ts";
import { dayIn } from "../../../domain/life/read-day.ts";
import { builtinFolder } from "../../builtin.ts";
import { allVendors } from "../providers.ts";
import { modelRow } from "../targets.ts";

const folder = builtinFolder("providers");
const root = dirname(folder);
const vendors = await allVendors(folder, null);
/** What stands on another vendor shows that one's models; the simulator's prices are nobody's. */
const own = vendors.filter(({ like, id }) => like === undefined && id !== "sim");

test("every shipped price names the day on which it was read", () => {
  const undated = own.flatMap(({ id, models = [] }) =>
    models.flatMap((row) =>
      (row.price === undefined ? [] : [row.price].flat())
        .filter(({ source }) => dayIn(source ?? "") === null)
        .map(() => `${id}/${"id" in row ? row.id : row.match}`),
    ),
  );
  expect(undated).toEqual([]);
});

test("what is recommended instead, or answers under a name, is there", () => {
  const known = new Map(vendors.map((vendor) => [vendor.id, vendor]));
  const missing = own.flatMap((vendor) =>
    [vendor, ...(vendor.models ?? [])].flatMap(({ life }) =>
      [life?.successor, life?.rerouted_to]
        .filter((name) => name !== undefined)
        .filter((name) => {
          if (isListed(vendor, name)) return false;
          const [first = "", ...rest] = name.split("/");
          const other = known.get(first);
          if (other !== undefined && rest.length === 0) return false;
          const [where, model] = other === undefined ? [vendor, name] : [other, rest.join("/")];
          return !isListed(where, model);
        })
        .map((name) => `${vendor.id}: ${name}`),
    ),
  );
  // The vendors name ids that they do not price, or that nobody has looked up yet.
  expect(missing.filter((each) => !unlisted.has(each))).toEqual([]);
});

const unlisted: ReadonlySet<string> = new Set([
  "cohere: command-a-03-2025",
  "openai-responses: gpt-6.1-terra",
]);

const isListed = (vendor: (typeof vendors)[number], model: string): boolean =>
  (vendor.models ?? []).some((row) => "id" in row && row.id === model);

describe("the SDK that a vendor's file names", async () => {
  const sdks = join(root, "conformance", "sdks");
  const texts = await Promise.all(
    (await readdir(sdks)).map((name) => readFile(join(sdks, name), "utf8")),
  );
  const tried = new Set(
    texts.flatMap((text) => [...text.matchAll(/provider: "([\w-]+)"/g)].map(([, id]) => id ?? "")),
  );
  const pinned: unknown = JSON.parse(
    await readFile(join(root, "conformance", "package.json"), "utf8"),
  );

  test("is tried, and no other vendor is", () => {
    const named = vendors.filter(({ sdk }) => sdk !== undefined).map(({ id }) => id);
    expect(named.toSorted()).toEqual([...tried].toSorted());
  });

  test("has the version that is tried", () => {
    const versions = new Set(
      Object.values(membersOf(memberOf(pinned, "dependencies"))).map((version) =>
        String(version).replace(/^npm:.*@/, ""),
      ),
    );
    for (const { id, sdk } of vendors) {
      const version = sdk?.split(" ").at(-1) ?? null;
      if (version !== null) expect({ id, is: versions.has(version) }).toEqual({ id, is: true });
    }
  });
});

test.each([
  ["gemini", "gemini-2.5-pro", { retires: "2026-12-01", rerouted_to: "gemini-3.8-flash" }],
  ["deepseek", "deepseek-v4-flash-vision-exp", { rerouted_to: "deepseek-flash" }],
  ["openai", "gpt-5-mini", { retires: "2026-12-11" }],
  ["openai", "o3-mini", { retires: "2026-10-23" }],
  ["qwen", "qwen-plus", { alias: true }],
])("%s/%s has the life that the vendor announced", async (id, model, life) => {
  const vendor = vendors.find((each) => each.id === id);
  expect(vendor && modelRow(vendor, model).life).toMatchObject(life);
});

test.each([
  ["zhipu", "glm-5.3"],
  ["zhipu", "glm-5.3-flash"],
  ["qianfan", "glm-5.3"],
  ["moonshot", "kimi-k3"],
  ["moonshot", "kimi-k2.7-code"],
  ["minimax", "MiniMax-M3.1-Flash"],
])("%s/%s offers no way not to think", (id, model) => {
  const vendor = vendors.find((each) => each.id === id);
  const rule = vendor && modelRow(vendor, model).request?.thinking;
  expect(rule).toMatchObject({ default: "on" });
  expect(rule).not.toHaveProperty("off");
});
