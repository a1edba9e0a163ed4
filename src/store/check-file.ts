import { z } from "zod";

import type { TargetSetting } from "../domain/config.ts";
import type { Problem } from "../domain/text.ts";
import type { ConfigFile } from "./config.ts";
import type { Vendor } from "./providers/providers.ts";
import type { CheckDepth } from "./suites/check-grading.ts";
import type { OnTrial } from "./suites/check-proofs.ts";
import type { YamlHead, SuiteFolders } from "./suites/find-suites.ts";
import type { ParsedSuite } from "./suites/suites.ts";

import { loadScheme } from "../calling/auth/scheme.ts";
import { loadProtocol } from "../calling/protocol.ts";
import { Clauses } from "../domain/choosing/clauses.ts";
import { Prices } from "../domain/choosing/prices.ts";
import { Scorecard } from "../domain/choosing/scorecard.ts";
import { Traffic } from "../domain/choosing/traffic.ts";
import { formats } from "../domain/formats.ts";
import { Provider } from "../domain/provider.ts";
import { UserError } from "../domain/text.ts";
import { JudgeFile } from "../grading/judge/options.ts";
import { readConfigFile } from "./config.ts";
import { openGraders } from "./graders.ts";
import { authProblems } from "./providers/check-auth.ts";
import { openVendors, readProvider } from "./providers/providers.ts";
import { splitRef } from "./providers/target-ref.ts";
import { checkSuite } from "./suites/check-suite.ts";
import { boardSuites, findSuites } from "./suites/find-suites.ts";
import { parseSuite } from "./suites/suites.ts";
import { inOrder, type Locate, readYaml } from "./yaml/yaml.ts";

export type CheckOptions = {
  /** Supplies in-house graders and providers. */
  readonly config: ConfigFile | null;
  readonly folders: SuiteFolders;
  readonly depth: CheckDepth;
  /** Folder of the built-in providers. */
  readonly providers: string;
  readonly onTrial?: OnTrial;
};

/** The result for one file; `suite` is set if it is a readable suite. */
export type Checked = {
  readonly file: string;
  readonly schema: string | null;
  readonly suite: ParsedSuite | null;
  readonly problems: readonly Problem[];
};

/** For a file that does not state a known schema. */
const AnySchema = z.looseObject({
  schema: z.enum([
    formats.suite,
    formats.board,
    formats.judge,
    formats.provider,
    formats.config,
    formats.traffic,
    formats.clauses,
    formats.prices,
    formats.scorecard,
  ]),
});

/** Checks a suite, board, judge, provider, config or a buyer's own file. Every mistake becomes a problem with its location; none is thrown. */
export async function checkFile(head: YamlHead, options: CheckOptions): Promise<Checked> {
  const { file, schema } = head;
  let suite: ParsedSuite | null = null;
  const problems = await caught(file, async () => {
    if (schema === formats.suite) {
      suite = await parseSuite(file);
      return checkSuite(suite, openGraders(options.config), {}, options.depth, options.onTrial);
    }
    if (schema === formats.board) await boardSuites(file, options.folders);
    else if (schema === formats.judge) await readYaml(file, JudgeFile);
    else if (schema === formats.provider) return checkProvider(file);
    else if (schema === formats.traffic) await readYaml(file, Traffic);
    else if (schema === formats.clauses) await readYaml(file, Clauses);
    else if (schema === formats.prices) await readYaml(file, Prices);
    else if (schema === formats.scorecard) await readYaml(file, Scorecard);
    else if (schema === formats.config) return checkConfig(await readConfigFile(file), options);
    else await readYaml(file, AnySchema);
    return [];
  });
  return { file, schema, suite, problems };
}

async function checkProvider(file: string): Promise<readonly Problem[]> {
  const vendor = await readProvider(file);
  const { locate } = await readYaml(file, Provider);
  return checkNamed(vendor, locate);
}

/**
 * That what a vendor names can be loaded: a stray file in a plugin folder would else pass here, and die at the first call.
 * Also what its credential scheme does not know.
 */
async function checkNamed({ protocol, auth }: Vendor, locate: Locate): Promise<readonly Problem[]> {
  const [, scheme] = await Promise.all([
    loadProtocol(protocol),
    loadScheme(auth?.scheme ?? "none"),
  ]);
  return auth === undefined || scheme === null ? [] : authProblems(auth, scheme, locate);
}

/** Providers, targets, judges and in-house graders that a config names. */
async function checkConfig(
  config: ConfigFile,
  { providers, folders }: CheckOptions,
): Promise<readonly Problem[]> {
  const vendors = openVendors(providers, config);
  const graders = openGraders(config);
  const own = Object.keys(config.config.providers ?? {});
  const steps = [
    ...own.map((id) => ({
      path: ["providers", id],
      run: async () =>
        checkNamed(await vendors.get(id), (path, at) =>
          config.locate(["providers", id, ...path], at),
        ),
    })),
    ...namedTargets(config).map(({ path, ref }) => ({
      path,
      run: async () => {
        const { provider } = splitRef(ref);
        if (!own.includes(provider)) await vendors.get(provider);
        return [];
      },
    })),
    ...(config.config.suites ?? []).map((name, index) => ({
      path: ["suites", index],
      run: async () => {
        await findSuites([name], folders);
        return [];
      },
    })),
    ...Object.keys(config.config.graders ?? {}).map((id) => ({
      path: ["graders", id],
      run: async () => {
        await graders.load(id);
        return [];
      },
    })),
  ];
  const problems: Problem[] = [];
  for (const { path, run } of steps) {
    const found = await caught(config.file, run);
    problems.push(
      ...found.map((each) =>
        each.place.line === null ? { ...each, place: config.locate(path) } : each,
      ),
    );
  }
  return inOrder(problems);
}

function namedTargets({ config }: ConfigFile) {
  const targets = (config.targets ?? []).map((target: TargetSetting, index) =>
    typeof target === "string"
      ? { path: ["targets", index], ref: target }
      : { path: ["targets", index, "ref"], ref: target.ref },
  );
  const judges = Object.entries(config.judges ?? {}).flatMap(([name, panel]) => {
    const [use, base] = Array.isArray(panel)
      ? [panel, ["judges", name]]
      : [panel.use, ["judges", name, "use"]];
    return use.map((target: TargetSetting, index) => ({
      path: [...base, index],
      ref: typeof target === "string" ? target : target.ref,
    }));
  });
  return [...targets, ...judges];
}

/** Turns a `UserError` into its problems; one without any becomes a problem of the whole file. */
async function caught(
  file: string,
  check: () => Promise<readonly Problem[]>,
): Promise<readonly Problem[]> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.problems.length > 0) return error.problems;
    return [{ place: { file, line: null, column: null, path: "" }, message: error.text }];
  }
}
