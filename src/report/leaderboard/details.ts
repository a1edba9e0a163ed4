import type { Lang } from "../../domain/text.ts";
import type { Column } from "../render/table.ts";
import type { Entry, Leaderboard } from "./leaderboard.ts";

import { estimateText, detailSections, isShown, type Section } from "../detail/sections.ts";
import { targetName } from "../render/format.ts";
import { safetySections, type SafetyTarget } from "../safety/text.ts";

/** What the scores of a leaderboard are made of. Baselines have no trials, checks or labels worth a table. */
export const sectionsOf = (board: Leaderboard, lang: Lang): readonly Section[] => [
  ...safetySections(safetyTargets(board, lang), lang),
  ...scoreDetails(board, lang),
];

/** The same without the section 安全. */
export const scoreDetails = ({ entries, decimals }: Leaderboard, lang: Lang): readonly Section[] =>
  detailSections(
    entries
      .filter(({ summary }) => !summary.baseline)
      .map(({ summary }) => ({
        ...summary,
        name: targetName(summary.target, summary.simulated, lang),
      })),
    decimals,
    lang,
  );

/** The targets of a leaderboard that were asked a safety bank. Baselines are: they show what refusing all, or nothing, gets. */
export const safetyTargets = (
  { entries }: Pick<Leaderboard, "entries">,
  lang: Lang,
): readonly SafetyTarget[] =>
  entries.flatMap(({ summary: { target, simulated, safety, red_lines } }) =>
    safety === null ? [] : [{ name: targetName(target, simulated, lang), safety, red_lines }],
  );

type DetailColumn = Column & { readonly cell: (entry: Entry) => string };

/** The same as columns of a table with one row per target: `pass@2`, `sub-score s/t/字数`, `macro-F1 s/t`. */
export function detailColumns({ entries, decimals }: Leaderboard): readonly DetailColumn[] {
  const summaries = entries.map(({ summary }) => summary);
  const most = Math.max(0, ...summaries.map(({ trials }) => trials?.most ?? 0));
  const ks = Array.from({ length: most }, (_, at) => at + 1).filter((k) => isShown(k, most));
  const share = (name: string, k: number, kind: "pass_at" | "pass_all" | "majority") => ({
    title: `${name}${k}`,
    cell: ({ summary }: Entry) => {
      const found = summary.trials?.at.find((each) => each.k === k)?.[kind] ?? null;
      return found === null ? "" : estimateText(found, decimals);
    },
  });
  const parts = new Set(
    summaries.flatMap(({ sub_scores }) => sub_scores.map((each) => partName(each))),
  );
  const tasks = new Set(
    summaries.flatMap(({ labels }) => labels.map(({ suite, task }) => `${suite}/${task}`)),
  );
  return [
    ...ks.flatMap((k) => [
      share("pass@", k, "pass_at"),
      share("pass^", k, "pass_all"),
      share("maj@", k, "majority"),
    ]),
    ...[...parts].map((part) => ({
      title: `sub-score ${part}`,
      cell: ({ summary }: Entry) => {
        const found = summary.sub_scores.find((each) => partName(each) === part);
        return found === undefined ? "" : estimateText(found.value, decimals);
      },
    })),
    ...[...tasks].map((task) => ({
      title: `macro-F1 ${task}`,
      cell: ({ summary }: Entry) => {
        const found = summary.labels.find((each) => `${each.suite}/${each.task}` === task);
        return found === undefined ? "" : estimateText(found.macro_f1, decimals);
      },
    })),
  ];
}

const partName = ({ suite, task, name }: { suite: string; task: string; name: string }): string =>
  `${suite}/${task}/${name}`;
