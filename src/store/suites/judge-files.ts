import { dirname, isAbsolute, join } from "node:path";

import type { GraderRef, Suite } from "../../domain/suite.ts";
import type { Problem } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";

import { digestOf } from "../../domain/digest.ts";
import { UserError } from "../../domain/text.ts";
import { problemError } from "../../files/text-file.ts";
import { JudgeFile } from "../../grading/judge/options.ts";
import { problemAt, readYaml } from "../yaml/yaml.ts";

type Path = readonly (string | number)[];

/**
 * A suite with the judge files that its graders name in `with: {file: …}` put in their place, so that everything that decides
 * stands in the run file and in the grader's digest. What the suite says beside `file` goes before what the file says. Paths
 * are relative to the suite. Rejects with a `UserError` that holds every problem.
 */
export async function withJudgeFiles(suite: Suite, file: string, locate: Locate): Promise<Suite> {
  const problems: Problem[] = [];
  const resolve = async (ref: GraderRef, path: Path): Promise<GraderRef> => {
    const { file: named, ...own } = ref.with ?? {};
    if (ref.use !== "judge" || typeof named !== "string") return ref;
    try {
      const shown = isAbsolute(named) ? named : join(dirname(file), named);
      return { use: ref.use, with: { ...(await judgeFile(shown)), ...own } };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const at = problemAt(locate, [...path, "with", "file"], error.text);
      problems.push(...(error.problems.length > 0 ? error.problems : [at]));
      return ref;
    }
  };
  const tasks = await Promise.all(
    suite.tasks.map(async (task, index) => {
      const at: Path = ["tasks", index];
      const grader = await resolve(task.grader, [...at, "grader"]);
      if (!Array.isArray(task.items)) return { ...task, grader };
      const items = await Promise.all(
        task.items.map(async (item, number) => {
          const place = [...at, "items", number];
          const turns = await Promise.all(
            (item.turns ?? []).map(async (turn, n) =>
              turn.grader === undefined
                ? turn
                : { ...turn, grader: await resolve(turn.grader, [...place, "turns", n, "grader"]) },
            ),
          );
          return {
            ...item,
            ...(item.turns === undefined ? {} : { turns }),
            ...(item.grader === undefined
              ? {}
              : { grader: await resolve(item.grader, [...place, "grader"]) }),
          };
        }),
      );
      return { ...task, grader, items };
    }),
  );
  if (problems.length > 0) throw problemError(problems);
  return { ...suite, tasks };
}

/** The digests of the judge files in a suite, for the suite's own; empty where there are none. */
export const judgeDigests = (suite: Suite): readonly unknown[] =>
  suite.tasks.flatMap((task) =>
    [
      task.grader,
      ...(Array.isArray(task.items) ? task.items : []).map((item) => item.grader),
    ].flatMap((ref) =>
      ref?.use === "judge" && ref.with?.["named"] !== undefined ? [ref.with["named"]] : [],
    ),
  );

async function judgeFile(file: string): Promise<NonNullable<GraderRef["with"]>> {
  const { value, text } = await readYaml(file, JudgeFile);
  const { schema: _s, id, version, title: _t, ...options } = value;
  const named = { id, version, digest: digestOf(text) };
  // Through JSON, as it will stand in the run file: what is not said is left out.
  return JSON.parse(JSON.stringify({ ...options, named })) as NonNullable<GraderRef["with"]>;
}
