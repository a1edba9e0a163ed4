// Runs after `npm ci` in a checkout (`prepare`). An npm below an older Node leaves out, without a word, those tools with
// machine code that ask for a newer one, such as vitest's, though the scripts run on the Node that the lock brings. Where
// that happened, npm is run again on that Node and adds them. Plain JavaScript: it may be started by any Node.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const agent = /\bnode\/v(\S+)/.exec(process.env["npm_config_user_agent"] ?? "");
const npm = process.env["npm_execpath"] ?? "";
const bundled = join(root, "node_modules/node/bin/node");
const omitted = /\b(?:dev|optional)\b/.test(process.env["npm_config_omit"] ?? "");

if (agent !== null && npm !== "" && !omitted && existsSync(bundled)) {
  const missing = leftOut();
  if (missing.length > 0 && process.env["BAIMO_COMPLETE"] === undefined) {
    console.error(
      `baimo: npm 用的 Node ${agent[1]} 太旧，漏装了 ${missing.length} 个包；改用刚装好的新 Node 补装 · npm left ${missing.length} packages out for its Node ${agent[1]}; adding them by the newer Node that it installed`,
    );
    // npm's own deprecated calls are no concern of who installs.
    const args = [
      "--no-deprecation",
      npm,
      "install",
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
    ];
    const { status } = spawnSync(bundled, args, {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, BAIMO_COMPLETE: "1" },
    });
    process.exitCode = status ?? 1;
  }
}

/** Packages of this system that the lock has and `node_modules` has not. */
function leftOut() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const libc =
    process.platform === "linux"
      ? existsSync("/etc/alpine-release")
        ? "musl"
        : "glibc"
      : undefined;
  return Object.entries(packages)
    .filter(
      ([path, { optional, os, cpu, libc: needed }]) =>
        optional === true &&
        os?.includes(process.platform) === true &&
        cpu?.includes(process.arch) === true &&
        (needed === undefined || needed.includes(libc)) &&
        !existsSync(join(root, path)),
    )
    .map(([path]) => path);
}
