import type { Ballot } from "../../domain/judging.ts";
import type { TurnScore } from "../../domain/run-file/lines.ts";
import type { ScoreRecord } from "../../report/page/answers.ts";

import { points } from "../../report/render/format.ts";
import { reasonText } from "../../report/render/reasons.ts";
import { verdictWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";
import { visibleText } from "../data/visible-text.ts";

/** What grader, judges and people said of an answer, and why. */
export function Grades({ record }: { readonly record: ScoreRecord }) {
  const { lang } = usePreferences();
  const { score, reviews } = record;
  const parts: readonly TurnScore[] = score === null ? [] : (score.turns ?? [score]);
  return (
    <section className="grades">
      {score !== null && (
        <h4>
          {{ zh: "评分", en: "Grade" }[lang]}{" "}
          <span className="faint">
            {score.grader.id} {score.grader.version}
          </span>
        </h4>
      )}
      {parts.map((part, at) => (
        <GradePart key={`${at}`} part={part} />
      ))}
      {reviews.map(({ who, when, verdict, value, reason, arbiter }) => (
        <div key={`${who}${when}`} className="ruling">
          <h4>
            {{ zh: "人工裁定", en: "Ruling" }[lang]} {visibleText(who)}
            {arbiter === true && { zh: "（仲裁）", en: " (arbiter)" }[lang]}
          </h4>
          <p>
            {verdictWords[verdict][lang]} {points(value, 0)} ·{" "}
            <time dateTime={when}>{when.slice(0, 16).replace("T", " ")}</time>
          </p>
          {reason !== "" && <p className="reply-text">{visibleText(reason)}</p>}
        </div>
      ))}
    </section>
  );
}

function GradePart({ part }: { readonly part: TurnScore }) {
  const { lang } = usePreferences();
  const { extracted, why, notes = {}, ballots = [], sub_scores = [] } = part;
  return (
    <div className="grade">
      <dl className="facts">
        <div>
          <dt>{{ zh: "读出", en: "Read" }[lang]}</dt>
          <dd>{extracted === null ? "—" : visibleText(extracted)}</dd>
        </div>
        <div>
          <dt>{{ zh: "理由", en: "Why" }[lang]}</dt>
          <dd>{why === "" ? "—" : visibleText(reasonText(why, lang))}</dd>
        </div>
        {Object.entries(notes).map(([name, value]) => (
          <div key={name}>
            <dt>{visibleText(name)}</dt>
            <dd>{visibleText(String(value))}</dd>
          </div>
        ))}
        {sub_scores.map(({ name, verdict, value }) => (
          <div key={name}>
            <dt>{visibleText(name)}</dt>
            <dd>
              {verdictWords[verdict][lang]} {points(value, 0)}
            </dd>
          </div>
        ))}
      </dl>
      {ballots.map((ballot) => (
        <BallotLine key={`${ballot.judge}${ballot.vote}`} ballot={ballot} />
      ))}
    </div>
  );
}

function BallotLine({ ballot }: { readonly ballot: Ballot }) {
  const { lang } = usePreferences();
  const { judge, vote, value, marks = {}, orders, reason, invalid } = ballot;
  const facts = [
    value === null ? "" : points(value, 0),
    ...Object.entries(marks).map(([name, mark]) => `${name} ${mark}`),
    orders === undefined ? "" : orders.join(" / "),
    invalid === null ? "" : `${{ zh: "无效", en: "invalid" }[lang]}: ${invalid}`,
  ].filter((fact) => fact !== "");
  return (
    <div className="ballot">
      <h4>
        {{ zh: "裁判", en: "Judge" }[lang]} {visibleText(judge)}
        {vote > 1 && ` #${vote}`}
      </h4>
      <p>{facts.map(visibleText).join(" · ")}</p>
      {reason !== null && <p className="reply-text">{visibleText(reason)}</p>}
    </div>
  );
}
