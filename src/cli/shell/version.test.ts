import { expect, test } from "vitest";

import { builtinFolder, packageVersion } from "../../store/builtin.ts";
import { yamlHeads } from "../../store/suites/find-suites.ts";
import { inProcess } from "../testing/process.ts";

test.each([
  [["--version"]],
  [["--lang", "en", "--version"]],
  [["--version", "--lang=en"]],
  [["run", "--version"]],
])("%j prints the version alone", async (args) => {
  const { stdout } = await inProcess(".", args);
  expect(stdout).toBe(`${packageVersion().version}\n`);
});

test.each([[["--version", "--json"]], [["--lang", "en", "--version", "--json"]]])(
  "%j tells two installations apart",
  async (args) => {
    const { code, stdout } = await inProcess(".", args);
    expect(code).toBe(0);
    const said = JSON.parse(stdout) as { readonly suites: Readonly<Record<string, string>> };
    expect(said).toMatchObject({
      ...packageVersion(),
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
    });
    const heads = await yamlHeads(builtinFolder("suites"));
    const ids = heads.filter(({ schema }) => schema === "suite/1").map(({ id }) => id);
    expect(Object.keys(said.suites).toSorted()).toEqual(ids.toSorted());
    for (const digest of Object.values(said.suites)) expect(digest).toMatch(/^[0-9a-f]{32}$/);
  },
);

test("an unknown option beside it is refused", async () => {
  const { code, stderr } = await inProcess(".", ["--version", "--jsn", "--lang", "en"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--json");
});
