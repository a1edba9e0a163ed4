import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { type LockedPackage, sbomOf } from "./sbom.ts";

const root = resolve(import.meta.dirname, "..");
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), "utf8"));

const manifest = {
  name: "app",
  version: "1.2.3",
  license: "MIT",
  description: "an app",
  dependencies: { a: "^1.0.0" },
  peerDependencies: { big: "^3.0.0" },
};

/** SHA-512 of nothing. */
const integrity = `sha512-${Buffer.from("cf83", "hex").toString("base64")}`;

const locked: Readonly<Record<string, LockedPackage>> = {
  "node_modules/a": { version: "1.0.0", license: "MIT", integrity, dependencies: { "@x/b": "^1" } },
  "node_modules/@x/b": { version: "9.0.0", license: "(MIT OR CC0-1.0)" },
  "node_modules/a/node_modules/@x/b": { version: "1.5.0", license: "MIT/X11" },
  "node_modules/big": { version: "3.0.0", dependencies: { a: "^1", elsewhere: "1" } },
  "node_modules/inside": { version: "4.0.0", license: "ISC" },
  "node_modules/tool": { version: "5.0.0", license: "ISC" },
};

test("what is in dist/, what is installed, and what may be; nothing else", () => {
  const bom = JSON.parse(sbomOf({ manifest, locked, bundled: ["inside"] })) as {
    readonly components: readonly object[];
  };
  expect(bom).toMatchObject({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    metadata: { component: { name: "app", version: "1.2.3", purl: "pkg:npm/app@1.2.3" } },
  });
  expect(bom.components).toMatchObject([
    {
      purl: "pkg:npm/%40x/b@1.5.0",
      group: "@x",
      name: "b",
      scope: "required",
      licenses: [{ license: { name: "MIT/X11" } }],
    },
    { purl: "pkg:npm/a@1.0.0", hashes: [{ alg: "SHA-512", content: "cf83" }] },
    { purl: "pkg:npm/big@3.0.0", scope: "optional", licenses: [] },
    { purl: "pkg:npm/inside@4.0.0", scope: "required", licenses: [{ license: { id: "ISC" } }] },
  ]);
  expect(bom.components).toHaveLength(4);
});

test("a bundled package that the lock does not know is an error", () => {
  expect(() => sbomOf({ manifest, locked, bundled: ["unknown"] })).toThrow("node_modules/unknown");
});

test("of the program itself: every direct dependency, with checksum and licence, twice the same", () => {
  const own = read("package.json") as typeof manifest;
  const { packages } = read("package-lock.json") as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const sources = { manifest: own, locked: packages, bundled: ["zod", "yaml"] };
  const text = sbomOf(sources);
  expect(sbomOf(sources)).toBe(text);
  const { components } = JSON.parse(text) as {
    readonly components: readonly {
      name: string;
      group?: string;
      hashes?: object;
      scope: string;
    }[];
  };
  const names = components.map(({ group, name }) => [group, name].filter(Boolean).join("/"));
  const wanted = [...Object.keys(own.dependencies), ...Object.keys(own.peerDependencies)];
  expect(names).toEqual(expect.arrayContaining([...wanted, "zod", "yaml"]));
  expect(names).not.toContain("vitest");
  for (const { hashes } of components) expect(hashes).toHaveLength(1);
});
