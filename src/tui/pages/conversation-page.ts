import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine, GoldTurn, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { Lang } from "../../domain/text.ts";
import type { AnswerLines } from "../run-lines.ts";
import type { OpenConversation, FrameData } from "../ui-state.ts";

import { isGraded } from "../../domain/outcome.ts";
import { turnsAsked } from "../../domain/rotate.ts";
import { colon } from "../../domain/text.ts";
import { callTexts } from "../../report/agents/trajectory.ts";
import { verdictText } from "../../report/people/review/verdict-text.ts";
import { constraintLines } from "../../report/render/constraints.ts";
import { clean, count, money, seconds } from "../../report/render/format.ts";
import { passageTexts } from "../../report/render/passages.ts";
import { reasonText } from "../../report/render/reasons.ts";
import { subScoreLines } from "../../report/render/sub-scores.ts";
import { wrap } from "../../report/render/width.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { blank, fitLine, line, type Line, type Tone } from "../line.ts";
import { words } from "../words.ts";

/** One item and its conversation, from line `scroll` on. */
export function conversationPage(
  { ui, lang, columns }: FrameData,
  reading: OpenConversation,
  room: number,
): readonly Line[] {
  const title = fitLine(line(clean(reading.key), "bold"), columns);
  if (reading.lines === null) return [title, fitLine(line(words.reading[lang], "dim"), columns)];
  if (reading.lines === "missing")
    return [title, fitLine(line(words.notFound[lang], "warn"), columns)];
  const body = conversation(reading.lines, lang, columns);
  const from = Math.min(ui.scroll, Math.max(0, body.length - (room - 1)));
  return [title, ...body.slice(from, from + room - 1)];
}

/** Number of lines of a conversation, which bounds scrolling. */
export const conversationLength = (lines: AnswerLines, lang: Lang, columns: number): number =>
  conversation(lines, lang, columns).length;

const cache = new WeakMap<AnswerLines, { name: string; lines: readonly Line[] }>();

function conversation(lines: AnswerLines, lang: Lang, columns: number): readonly Line[] {
  const name = `${lang} ${columns}`;
  const known = cache.get(lines);
  if (known?.name === name) return known.lines;
  const made = build(lines, lang, columns);
  cache.set(lines, { name, lines: made });
  return made;
}

function build({ item, answer, score }: AnswerLines, lang: Lang, columns: number): readonly Line[] {
  const asked = item?.asks.find(({ wording }) => wording === (answer?.wording ?? null));
  const turns = Math.max(asked?.turns.length ?? 0, answer?.turns.length ?? 0);
  const golds = item === null ? [] : turnsAsked(item, answer?.wording ?? null);
  return [
    ...(score === null ? [] : scoreLines({ item, answer, score }, lang, columns)),
    ...(item === null ? [] : [dimensionLine(item, columns)]),
    ...(asked?.messages ?? []).flatMap(({ role, text }) =>
      paragraph(words.roles[role][lang], text, "dim", columns),
    ),
    ...Array.from({ length: turns }, (_, turn) => [
      ...questionLines(asked?.turns[turn], lang, columns),
      ...goldLines(golds[turn], lang, columns),
      ...callLines(answer, turn, lang, columns),
    ]).flat(),
  ];
}

function scoreLines(
  { item, answer, score }: AnswerLines & { readonly score: ScoreLine },
  lang: Lang,
  columns: number,
): readonly Line[] {
  const tone: Tone =
    score.verdict === "right" ? "good" : score.verdict === "unresolved" ? "warn" : "bad";
  const facts = [
    `${words.grader[lang]} ${clean(score.grader.id)}`,
    `${words.extracted[lang]} ${clean(score.extracted ?? "—", 200)}`,
    clean(reasonText(score.why, lang), 300),
  ];
  const constraints = (score.turns ?? [score]).flatMap(({ notes, sub_scores }) => [
    ...subScoreLines(sub_scores, lang),
    ...constraintLines(notes, lang),
  ]);
  return [
    fitLine(
      [
        { text: verdictText({ item, answer, score }, lang), tone },
        { text: `  ${facts.join(" · ")}` },
      ],
      columns,
    ),
    ...constraints.flatMap((each) =>
      wrap(clean(each, 400), columns).map((part) =>
        line(part, each.startsWith("✓") ? "good" : each.startsWith("✗") ? "bad" : "warn"),
      ),
    ),
  ];
}

