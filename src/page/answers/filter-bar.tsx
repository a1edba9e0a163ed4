import { useState } from "react";

import type { Verdict } from "../../domain/grader.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Text } from "../../domain/text.ts";
import type { PageIndex } from "../../report/page/make-report.ts";
import type { ShownReport } from "../data/page-data.ts";

import { outcomeWords, verdictWords } from "../../report/render/words.ts";
import { useSay } from "../data/preferences.ts";
import { type FilterName, type Filters, sorts } from "./filters.ts";

type Option = { readonly value: string; readonly label: string };

/** Everything by which answers are chosen. Only what the run holds is offered. */
export function FilterBar({
  report,
  index,
  filters,
  change,
  find,
}: {
  readonly report: ShownReport;
  readonly index: PageIndex;
  readonly filters: Filters;
  readonly change: (filter: FilterName, value: string) => void;
  /** Searches the texts themselves; an empty one ends that. */
  readonly find: (wanted: string) => void;
}) {
  const say = useSay();
  const [text, setText] = useState("");
  const used = (codes: readonly number[]): ReadonlySet<number> => new Set(codes);
  const verdicts = used(index.answers.verdict);
  const outcomes = used(index.answers.outcome);
  const paths = [...new Set(index.tasks.map(({ dimension }) => JSON.stringify(dimension)))];
  const select = (
    filter: FilterName,
    label: Text,
    options: readonly Option[],
    none: Text = { zh: "全部", en: "all" },
  ) =>
    options.length < 2 && filters[filter] === "" ? null : (
      <label className="field" key={filter}>
        {say(label)}
        <select
          value={filters[filter]}
          onChange={({ target }) => {
            change(filter, target.value);
          }}
        >
          <option value="">{say(none)}</option>
          {options.map(({ value, label: shown }) => (
            <option key={value} value={value}>
              {shown}
            </option>
          ))}
        </select>
      </label>
    );
  const check = (filter: FilterName, label: Text) => (
    <label className="check" key={filter}>
      <input
        type="checkbox"
        checked={filters[filter] !== ""}
        onChange={({ target }) => {
          change(filter, target.checked ? "1" : "");
        }}
      />
      {say(label)}
    </label>
  );
  const least = (filter: FilterName, label: Text) => (
    <label className="field" key={filter}>
      {say(label)}
      <input
        type="number"
        min="0"
        inputMode="numeric"
        value={filters[filter]}
        onChange={({ target }) => {
          change(filter, target.value);
        }}
      />
    </label>
  );
  const plain = (values: readonly string[]): readonly Option[] =>
    values.map((value) => ({ value, label: value }));
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        find(text.trim());
      }}
    >
      <label className="field wide">
        {say({ zh: "题号或题干", en: "Item or question" })}
        <input
          type="search"
          value={filters.q}
          onChange={({ target }) => {
            change("q", target.value);
          }}
        />
      </label>
      <div className="find wide">
        <label className="field">
          {say({ zh: "在全部文字里", en: "In all texts" })}
          <input
            type="search"
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              if (target.value === "") find("");
            }}
          />
        </label>
        <button type="submit">{say({ zh: "查找", en: "Find" })}</button>
      </div>
      {select(
        "target",
        { zh: "模型", en: "Model" },
        report.targets.map(({ target, name }) => ({ value: target, label: say(name) })),
      )}
      {select(
        "verdict",
        { zh: "结论", en: "Verdict" },
        index.verdicts.flatMap((value, at) =>
          verdicts.has(at + 1) ? [{ value, label: say(verdictWords[value as Verdict]) }] : [],
        ),
      )}
      {select(
        "outcome",
        { zh: "调用结果", en: "Outcome" },
        index.outcomes.flatMap((value, at) =>
          outcomes.has(at) ? [{ value, label: say(outcomeWords[value as Outcome]) }] : [],
        ),
      )}
      {select(
        "dimension",
        { zh: "维度", en: "Dimension" },
        paths.map((value) => ({
          value,
          label: (JSON.parse(value) as string[]).join(" / ") || "—",
        })),
      )}
      {select("tag", { zh: "标签", en: "Tag" }, plain(index.tags))}
      {least("chars", { zh: "至少多少字符", en: "Characters at least" })}
      {least("seconds", { zh: "至少多少秒", en: "Seconds at least" })}
      {select(
        "sort",
        { zh: "从大到小排", en: "Highest first by" },
        Object.entries(sorts).map(([value, label]) => ({ value, label: say(label) })),
        { zh: "按题目顺序", en: "order of items" },
      )}
      <div className="checks">
        {report.targets.some(({ baseline }) => baseline) &&
          check("models", { zh: "不含基线", en: "Without baselines" })}
        {check("split", { zh: "各模型结论不一", en: "Models disagree" })}
        {index.items.severe.includes(1) && check("red", { zh: "红线题", en: "Red lines" })}
        {index.answers.ruled.includes(1) &&
          check("ruled", { zh: "有人裁定", en: "Ruled by people" })}
      </div>
    </form>
  );
}
