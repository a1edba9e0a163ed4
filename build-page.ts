/** Bundles the report page, script and style, into a folder: by `build.ts`, and alone where a checkout is run without a build. */
import { join } from "node:path";

import { build, type Metafile } from "esbuild";

const page = join(import.meta.dirname, "src/page");

/** Writes `page.js` and `page.css` into `outdir`; resolves to what they were made of. */
export async function buildPage(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: { page: join(page, "main.tsx") },
    outdir,
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    // As in build.ts: paths decide the bytes.
    preserveSymlinks: true,
    platform: "browser",
    target: ["chrome109", "firefox115", "safari16.4"],
    jsx: "automatic",
    charset: "utf8",
    define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
    alias: { "node:util": join(page, "node-util.ts") },
    legalComments: "none",
    logLevel: "warning",
  });
  return metafile;
}

const [, started, outdir] = process.argv;
if (started === import.meta.filename && outdir !== undefined) await buildPage(outdir);
