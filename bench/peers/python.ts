import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Programs that use Hugging Face's libraries must look for nothing on the network. */
export const offline = { HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1", COLUMNS: "200" };

/** The version of a package in a virtual environment, by the folder in which pip notes it; null where there is none. */
export function pythonVersion(environment: string, name: string): string | null {
  for (const folder of readdirSync(join(environment, "lib"))) {
    const packages = readdirSync(join(environment, "lib", folder, "site-packages"));
    for (const each of packages) {
      const [, found, version] = /^(.+)-([^-]+)\.dist-info$/.exec(each) ?? [];
      if (found?.toLowerCase() === name && version !== undefined) return version;
    }
  }
  return null;
}
