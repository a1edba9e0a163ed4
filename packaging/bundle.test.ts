import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Bundle, writeBundle } from "./bundle.ts";
import { needsOf, nodeBinaries } from "./node-binary.ts";
import { type TarFile, writeTarGz } from "./tar.ts";

const root = resolve(import.meta.dirname, "..");
const temporary = mkdtempSync(join(tmpdir(), "baimo-bundle-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

test("tar reads what is written; the order of files changes nothing", async () => {
  const long = `${"folder/".repeat(20)}${"名".repeat(20)}.txt`;
  const files: readonly TarFile[] = [
    { path: "b/run", mode: 0o755, content: Buffer.from("#!/bin/sh\n") },
    { path: long, mode: 0o644, content: Buffer.from("汉字") },
    { path: "empty", mode: 0o644, content: Buffer.alloc(0) },
    { path: "block", mode: 0o644, content: Buffer.alloc(512, "x") },
  ];
  const [one = "", two = ""] = ["1.tar.gz", "2.tar.gz"].map((name) => join(temporary, name));
  const sum = await writeTarGz(one, files, 1_700_000_000);
  expect(await writeTarGz(two, files.toReversed(), 1_700_000_000)).toBe(sum);
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  const into = join(temporary, "tar");
  mkdirSync(into);
  execFileSync("tar", ["xzf", one, "-C", into]);
  for (const { path, content } of files) expect(readFileSync(join(into, path))).toEqual(content);
  await expect(
    writeTarGz(one, [{ path: "x".repeat(101), mode: 0o644, content: Buffer.alloc(0) }], 0),
  ).rejects.toThrow("too long");
});

test("the pinned Node is the one that the lock installs", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  expect(nodeBinaries.version).toBe(devDependencies["node"]);
});

let folder = "";
let bundle: Bundle;

beforeAll(async () => {
  if (process.platform !== "linux") return;
  const arch = process.arch === "arm64" ? "arm64" : "x64";
  const node = { node: process.execPath, license: join(root, "LICENSE") };
  bundle = await writeBundle({ root, arch, node, out: temporary });
  execFileSync("tar", ["xzf", bundle.file, "-C", temporary]);
  folder = bundle.file.replace(/\.tar\.gz$/, "");
}, 300_000);

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("every file has the checksum that is stated, and none is left out", () => {
  const checked = execFileSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: folder });
  expect(checked.toString()).toBe("");
  const listed = readFileSync(join(folder, "SHA256SUMS"), "utf8").trim().split("\n").length;
  const found = execFileSync("find", [".", "-type", "f"], { cwd: folder, encoding: "utf8" });
  expect(listed).toBe(found.trim().split("\n").length - 1);
  const { glibc } = needsOf(process.execPath);
  expect(readFileSync(join(folder, "NEEDS.txt"), "utf8")).toContain(`glibc ${glibc}\n`);
});

onLinux(
  "every package of package.json is in it, those that are optional elsewhere among them",
  () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as Readonly<Record<"dependencies" | "peerDependencies", Readonly<Record<string, string>>>>;
    const names = Object.keys({ ...dependencies, ...peerDependencies });
    const inside = names.filter((name) =>
      existsSync(join(folder, "app/node_modules", name, "package.json")),
    );
    expect(inside).toEqual(names);
    const [finding] = JSON.parse(
      spawnSync(join(folder, "bin/baimo"), ["doctor", "--json"], {
        cwd: temporary,
        encoding: "utf8",
      }).stdout,
    ).filter(({ id }: { readonly id: string }) => id === "packages") as readonly [
      { readonly what: { readonly en: string } },
    ];
    expect(finding.what.en).toContain("every optional package is there");
  },
);

onLinux("without a network and another Node it runs, shows and checks", () => {
  const cwd = join(temporary, "user");
  mkdirSync(cwd);
  const isolated = spawnSync("unshare", ["-rn", "true"]).status === 0;
  const baimo = (args: string): string => {
    const words = [join(folder, "bin/baimo"), ...args.split(" ")];
    // Loopback has to be up: the simulator is a server of this machine.
    const shell = `ip link set lo up 2>/dev/null; exec ${words.map((word) => `'${word}'`).join(" ")}`;
    const [command, ...rest] = isolated ? ["unshare", "-rn", "sh", "-c", shell] : words;
    return execFileSync(command ?? "", rest, {
      cwd,
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" },
      encoding: "utf8",
    });
  };
  expect(
    baimo("run -m sim/baicao -m baseline/random --limit 1 --reporter silent --out r.jsonl"),
  ).toContain("sim/baicao");
  expect(baimo("leaderboard r.jsonl --lang en")).toMatch(/1 +sim\/baicao/);
  expect(baimo("check")).toContain("suites/starter.yaml");
  expect(existsSync(join(cwd, "r.jsonl"))).toBe(true);
});

onLinux.each([
  ["uname", "echo mips64", /这台机器是 mips64 .* this machine is mips64/],
  ["getconf", "echo glibc 2.17", /glibc 2\.\d+ .* this is 2\.17/],
])("a machine that it is not for gets a sentence: %s", (program, says, sentence) => {
  const stubs = mkdtempSync(join(temporary, "stubs-"));
  writeFileSync(join(stubs, program), `#!/bin/sh\n${says}\n`);
  chmodSync(join(stubs, program), 0o755);
  const { status, stderr } = spawnSync(join(folder, "bin/baimo"), ["--version"], {
    env: { PATH: `${stubs}:/usr/bin:/bin` },
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(sentence);
});

onLinux("started through a link it finds itself", () => {
  const link = join(temporary, "link");
  execFileSync("ln", ["-s", join(folder, "bin/baimo"), link]);
  expect(execFileSync(link, ["--version"], { encoding: "utf8" })).toMatch(/^\d+\.\d+\.\d+\n$/);
});