const dimensionLine = ({ dimension, tags }: ItemLine, columns: number): Line =>
  fitLine(line(clean([dimension.join(" / "), ...tags].join(" · "), 400), "dim"), columns);

function goldLines(gold: GoldTurn | undefined, lang: Lang, columns: number): readonly Line[] {
  const given = gold?.answer ?? gold?.answer_map ?? gold?.answers ?? gold?.expect ?? null;
  if (given === null) return [];
  const text = typeof given === "object" ? JSON.stringify(given) : String(given);
  return [fitLine(line(`${words.gold[lang]}${colon[lang]}${clean(text, 400)}`, "good"), columns)];
}

function callLines(
  answer: AnswerLine | null,
  turn: number,
  lang: Lang,
  columns: number,
): readonly Line[] {
  const call = answer?.turns[turn];
  if (call === undefined) return [];
  return [
    ...(call.reasoning === ""
      ? []
      : paragraph(words.roles.reasoning[lang], call.reasoning, "dim", columns)),
    ...(isGraded(call.outcome)
      ? [
          ...paragraph(words.roles.assistant[lang], call.text, undefined, columns),
          ...doneLines(call, columns),
          ...(call.passages === undefined
            ? []
            : paragraph(
                words.roles.passages[lang],
                passageTexts(call.passages).join("\n"),
                "dim",
                columns,
              )),
        ]
      : []),
    ...attemptLines(call, lang, columns),
    fitLine(line(factsOf(call, lang), "dim"), columns),
  ];
}

/** An agent is asked once: what follows are its own requests. */
const questionLines = (text: string | undefined, lang: Lang, columns: number): readonly Line[] =>
  text === undefined ? [] : paragraph(words.roles.user[lang], text, "accent", columns);

/** The calls of a reply, and what came back. */
const doneLines = (call: CallRecord, columns: number): readonly Line[] =>
  callTexts(call).flatMap((text) =>
    wrap(clean(text, 4_000), columns).map((part) =>
      line(part, text.startsWith("→") ? "accent" : "dim"),
    ),
  );

function attemptLines({ attempts }: CallRecord, lang: Lang, columns: number): readonly Line[] {
  return attempts
    .filter(({ outcome }) => !isGraded(outcome))
    .flatMap(({ outcome, status, code, message }) => {
      const details = [status, code, message]
        .filter((part) => part !== null && part !== "")
        .join(" ");
      const text = clean(`✗ ${outcomeWords[outcome][lang]} ${details}`, 600);
      return wrap(text, columns).map((each) => line(each, "bad"));
    });
}

function factsOf({ timing, usage, cost, attempts }: CallRecord, lang: Lang): string {
  const s = words.seconds[lang];
  return [
    ...(timing === null
      ? []
      : [
          `${words.ttft[lang]} ${seconds(timing.first_token_ms)} ${s}`,
          `${words.total[lang]} ${seconds(timing.total_ms)} ${s}`,
        ]),
    `${words.tokens[lang]} ${count(usage.input, lang)}/${count(usage.output, lang)}`,
    money(cost, lang),
    ...(attempts.length > 1 ? [`${attempts.length} ${words.attempts[lang]}`] : []),
  ].join(" · ");
}

const maxLines = 2_000;

function paragraph(
  role: string,
  text: string,
  tone: Tone | undefined,
  columns: number,
): readonly Line[] {
  const lines =
    text.trim() === ""
      ? []
      : text
          .trimEnd()
          .split(/\r\n|[\n\r\u2028\u2029]/)
          .slice(0, maxLines);
  return [
    blank,
    line(`[${role}]`, "bold"),
    ...lines.flatMap((each) => wrap(clean(each, 20_000), columns).map((part) => line(part, tone))),
  ];
}
