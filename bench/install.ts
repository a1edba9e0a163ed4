/** What `npm i baimo` installs: size and packages of the built program in an empty folder, without optional ones. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { install, pack } from "../packaging/npm.ts";
import { type Row, rowOf } from "./kit/rows.ts";

const root = resolve(import.meta.dirname, "..");

export async function rows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-install-"));
  try {
    const { file } = await pack(root, folder);
    const { packages, bytes, bytes_on_disk } = await install(file, folder);
    return [
      rowOf("install: size", {
        value: bytes_on_disk / 2 ** 20,
        unit: "MiB",
        bound: { most: 60 },
        note: `on disk; ${(bytes / 2 ** 20).toFixed(0)} MiB of bytes`,
      }),
      rowOf("install: packages", { value: packages, unit: "", bound: { most: 100 } }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
