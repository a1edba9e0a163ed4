import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** The page's own script and style, which do not depend on the data. */
export type PageAssets = { readonly script: string; readonly style: string };

/** In `dist/`, the page lies beside the program; a checkout that runs its sources makes it when it is older than they are. */
export async function pageAssets(): Promise<PageAssets> {
  const beside = join(import.meta.dirname, "../../page");
  const folder = existsSync(join(beside, "page.js")) ? beside : await madeInCheckout(beside);
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  return { script: read("page.js"), style: read("page.css") };
}

async function madeInCheckout(sources: string): Promise<string> {
  const root = join(sources, "../..");
  const folder = join(root, "dist/page");
  const made = timeOf(join(folder, "page.js"));
  const files = globSync(["*.{ts,tsx,css}", "*/*.{ts,tsx,css}"], { cwd: sources });
  if (files.some((file) => timeOf(join(sources, file)) > made)) {
    await promisify(execFile)(process.execPath, [join(root, "build-page.ts"), folder]);
  }
  return folder;
}

const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -1;
