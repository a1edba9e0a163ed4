import type { SuiteFile } from "../../store/suites/suites.ts";

import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder, packageVersion } from "../../store/builtin.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { readSuite } from "../../store/suites/suites.ts";

/** What `baimo --version` prints. */
export const versionText = (): string => packageVersion().version;

/**
 * What `baimo --version --json` prints: what a report of a fault or an audit needs to tell two installations apart.
 * `commit` is null where it is not known; `suites` has the digests that run files hold, of the suites that ship.
 */
export async function versionJson(): Promise<string> {
  const builtin = builtinFolder("suites");
  const files = await findSuites([builtin], { cwd: builtin, builtin });
  const suites = await Promise.all(files.map((file): Promise<SuiteFile> => readSuite(file)));
  const { version, commit } = packageVersion();
  return jsonText(
    {
      version,
      commit,
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
      suites: Object.fromEntries(suites.map(({ suite, digest }) => [suite.id, digest])),
    },
    2,
  );
}
