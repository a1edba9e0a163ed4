import type { ItemLine } from "../../domain/run-file/lines.ts";

import { usePreferences } from "../data/preferences.ts";
import { visibleText } from "../data/visible-text.ts";

/** What was asked, and what would be right. */
export function ItemCard({
  item,
  wording,
}: {
  readonly item: ItemLine;
  /** Null for the base wording. */
  readonly wording: string | null;
}) {
  const { lang } = usePreferences();
  const prompt = item.asks.find((each) => each.wording === wording) ?? item.asks[0];
  const facts = [
    item.dimension.join(" / "),
    item.difficulty === null ? "" : `${{ zh: "难度", en: "difficulty" }[lang]} ${item.difficulty}`,
    ...item.tags,
    item.severity === null ? "" : { zh: "红线", en: "red line" }[lang],
  ].filter((fact) => fact !== "");
  return (
    <section className="card item-card">
      {facts.length > 0 && (
        <p className="tags">
          {facts.map((fact) => (
            <span key={fact}>{visibleText(fact)}</span>
          ))}
        </p>
      )}
      {prompt?.messages.map(({ role, text, calls = [], results = [] }, at) => (
        <Said
          // Messages of one prompt never change places.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          role={role}
          text={[
            text,
            ...calls.map((call) => `${call.name}(${call.arguments})`),
            ...results.map(({ name, content }) => `${name} → ${content}`),
          ].join("\n")}
        />
      ))}
      {prompt?.turns.map((text, at) => (
        <div key={`${at}`}>
          <Said role="user" text={text} />
          <Gold item={item} turn={at} />
        </div>
      ))}
    </section>
  );
}

const roles = {
  system: { zh: "系统", en: "System" },
  user: { zh: "提问", en: "User" },
  assistant: { zh: "示例回答", en: "Assistant" },
} as const;

function Said({ role, text }: { readonly role: keyof typeof roles; readonly text: string }) {
  const { lang } = usePreferences();
  return (
    <div className="said">
      <span className="role">{roles[role][lang]}</span>
      <p className="reply-text">{visibleText(text)}</p>
    </div>
  );
}

/** The parts of a gold that say something. */
function Gold({ item, turn }: { readonly item: ItemLine; readonly turn: number }) {
  const { lang } = usePreferences();
  const gold = item.turns[turn];
  if (gold === undefined) return null;
  const { grader, question: _question, weight: _weight, ...fields } = gold;
  const known = Object.entries(fields).filter(
    ([name, value]) =>
      name !== "options" &&
      value !== null &&
      value !== undefined &&
      !(Array.isArray(value) && value.length === 0),
  );
  return (
    <dl className="facts gold">
      {grader !== null && (
        <div>
          <dt>{{ zh: "评分器", en: "Grader" }[lang]}</dt>
          <dd>{grader.use}</dd>
        </div>
      )}
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{goldNames[name]?.[lang] ?? name}</dt>
          <dd>{visibleText(typeof value === "string" ? value : JSON.stringify(value))}</dd>
        </div>
      ))}
    </dl>
  );
}

const goldNames: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  answer: { zh: "标准答案", en: "Gold" },
  answers: { zh: "标准答案", en: "Golds" },
  aliases: { zh: "也算对", en: "Also right" },
  tolerance: { zh: "容差", en: "Tolerance" },
  unit: { zh: "单位", en: "Unit" },
  reference: { zh: "参考回答", en: "Reference" },
  rubric: { zh: "评分要点", en: "Rubric" },
  expect: { zh: "应当", en: "Expected" },
};
