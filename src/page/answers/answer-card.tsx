import type { CallRecord } from "../../domain/call.ts";
import type { AnswerRecord, ScoreRecord } from "../../report/page/answers.ts";
import type { PageIndex } from "../../report/page/make-report.ts";

import { money, points } from "../../report/render/format.ts";
import { passageTexts } from "../../report/render/passages.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";
import { aroundLast, visibleText } from "../data/visible-text.ts";
import { Folding } from "./folding.tsx";
import { Grades } from "./grades.tsx";
import { Timeline } from "./timeline.tsx";
import { Trajectory } from "./trajectory.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

/** One target's answer: conversation, grade, attempts. */
export function AnswerCard({
  index,
  at,
  name,
  mismatch,
  folded,
  answer,
  score,
}: {
  readonly index: PageIndex;
  readonly at: number;
  readonly name: string;
  /** What of the target did not come as asked. */
  readonly mismatch: string | null;
  /** Replies are shown when they are asked for alone. */
  readonly folded: boolean;
  readonly answer: AnswerRecord;
  readonly score: ScoreRecord | null;
}) {
  const value = index.answers.value[at] ?? -1;
  const { turns } = answer;
  const grades = score?.score?.turns ?? (score?.score == null ? [] : [score.score]);
  return (
    <article className="card answer-card">
      <header>
        <h3>{name}</h3>
        {mismatch !== null && <span className="badge badge-warning">{mismatch}</span>}
        <VerdictMark
          code={index.answers.verdict[at] ?? 0}
          verdicts={index.verdicts}
          refused={index.answers.refused[at] === 1}
        />
        {value >= 0 && <span className="answer-value">{points(value, 0)}</span>}
      </header>
      <Trajectory turns={turns} />
      {turns.map((turn, place) => (
        <Turn
          key={`${place}`}
          turn={turn}
          folded={folded}
          // Of one grade for a whole conversation, what was read stands in the last reply.
          extracted={
            grades.length === turns.length
              ? (grades[place]?.extracted ?? null)
              : place === turns.length - 1
                ? (score?.score?.extracted ?? null)
                : null
          }
        />
      ))}
      {score !== null && <Grades record={score} />}
    </article>
  );
}

function Turn({
  turn,
  folded,
  extracted,
}: {
  readonly turn: CallRecord;
  readonly folded: boolean;
  readonly extracted: string | null;
}) {
  const { lang } = usePreferences();
  const { reasoning, outcome, usage, cost, model_returned, finish, results = [] } = turn;
  const calls = turn.tool_calls ?? turn.played ?? [];
  return (
    <div className="turn">
      {reasoning !== "" && (
        <details className="reasoning">
          <summary>
            {
              {
                zh: `思考过程（${reasoning.length.toLocaleString("en-US")} 字符）`,
                en: `Reasoning (${reasoning.length.toLocaleString("en-US")} characters)`,
              }[lang]
            }
          </summary>
          <p className="reply-text">{visibleText(reasoning)}</p>
        </details>
      )}
      {/* A reply that only calls tools has nothing to read. */}
      {(turn.text !== "" || calls.length === 0) && (
        <Folding text={turn.text} folded={folded}>
          <Reply text={turn.text} extracted={extracted} outcome={outcome} />
        </Folding>
      )}
      {calls.map((call, at) => (
        <pre key={`${call.id ?? ""}${at}`} className="call">
          {visibleText(`${call.name}(${call.arguments})`)}
          {results[at] !== undefined && visibleText(`\n→ ${results[at].content}`)}
        </pre>
      ))}
      {turn.passages !== undefined && (
        <details className="reasoning">
          <summary>
            {
              {
                zh: `检索到的段落（${turn.passages.length} 段）`,
                en: `Retrieved passages (${turn.passages.length})`,
              }[lang]
            }
          </summary>
          {passageTexts(turn.passages).map((text, at) => (
            <p key={at} className="reply-text">
              {visibleText(text)}
            </p>
          ))}
        </details>
      )}
      <Timeline turn={turn} />
      <p className="turn-facts">
        {[
          outcome === "ok" ? "" : outcomeWords[outcome][lang],
          finish === null ? "" : `finish ${finish.raw ?? finish.reason}`,
          `${usage.input ?? "?"} → ${usage.output ?? "?"} tokens`,
          usage.cached_input === null || usage.cached_input === 0
            ? ""
            : `${{ zh: "缓存", en: "cached" }[lang]} ${usage.cached_input}`,
          usage.reasoning === null || usage.reasoning === 0
            ? ""
            : `${{ zh: "思考", en: "reasoning" }[lang]} ${usage.reasoning}`,
          turn.timing === null && turn.batch === undefined ? "" : money(cost, lang),
          turn.batch === undefined
            ? ""
            : { zh: "批量，无延迟数据", en: "in a batch, no latencies" }[lang],
          model_returned ?? "",
        ]
          .filter((fact) => fact !== "")
          .map(visibleText)
          .join(" · ")}
      </p>
    </div>
  );
}

/** The reply, with what the grader read out of it marked where it stands in it. */
function Reply({
  text,
  extracted,
  outcome,
}: {
  readonly text: string;
  readonly extracted: string | null;
  readonly outcome: CallRecord["outcome"];
}) {
  const { lang } = usePreferences();
  if (text === "") return <p className="faint">[{outcomeWords[outcome][lang]}]</p>;
  const parts = aroundLast(text, extracted);
  if (parts === null) return <p className="reply-text">{visibleText(text)}</p>;
  const [before, read, after] = parts;
  return (
    <p className="reply-text">
      {visibleText(before)}
      <mark title={{ zh: "评分器读出的答案", en: "what the grader read" }[lang]}>
        {visibleText(read)}
      </mark>
      {visibleText(after)}
    </p>
  );
}
