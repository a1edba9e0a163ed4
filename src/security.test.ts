import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { guardsOf, patternOf } from "../packaging/guards.ts";
import { builtinFolder } from "./store/builtin.ts";

// Each threat of SECURITY.md names the test that guards it: file and title, as they stand in the code.
const root = dirname(builtinFolder("suites"));
const read = (name: string): string => readFileSync(join(root, name), "utf8");
const english = guardsOf(read("SECURITY.md"));

test("the table has its rows, and the Chinese page names the same tests", () => {
  expect(english.length).toBeGreaterThanOrEqual(25);
  const named = (guards: ReturnType<typeof guardsOf>) =>
    guards.map(({ file, title }) => ({ file, title }));
  expect(named(guardsOf(read("SECURITY.zh-CN.md")))).toEqual(named(english));
  const rows = read("SECURITY.md").match(/^\| .+ \|$/gm) ?? [];
  // Beside the rows there are the head and its rule.
  expect(rows.length - 2).toBe(english.length);
});

describe.each(english)("$threat", ({ file, title }) => {
  test("is guarded by a test that exists", () => {
    expect(existsSync(join(root, file)), `${file} exists`).toBe(true);
    const text = readFileSync(join(root, file), "utf8");
    expect(hasTest(text, title), `${file} has the test "${title}"`).toBe(true);
  });
});

test("the action runs those actions of others that were looked at: each by its commit, its version beside it", () => {
  const uses = read("action.yml").match(/^.*\buses: .*$/gm) ?? [];
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("the container is the bundle, run by a user without rights below a process 1 that reaps", () => {
  const dockerfile = read("packaging/Dockerfile");
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  expect(last).toMatch(/^COPY --from=unpacked \/opt\/baimo \/opt\/baimo$/m);
  expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(last).toContain('ENTRYPOINT ["/usr/bin/tini", "--", "/opt/baimo/bin/baimo"]');
  expect(last).toContain('VOLUME ["/baimo/results"]');
  // What npm would fetch while the image is built is what the bundle has already, at the versions of the lock.
  expect(dockerfile).not.toMatch(/\bnpm (?:ci|i|install)\b/);
});

test("a title that is only mentioned, or whose test is skipped, does not count", () => {
  expect(hasTest('test("a b", () => {', "a b")).toBe(true);
  expect(hasTest('test.each(rows)(\n  "a b",\n  async () => {', "a b")).toBe(true);
  expect(hasTest("test(`a ${b}`, async () => {", "a ${b}")).toBe(true);
  for (const text of [
    "// a b",
    'test.skip("a b", () => {',
    'test("a b c", () => {',
    'x = "a b";',
  ]) {
    expect(hasTest(text, "a b")).toBe(false);
  }
});

test.each([
  ["%s takes linear time on hostile text", "choice takes linear time on hostile text", true],
  ["killed ${kills} times, it finishes", "killed 3 times, it finishes", true],
  ["$name is $outcome", "a redirect is refused", true],
  ["a forged pass is none: %s", "a forged fail is none: print", false],
  ["a b (c)", "a b (c) d", false],
])(
  "of the tests of a file, %s is found in what it is called in a run: %s",
  (title, called, found) => {
    expect(patternOf(title).test(called)).toBe(found);
  },
);

/** Whether the text has a test of this title: quoted, first in a call that does not skip it. */
const hasTest = (text: string, title: string): boolean =>
  ['"', "`"].some((quote) => {
    const at = text.search(new RegExp(`${quote}${escaped(title)}${quote},\\s`));
    return at > 0 && /(?<!\.(?:skip|todo))\(\s*$/.test(text.slice(0, at));
  });

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
