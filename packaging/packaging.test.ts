/**
 * What a user gets: the checkout's last commit is cloned, its dependencies are installed, it is packed, and the
 * package is installed in an empty folder and used there. What is not committed is not in it.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Installation, install, npm, pack, type Tarball } from "./npm.ts";
import { output, type Place, type Result, result, userPath } from "./process.ts";

const checkout = resolve(import.meta.dirname, "..");
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "baimo-packaging-")));
const clone = folder("clone");
const user = folder("user");
const installed = join(user, "node_modules/baimo");

let tarball: Tarball;
let installation: Installation;

beforeAll(async () => {
  await output("git", ["clone", "--quiet", checkout, clone], { cwd: temporary, env: process.env });
  // `npm ci` empties the folder that a link of this name leads to.
  if (existsSync(join(clone, "node_modules")))
    throw new Error("node_modules is under version control");
  await npm(["ci", "--prefer-offline", "--no-audit", "--no-fund"], clone);
  tarball = await pack(clone, temporary);
  installation = await install(tarball.file, user);
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

test("the package holds the program and its data, and nothing else", () => {
  const paths = tarball.files.map(({ path }) => path);
  const wanted =
    /^(dist\/.+\.js|dist\/(commit|LICENSES)\.txt|dist\/sbom\.cdx\.json|dist\/page\/page\.css|dist\/vendors\/[\w-]+\.json|(suites|providers)\/.+\.(yaml|json|jsonl)|(baimo|run-line|scorecard)\.schema\.json|package\.json|LICENSE|README(\.zh-CN)?\.md)$/;
  expect(paths.filter((path) => !wanted.test(path))).toEqual([]);
  for (const file of [
    "dist/cli/bin.js",
    "dist/commit.txt",
    "dist/LICENSES.txt",
    "dist/sbom.cdx.json",
    "suites/starter.yaml",
    "suites/boards/nightly.yaml",
    "providers/qwen.yaml",
    "baimo.schema.json",
    "scorecard.schema.json",
    "LICENSE",
    "README.md",
  ]) {
    expect(paths).toContain(file);
  }
  const code = globSync("dist/**/*.js", { cwd: installed }).map((file) => text(installed, file));
  expect(code.filter((each) => each.includes("sourceMappingURL"))).toEqual([]);
});

test("building and packing leave the clone as it was", async () => {
  const place = { cwd: clone, env: process.env };
  expect(await output("git", ["status", "--porcelain"], place)).toBe("");
});

test("its command can be started, and nothing of it runs while it is installed", () => {
  const bin = join(installed, "dist/cli/bin.js");
  expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(statSync(bin).mode & 0o111).toBe(0o111);
  expect(text(user, "node_modules/.package-lock.json")).not.toContain("hasInstallScript");
});

test("it is small", () => {
  const { bytes, unpacked_bytes, files } = tarball;
  const { packages, bytes: all, bytes_on_disk } = installation;
  console.log(
    `tarball ${mb(bytes)}, unpacked ${mb(unpacked_bytes)} in ${files.length} files; ` +
      `installed ${packages} packages, ${mb(all)}, ${mb(bytes_on_disk)} on disk`,
  );
  expect(bytes).toBeLessThan(3.4e6);
  expect(bytes_on_disk).toBeLessThan(60 * 2 ** 20);
});

const rehearsal = "run -m sim/baicao -m baseline/random --limit 1 --reporter silent";

test("npx baimo does what the README says, in an empty folder", async () => {
  const place = { cwd: user, env: plainEnv() };
  // `--no`: where the command is missing, nothing of that name is fetched from the registry.
  const baimo = (args: string): Promise<string> =>
    output("npx", ["--no", "--", "baimo", ...args.split(" ")], place);

  const { version } = JSON.parse(text(clone, "package.json")) as { readonly version: string };
  expect(await baimo("--version")).toBe(`${version}\n`);
  expect(await baimo("check")).toContain("suites/starter.yaml");
  expect(await baimo("providers --lang en")).toContain("qwen");
  expect(await baimo("sim --help --lang en")).toContain("--port");

  expect(await baimo(rehearsal)).toContain("results/");
  await baimo(rehearsal);
  const runs = globSync("results/*.jsonl", { cwd: user });
  expect(runs).toHaveLength(2);
  const [first = "", second = ""] = runs;
  const [session = ""] = text(user, first).split("\n", 1);
  const head = await output("git", ["rev-parse", "HEAD"], { cwd: clone, env: process.env });
  expect(JSON.parse(session)).toMatchObject({ tool: { version, commit: head.trim() } });

  expect(await baimo(`leaderboard ${first} --lang en`)).toMatch(/1 +sim\/baicao.*\n.*baseline/);
  const board = JSON.parse(await baimo(`leaderboard ${first} --format json`)) as object;
  expect(board).toMatchObject({ schema: "leaderboard/1", runs: [{ status: "complete" }] });
  // So few items show no difference of 5 points, which would be exit code 3.
  expect(await baimo(`compare ${first} ${second} --margin 50 --lang en`)).toContain("sim/baicao");

  writeFileSync(join(user, "sums.csv"), "question,answer\n3 + 4 = ?,7\n5 + 6 = ?,11\n");
  await baimo("import csv sums.csv -o suites/sums.yaml");
  expect(await baimo("check suites/sums.yaml")).toContain("3 + 4 = ?");
});

test("dist/ works under another name", async () => {
  cpSync(join(installed, "dist"), join(installed, "app"), { recursive: true });
  await rehearse(join(installed, "app/cli/bin.js"), { cwd: folder("renamed"), env: plainEnv() });
});

