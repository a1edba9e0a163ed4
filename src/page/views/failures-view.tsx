import { useMemo } from "react";

import type { Verdict } from "../../domain/grader.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { ShownReport } from "../data/page-data.ts";

import { outcomes } from "../../domain/outcome.ts";
import { outcomeWords, verdictWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo } from "../data/route.ts";
import { DataTable } from "../parts/data-table.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { Sections } from "./sections-view.tsx";

/** How answers ended and what was made of them, with what the vendors said where they failed. */
export function FailuresView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const { targets } = report;
  const found = useMemo(
    () => ({
      outcomes: outcomes.filter((each) => targets.some((own) => (own.outcomes[each] ?? 0) > 0)),
      // The page's words have them all; the schema beside their list would be a third of the script.
      verdicts: (Object.keys(verdictWords) as Verdict[]).filter((each) =>
        targets.some((own) => own.verdicts[each] > 0),
      ),
    }),
    [targets],
  );
  return (
    <View title={words.failures[lang]}>
      <CountTable
        report={report}
        title={{ zh: "调用怎样结束", en: "How calls ended" }[lang]}
        names={found.outcomes}
        nameOf={(outcome) => outcomeWords[outcome][lang]}
        countOf={(target, outcome) => target.outcomes[outcome] ?? 0}
        kind="outcome"
      />
      <CountTable
        report={report}
        title={{ zh: "回答得到的结论", en: "What graders said" }[lang]}
        names={found.verdicts}
        nameOf={(verdict) => verdictWords[verdict][lang]}
        countOf={(target, verdict) => target.verdicts[verdict]}
        kind="verdict"
      />
      <Sections report={report} view="failures" />
    </View>
  );
}

type Target = ShownReport["targets"][number];

/** Counts that lead to the answers behind them. */
function CountTable<Name extends Outcome | Verdict>({
  report,
  title,
  names,
  nameOf,
  countOf,
  kind,
}: {
  readonly report: ShownReport;
  readonly title: string;
  readonly names: readonly Name[];
  readonly nameOf: (name: Name) => string;
  readonly countOf: (target: Target, name: Name) => number;
  /** The filter of the list of answers. */
  readonly kind: "outcome" | "verdict";
}) {
  const { lang } = usePreferences();
  const { targets } = report;
  const table = {
    columns: [
      { title: words.model[lang] },
      ...names.map((name) => ({ title: nameOf(name), align: "right" as const })),
    ],
    rows: targets.map((target) => [
      target.name[lang],
      ...names.map((name) => countOf(target, name).toLocaleString("en-US")),
    ]),
  };
  return (
    <section className="block">
      <h3>{title}</h3>
      <DataTable
        caption={title}
        table={table}
        draw={(row, column, text) => {
          const [target, name] = [targets[row], names[column - 1]];
          if (target === undefined || name === undefined || text === "0") return null;
          const link = linkTo("answers", null, { target: target.target, [kind]: name });
          return <a href={link}>{text}</a>;
        }}
      />
    </section>
  );
}
