import { useEffect, useMemo, useRef, useState } from "react";

import type { PageIndex } from "../../report/page/make-report.ts";
import type { ShownReport } from "../data/page-data.ts";

import { readIndex } from "../data/page-data.ts";
import { usePreferences } from "../data/preferences.ts";
import { type PageRoute, setQuery } from "../data/route.ts";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { AnswerList } from "./answer-list.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { chosenAnswers, type FilterName, filtersOf } from "./filters.ts";
import { searchTexts, type TextSearch } from "./text-search.ts";

/** Every answer in a list that is filtered, sorted and searched. */
export function AnswersView({
  report,
  route,
}: {
  readonly report: ShownReport;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const [index, setIndex] = useState<PageIndex | null>(null);
  useEffect(() => {
    void readIndex().then(setIndex);
  }, []);
  return (
    <View title={words.answers[lang]}>
      {index === null ? (
        <p className="faint">{words.reading[lang]}</p>
      ) : (
        <Answers report={report} index={index} route={route} />
      )}
    </View>
  );
}

function Answers({
  report,
  index,
  route,
}: {
  readonly report: ShownReport;
  readonly index: PageIndex;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const filters = filtersOf(route.query);
  const [search, setSearch] = useState<TextSearch | null>(null);
  const running = useRef(0);
  const name = JSON.stringify(filters);
  const chosen = useMemo(
    () =>
      chosenAnswers(
        index,
        JSON.parse(name) as ReturnType<typeof filtersOf>,
        report.targets.flatMap(({ baseline, target }) => (baseline ? [target] : [])),
      ),
    [report, index, name],
  );
  const shown = useMemo(
    () => (search === null ? chosen : chosen.filter((at) => search.hits[at] === 1)),
    [chosen, search],
  );
  const change = (filter: FilterName, value: string): void => {
    setQuery(route, { [filter]: value });
  };
  const find = (wanted: string): void => {
    const own = ++running.current;
    if (wanted === "") {
      setSearch(null);
      return;
    }
    let told = 0;
    void searchTexts(index, wanted, (state) => {
      const now = performance.now();
      if (own !== running.current) return false;
      if (now - told > 200 || state.read === state.of) {
        told = now;
        setSearch({ ...state, hits: Uint8Array.from(state.hits) });
      }
      return true;
    });
  };
  const all = index.answers.item.length;
  return (
    <>
      <FilterBar report={report} index={index} filters={filters} change={change} find={find} />
      <p className="count" role="status">
        {
          {
            zh: `${shown.length.toLocaleString("en-US")} 条，共 ${all.toLocaleString("en-US")} 条`,
            en: `${shown.length.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} answers`,
          }[lang]
        }
        {search !== null &&
          search.read < search.of &&
          {
            zh: `，正在全文查找 ${search.read}/${search.of}`,
            en: `; searching texts, ${search.read} of ${search.of}`,
          }[lang]}
      </p>
      <AnswerList report={report} index={index} shown={shown} />
    </>
  );
}
