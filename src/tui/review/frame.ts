import type { MadeRuling, RulingScene } from "./ui-state.ts";

import { clean, points } from "../../report/render/format.ts";
import { rulings, rulingWords } from "../../report/people/review/ruling.ts";
import { reasonWords } from "../../report/people/review/sheet.ts";
import { cellsOf } from "../../report/render/cells.ts";
import { blank, ends, fitLine, line, type Line, type Span } from "../line.ts";
import { caseLines } from "./case-lines.ts";
import { words } from "./words.ts";

const least = { columns: 30, rows: 10 };
const around = 5;

/** Lines of the answer that are seen at once. */
export const rulingRoom = (rows: number): number => Math.max(1, rows - around);

/** How many lines the shown answer has. */
export const rulingLength = ({ shown, ui, lang, columns }: RulingScene): number =>
  shown === null ? 0 : caseLines(shown, lang, columns, ui.revealed).length;

/** The whole screen: exactly `rows` lines, none wider than `columns`. */
export function rulingFrame(scene: RulingScene): readonly Line[] {
  const { columns, rows, lang } = scene;
  const small = columns < least.columns || rows < least.rows;
  const lines = small
    ? [line(words.tooSmall[lang])]
    : [...head(scene), ...body(scene), ...foot(scene)];
  return lines.slice(0, rows).map((each) => fitLine(each, columns));
}

function head(scene: RulingScene): readonly Line[] {
  const { ui, shown, total, made, who, lang, columns } = scene;
  const place = Math.min(ui.at + 1, total);
  const left = `${words.title[lang]} ${place}/${total} · ${words.ruled[lang]} ${made.size}`;
  const why = shown?.entry.why
    .map((each) => reasonWords[each][lang])
    .join(lang === "zh" ? "、" : ", ");
  const key = clean(shown?.answer.key ?? "");
  // Why it waits tells as much of the verdict as the verdict.
  const about = why === undefined || !ui.revealed ? key : `${why} · ${key}`;
  return [
    ends(line(left, "bold"), line(clean(who, 40), "accent"), columns),
    ends(line(about, "dim"), line(seen(scene), "dim"), columns),
  ];
}

/** Which lines of how many are seen. */
function seen(scene: RulingScene): string {
  const length = rulingLength(scene);
  const room = rulingRoom(scene.rows);
  if (length <= room) return "";
  const from = Math.min(scene.ui.scroll, length - room);
  return `${from + 1}-${from + room}/${length} ${words.lines[scene.lang]}`;
}

function body(scene: RulingScene): readonly Line[] {
  const { ui, shown, total, lang, columns, rows } = scene;
  const room = rulingRoom(rows);
  if (ui.at >= total) return padded([blank, line(words.done[lang], "good")], room);
  if (shown === null) return padded([line(words.reading[lang], "dim")], room);
  const lines = caseLines(shown, lang, columns, ui.revealed);
  const from = Math.min(ui.scroll, Math.max(0, lines.length - room));
  return padded(lines.slice(from, from + room), room);
}

const padded = (lines: readonly Line[], room: number): readonly Line[] => [
  ...lines,
  ...Array.from({ length: Math.max(0, room - lines.length) }, () => blank),
];

function foot(scene: RulingScene): readonly Line[] {
  const { ui, lang, columns } = scene;
  const keys = ui.draft === null ? words.keys : words.keysDraft;
  const last = ui.note === null ? line(keys[lang], "dim") : line(ui.note[lang], "bad");
  return [choices(scene), status(scene), fitLine(last, columns)];
}

/** The rulings with their keys; the one that was made or is being made stands out. */
function choices({ ui, made, lang, columns }: RulingScene): Line {
  const chosen = ui.draft?.verdict ?? made.get(ui.at)?.verdict;
  const spans = rulings.flatMap((verdict, index): readonly Span[] => [
    {
      text: ` ${index + 1} ${rulingWords[verdict][lang]} `,
      ...(verdict === chosen ? { tone: "selected" as const } : {}),
    },
    { text: " " },
  ]);
  return fitLine(spans, columns);
}

function status(scene: RulingScene): Line {
  const { ui, made, lang, columns } = scene;
  if (ui.draft !== null) {
    const { asks } = ui.draft;
    const label = `${words[asks][lang]}: `;
    return [{ text: label, tone: "bold" }, ...typing(ui.draft[asks], columns - cellsOf(label) - 1)];
  }
  const ruling = made.get(ui.at);
  return ruling === undefined ? blank : line(madeText(ruling, lang), "good");
}

/** The end of what is being typed, with a cursor, because that is where the writer looks. */
function typing(text: string, room: number): readonly Span[] {
  let shown = text;
  while (cellsOf(shown) > room) shown = shown.slice(1).toWellFormed();
  return [{ text: shown }, { text: "▏", tone: "accent" }];
}

function madeText({ verdict, value, reason }: MadeRuling, lang: RulingScene["lang"]): string {
  const credit = verdict === "partial" ? ` ${points(value)}` : "";
  const why = reason === "" ? "" : ` · ${clean(reason)}`;
  return `${words.before[lang]}: ${rulingWords[verdict][lang]}${credit}${why}`;
}
