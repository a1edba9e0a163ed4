/** What `npm i baimo` installs: size and packages of the built program in an empty folder, without optional ones. */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { type Row, rowOf } from "./kit/rows.ts";

const root = resolve(import.meta.dirname, "..");

export function rows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-install-"));
  try {
    const npm = (args: readonly string[], cwd: string): string =>
      execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const packed = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], root)) as
      | [{ filename: string }]
      | Record<string, { filename: string }>;
    const name = Object.values(packed)[0]?.filename ?? "";
    writeFileSync(join(folder, "package.json"), '{"name":"empty","version":"1.0.0"}');
    npm(["i", "--omit=dev", "--no-audit", "--no-fund", join(folder, name)], folder);
    const modules = join(folder, "node_modules");
    const files = readdirSync(modules, { recursive: true, encoding: "utf8" });
    const stats = files.map((file) => lstatSync(join(modules, file)));
    // Blocks are 512 bytes wherever `blocks` is known.
    const onDisk =
      stats.reduce((sum, { blocks, size }) => sum + (blocks * 512 || size), 0) / 2 ** 20;
    const bytes = stats.reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0) / 2 ** 20;
    const packages = files.filter((file) =>
      /(?:^|node_modules\/)(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(file),
    );
    return Promise.resolve([
      rowOf("install: size", {
        value: onDisk,
        unit: "MiB",
        bound: { most: 60 },
        note: `on disk; ${bytes.toFixed(0)} MiB of bytes`,
      }),
      rowOf("install: packages", { value: packages.length, unit: "", bound: { most: 100 } }),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
