import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { ProviderBody } from "../../../domain/provider.ts";

type Vendor = ProviderBody & { readonly id: string };

/** A vendor as the build read and checked it, and the digest of the YAML that it read. */
type BuiltVendor = { readonly digest: string; readonly vendor: Vendor };

/** The folder that the build fills, at the top of `dist/`; a checkout has none. */
const folder = join(import.meta.dirname, "../../../vendors");

/** For the build: what `builtVendor` reads. Throws where JSON would not give the same back. */
export function builtText(yaml: string, vendor: Vendor): string {
  const built: BuiltVendor = { digest: digestOf(yaml), vendor };
  const text = JSON.stringify(built);
  if (!isDeepStrictEqual(JSON.parse(text), built)) throw new Error(`${vendor.id} is no plain JSON`);
  return `${text}\n`;
}

/**
 * The vendor in a YAML file as the build read it, which takes a fiftieth of the time; null where the build read none or
 * another text, as where somebody has changed the file since.
 */
export async function builtVendor(file: string, from: string = folder): Promise<Vendor | null> {
  const name = `${basename(file, ".yaml")}.json`;
  const built = await readFile(join(from, name), "utf8").catch(() => null);
  if (built === null) return null;
  const { digest, vendor } = JSON.parse(built) as BuiltVendor;
  return digest === digestOf(await readFile(file, "utf8")) ? vendor : null;
}

const digestOf = (yaml: string): string => hash("sha256", yaml);