test("it works in a path with blanks and 汉字", async () => {
  const elsewhere = folder("百模 与 blanks #1");
  cpSync(join(user, "node_modules"), join(elsewhere, "node_modules"), { recursive: true });
  const bin = join(elsewhere, "node_modules/baimo/dist/cli/bin.js");
  await rehearse(bin, { cwd: elsewhere, env: plainEnv() });
});

test("it works where it may write nothing but the file it is told to", async () => {
  const readOnly = folder("read-only");
  cpSync(join(user, "node_modules"), join(readOnly, "node_modules"), { recursive: true });
  const writable = folder("writable");
  chmodSync(writable, 0o777);
  const all = globSync("**", { cwd: readOnly }).map((file) => join(readOnly, file));
  const setMode = (bits: (mode: number) => number): void => {
    for (const file of [readOnly, ...all]) chmodSync(file, bits(statSync(file).mode));
  };
  setMode((mode) => mode & ~0o222);
  try {
    // Root may write everywhere, so that it has to be somebody else, who may not reach this checkout's Node.
    const place = {
      cwd: readOnly,
      env: { ...plainEnv(), HOME: "/nonexistent" },
      ...(process.getuid?.() === 0 ? { uid: 65_534 } : {}),
    };
    chmodSync(temporary, 0o755);
    const node = join(temporary, "node");
    cpSync(process.execPath, node);
    const bin = join(readOnly, "node_modules/baimo/dist/cli/bin.js");
    await rehearse(bin, place, { node, out: join(writable, "run.jsonl") });
    // Without `--out` it says so and asks nothing.
    const refused = await result(node, [bin, ...rehearsal.split(" "), "--lang", "en"], place);
    expectSentence(refused, 3, /^Cannot write .*results.*Nothing was asked.*--out/);
  } finally {
    setMode((mode) => mode | 0o200);
  }
});

test.each([
  ["check", /^baimo's suites was not found: the program is in .*far.*copy them together/],
  ["providers", /^baimo's providers was not found/],
  ["sim", /^A package that baimo depends on is missing: .*'re2js'.* Install again/],
])("dist/ alone far away says what it misses: %s", async (command, sentence) => {
  const far = folder("far");
  cpSync(join(installed, "dist"), join(far, "dist"), { recursive: true });
  const args = [join(far, "dist/cli/bin.js"), command, "--lang", "en"];
  expectSentence(await result(process.execPath, args, { cwd: far, env: plainEnv() }), 2, sentence);
});

test("a checkout works from another folder", async () => {
  const elsewhere = folder("elsewhere");
  const args = [join(clone, "src/cli/bin.ts"), ...rehearsal.split(" ")];
  await output(join(clone, "node_modules/.bin/tsx"), args, { cwd: elsewhere, env: plainEnv() });
  expect(globSync("results/*.jsonl", { cwd: elsewhere })).toHaveLength(1);
});

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux(
  "two clones make the same bundle, whatever their folders, umask, time zone and locale",
  async () => {
    const other = join(folder("百模 与 blanks #2"), "deeper/clone");
    // npm fetches the Node of the bundle, by the registry, the proxy and the certificates of this machine.
    const env = { ...process.env, PATH: userPath(), SOURCE_DATE_EPOCH: undefined };
    const sh = (script: string, changed: Readonly<Record<string, string>> = {}): Promise<string> =>
      output("sh", ["-c", script], {
        cwd: temporary,
        env: { ...env, ...changed },
        limit_ms: 290_000,
      });
    await sh(`git clone --quiet '${clone}' '${other}'`);
    // A bundler that follows links names and sorts what it bundles by the place that they lead to.
    symlinkSync(join(clone, "node_modules"), join(other, "node_modules"));
    const bundle = `'${process.execPath}' packaging/write-bundles.ts --arch x64 --out bundles`;
    await sh(`cd '${clone}' && ${bundle}`);
    await sh(`umask 077; cd '${other}' && ${bundle}`, {
      TZ: "Asia/Shanghai",
      LC_ALL: "tr_TR.UTF-8",
    });
    const sums = text(clone, "bundles/SHA256SUMS");
    expect(sums).toMatch(/^[\da-f]{64} {2}baimo-[\d.]+-linux-x64\.tar\.gz\n$/);
    expect(text(other, "bundles/SHA256SUMS")).toBe(sums);
  },
  600_000,
);

/** A version, and a run through the simulator, which starts a process and a thread by their paths. */
async function rehearse(
  bin: string,
  place: Place,
  {
    node = process.execPath,
    out = join(place.cwd, "run.jsonl"),
  }: { readonly node?: string; readonly out?: string } = {},
): Promise<void> {
  expect(await output(node, [bin, "--version"], place)).toMatch(/^\d+\.\d+\.\d+\n$/);
  await output(node, [bin, ...rehearsal.split(" "), "--out", out], place);
  expect(readFileSync(out, "utf8")).toContain('"status":"complete"');
}

/** One line on standard error, no stack. */
function expectSentence({ code, stdout, stderr }: Result, expected: number, sentence: RegExp) {
  expect({ code, stdout, lines: stderr.trimEnd().split("\n") }).toEqual({
    code: expected,
    stdout: "",
    lines: [expect.stringMatching(sentence) as string],
  });
}

function folder(name: string): string {
  const path = join(temporary, name);
  if (!existsSync(path)) mkdirSync(path);
  return path;
}

const text = (root: string, file: string): string => readFileSync(join(root, file), "utf8");

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** A user's: neither secrets nor options of this machine's Node. */
function plainEnv(): Readonly<Record<string, string | undefined>> {
  return { PATH: userPath(), HOME: process.env["HOME"], LANG: "zh_CN.UTF-8" };
}
