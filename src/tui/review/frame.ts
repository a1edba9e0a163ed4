import type { MadeRuling, RulingFrameData } from "./ui-state.ts";

import { colon } from "../../domain/text.ts";
import { rulings, rulingWords } from "../../report/people/review/ruling.ts";
import { reasonWords } from "../../report/people/review/sheet.ts";
import { clean, points } from "../../report/render/format.ts";
import { cellsOf } from "../../report/render/width.ts";
import { blank, ends, fitLine, line, type Line, type Span } from "../line.ts";
import { caseLines } from "./case-lines.ts";
import { words } from "./words.ts";

const minSize = { columns: 30, rows: 10 };
const surroundingRows = 5;

/** Lines of the answer that are visible at once. */
export const rulingRoom = (rows: number): number => Math.max(1, rows - surroundingRows);

/** Number of lines of the current answer. */
export const rulingLength = ({ shown, ui, lang, columns }: RulingFrameData): number =>
  shown === null ? 0 : caseLines(shown, lang, columns, ui.revealed).length;

/** The whole screen: exactly `rows` lines, none wider than `columns`. */
export function rulingFrame(data: RulingFrameData): readonly Line[] {
  const { columns, rows, lang } = data;
  const small = columns < minSize.columns || rows < minSize.rows;
  const lines = small
    ? [line(words.tooSmall[lang])]
    : [...head(data), ...body(data), ...foot(data)];
  return lines.slice(0, rows).map((each) => fitLine(each, columns));
}

function head(data: RulingFrameData): readonly Line[] {
  const { ui, shown, total, made, who, lang, columns } = data;
  const place = Math.min(ui.at + 1, total);
  const left = `${words.title[lang]} ${place}/${total} · ${words.ruled[lang]} ${made.size}`;
  const why = shown?.entry.why
    .map((each) => reasonWords[each][lang])
    .join(lang === "zh" ? "、" : ", ");
  const key = clean(shown?.answer.key ?? "");
  // The reason for the review gives as much away as the verdict.
  const about = why === undefined || !ui.revealed ? key : `${why} · ${key}`;
  return [
    ends(line(left, "bold"), line(clean(who ?? "", 40), "accent"), columns),
    ends(line(about, "dim"), line(position(data), "dim"), columns),
  ];
}

/** The visible lines and the total. */
function position(data: RulingFrameData): string {
  const length = rulingLength(data);
  const room = rulingRoom(data.rows);
  if (length <= room) return "";
  const from = Math.min(data.ui.scroll, length - room);
  return `${from + 1}-${from + room}/${length} ${words.lines[data.lang]}`;
}

function body(data: RulingFrameData): readonly Line[] {
  const { ui, shown, total, lang, columns, rows } = data;
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

function foot(data: RulingFrameData): readonly Line[] {
  const { ui, lang, columns } = data;
  const keys = ui.draft === null ? words.keys : words.keysDraft;
  const last = ui.note === null ? line(keys[lang], "dim") : line(ui.note[lang], "bad");
  return [choices(data), status(data), fitLine(last, columns)];
}

/** The rulings with their keys; the saved or drafted one is highlighted. */
function choices({ ui, made, lang, columns }: RulingFrameData): Line {
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

function status(data: RulingFrameData): Line {
  const { ui, made, lang, columns } = data;
  if (ui.draft !== null) {
    const { field } = ui.draft;
    const label = `${words[field][lang]}: `;
    return [
      { text: label, tone: "bold" },
      ...typing(ui.draft[field], columns - cellsOf(label) - 1),
    ];
  }
  const ruling = made.get(ui.at);
  return ruling === undefined ? blank : line(madeText(ruling, lang), "good");
}

/** The end of the typed text with a cursor, because that is where the user is typing. */
function typing(text: string, room: number): readonly Span[] {
  let shown = text;
  while (cellsOf(shown) > room) shown = shown.slice(1).toWellFormed();
  return [{ text: shown }, { text: "▏", tone: "accent" }];
}

function madeText({ verdict, value, reason }: MadeRuling, lang: RulingFrameData["lang"]): string {
  const credit = verdict === "partial" ? ` ${points(value)}` : "";
  const why = reason === "" ? "" : ` · ${clean(reason)}`;
  return `${words.before[lang]}${colon[lang]}${rulingWords[verdict][lang]}${credit}${why}`;
}
