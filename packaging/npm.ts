import { lstatSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { output, userPath } from "./process.ts";

const minute_ms = 60_000;

/** The tarball that `npm pack` makes of a checkout, which its `prepack` builds first. */
export type Tarball = {
  readonly file: string;
  readonly bytes: number;
  readonly unpacked_bytes: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
};

export async function pack(checkout: string, into: string): Promise<Tarball> {
  const printed = JSON.parse(
    await npm(["pack", "--json", "--pack-destination", into], checkout),
  ) as readonly [Listed] | Readonly<Record<string, Listed>>;
  // An array up to npm 11, an object by names later.
  const [listed] = Object.values(printed);
  if (listed === undefined) throw new Error(`npm pack made nothing of ${checkout}`);
  const { filename, size, unpackedSize, files } = listed;
  return { file: join(into, filename), bytes: size, unpacked_bytes: unpackedSize, files };
}

type Listed = {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: Tarball["files"];
};

/** What installing a tarball brings into an empty folder, without what is optional. */
export type Installation = {
  readonly packages: number;
  readonly bytes: number;
  readonly bytes_on_disk: number;
};

export async function install(tarball: string, folder: string): Promise<Installation> {
  writeFileSync(join(folder, "package.json"), '{"name":"empty","version":"1.0.0"}');
  await npm(["install", "--no-audit", "--no-fund", tarball], folder);
  const modules = join(folder, "node_modules");
  const files = readdirSync(modules, { recursive: true, encoding: "utf8" });
  const stats = files.map((file) => lstatSync(join(modules, file)));
  return {
    packages: files.filter((file) =>
      /(?:^|node_modules\/)(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(file),
    ).length,
    bytes: stats.reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0),
    // Blocks are of 512 bytes wherever `blocks` is known.
    bytes_on_disk: stats.reduce((sum, { blocks, size }) => sum + (blocks * 512 || size), 0),
  };
}

/** Runs npm as a user would, with the registry and the proxy of this machine; its output. */
export const npm = (args: readonly string[], cwd: string): Promise<string> =>
  output("npm", args, { cwd, env: userEnv(), limit_ms: 4 * minute_ms });

/** The environment without what npm told the script that this runs in. */
function userEnv(): Readonly<Record<string, string | undefined>> {
  const told = /^(npm_(package|lifecycle)_|npm_config_(local_prefix|loglevel)|INIT_CWD|NODE_ENV)/;
  const kept = Object.entries(process.env).filter(([name]) => !told.test(name));
  return { ...Object.fromEntries(kept), PATH: userPath() };
}
