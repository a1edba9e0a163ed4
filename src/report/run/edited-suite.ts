import type { RunLine } from "../../domain/run-file/header.ts";
import type { Text } from "../../domain/text.ts";

/** A suite that was edited between two runs. */
export type EditedSuite = {
  readonly id: string;
  readonly older: RunLine;
  readonly newer: RunLine;
  /** Suites that neither run holds otherwise than the other. */
  readonly alike: readonly string[];
};

/** The first suite of which two of the runs hold different contents; `only` these are looked at, or all. */
export function editedSuite(
  runs: readonly RunLine[],
  only: readonly string[] = [],
): EditedSuite | null {
  const digestOf = (run: RunLine, id: string) => run.suites.find((each) => each.id === id)?.digest;
  const sorted = runs.toSorted((a, b) => a.started_at.localeCompare(b.started_at, "en"));
  for (const [place, newer] of sorted.entries()) {
    for (const { id, digest } of newer.suites) {
      if (only.length > 0 && !only.includes(id)) continue;
      const older = sorted.slice(0, place).find((run) => (digestOf(run, id) ?? digest) !== digest);
      if (older === undefined) continue;
      const alike = newer.suites.filter((each) => digestOf(older, each.id) === each.digest);
      return { id, older, newer, alike: alike.map((suite) => suite.id) };
    }
  }
  return null;
}

/** Which of the runs is the older one, how many items each holds, and what to type to have both of one content. */
export function editedText({ id, older, newer, alike }: EditedSuite): { what: Text; cure: Text } {
  const [before, after] = [older, newer].map(
    ({ suites }) => suites.find((each) => each.id === id)?.items ?? 0,
  );
  const models = older.targets.filter(({ baseline }) => !baseline).map(({ ref }) => `-m ${ref}`);
  const again = `baimo run ${[id, ...models].join(" ")}`;
  const rest = alike.map((each) => `--suite ${each}`).join(" ");
  return {
    what: {
      zh: `${older.id} 里 ${before} 题，${newer.id} 里 ${after} 题，两次之间改过`,
      en: `${before} items in ${older.id}, ${after} in ${newer.id}, edited in between`,
    },
    cure: {
      zh: `按现在的题集再问一遍旧的：${again}${rest === "" ? "" : `；没有改过的题集可以比：加 ${rest}`}`,
      en: `ask the older one again with the suite as it is now: ${again}${rest === "" ? "" : `; what was not edited can be compared: add ${rest}`}`,
    },
  };
}
