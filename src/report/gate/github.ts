import type { Lang } from "../../domain/text.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { Failure, View } from "../view/model.ts";

import { colon } from "../../domain/text.ts";
import { redact } from "../../text/secrets/redact.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { clean } from "../render/format.ts";
import { plain } from "../render/plain.ts";

export type Annotation = {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
};

/** A workflow command of GitHub Actions that marks a run (docs.github.com, Workflow commands). */
export const annotationLine = ({ level, title, message }: Annotation): string =>
  `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;

const escapeData = (text: string): string => plain(text).replaceAll("%", "%25");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** One annotation for each kind of failure, because GitHub shows at most ten per level. */
export function failureAnnotations(
  failures: readonly Failure[],
  lang: Lang,
  hide: readonly string[] = [],
): readonly Annotation[] {
  const kinds = Map.groupBy(failures, ({ target, outcome }) => `${target} ${outcome}`);
  return [...kinds].slice(0, 10).map(([kind, members]) => {
    const [first] = members;
    const said = redact([first?.code, first?.message].filter(Boolean).join(" "), hide);
    const times = lang === "zh" ? `${members.length} 次` : `${members.length} times`;
    return { level: "warning", title: kind, message: clean(`${times}${colon[lang]}${said}`, 600) };
  });
}

/** The step summary: the leaderboard in Markdown. GitHub takes at most 1 MiB. */
export const stepSummary = (view: View, board: Leaderboard, lang: Lang): string =>
  leaderboardMarkdown(view, board, lang).slice(0, 1_000_000);
