import type { ReactNode } from "react";

import type { Text } from "../../domain/text.ts";
import type { ReportSection } from "../../report/page/sections/section.ts";
import type { ShownReport } from "../data/page-data.ts";
import type { PageRoute } from "../data/route.ts";

import { AnswersView } from "../answers/answers-view.tsx";
import { ItemView } from "../answers/item-view.tsx";
import { holdsAnswers } from "../data/page-data.ts";
import { NightsView } from "../nights/nights-view.tsx";
import { SteadinessView } from "../steadiness/steadiness-view.tsx";
import { words } from "../words.ts";
import { BoardView } from "./board-view.tsx";
import { ChooseView } from "./choose-view.tsx";
import { CompareView } from "./compare-view.tsx";
import { CostView } from "./cost-view.tsx";
import { FailuresView } from "./failures-view.tsx";
import { HeatView } from "./heat-view.tsx";
import { HistoryView } from "./history-view.tsx";
import { JudgesView } from "./judges-view.tsx";
import { LatencyView } from "./latency-view.tsx";
import { LoadPart } from "./load-part.tsx";
import { MethodView } from "./method-view.tsx";
import { QuadrantsView } from "./quadrants-view.tsx";
import { ScoresView } from "./scores-view.tsx";
import { SectionsView } from "./sections-view.tsx";

/** A part of the page with an address of its own. */
export type PageView = {
  readonly id: string;
  /** Null where it is reached from another view alone. */
  readonly title: Text | null;
  readonly onPaper: boolean;
  readonly render: (report: ShownReport, route: PageRoute) => ReactNode;
};

/** The views that have something to show. */
export function viewsOf(report: ShownReport): readonly PageView[] {
  const has = (view: ReportSection["view"]): boolean =>
    report.sections.some((section) => section.view === view);
  const hasNights = (report.nights ?? []).length > 0;
  // The site of a history whose run files are gone has its nights alone.
  const hasRun = report.runs.length > 0;
  const view = (
    id: keyof typeof words,
    render: PageView["render"],
    { when = true, onPaper = true } = {},
  ): readonly PageView[] => (when ? [{ id, title: words[id], onPaper, render }] : []);
  const sections = (id: "egress" | "safety" | "people" | "items") =>
    view(id, (all) => <SectionsView report={all} view={id} />, { when: has(id) });
  return [
    ...view("history", (all, route) => <NightsView report={all} route={route} />, {
      when: hasNights,
    }),
    ...view("history", (all) => <HistoryView report={all} />, {
      when: !hasNights && (report.history ?? []).length > 0,
    }),
    ...view("steadiness", (all) => <SteadinessView report={all} />, {
      when: report.steadiness !== undefined,
    }),
    ...view("load", (all) => <LoadPart report={all} />, { when: (report.loads ?? []).length > 0 }),
    ...view("choose", (all) => <ChooseView report={all} />, { when: has("choose") }),
    ...view("board", (all) => <BoardView report={all} />, { when: hasRun }),
    ...view("quadrants", (all) => <QuadrantsView report={all} />, {
      when: report.targets.some((each) => each.first_token_ms !== null),
    }),
    ...view("heat", (all, route) => <HeatView report={all} route={route} />, {
      when: report.heat.length > 0,
    }),
    ...view("scores", (all) => <ScoresView report={all} />, {
      when: has("scores") || report.ladders.length > 0,
    }),
    ...sections("safety"),
    ...view("latency", (all) => <LatencyView report={all} />, {
      when: report.latency.some(({ curves }) => curves.total_ms.length > 0),
    }),
    ...view("cost", (all) => <CostView report={all} />, { when: has("cost") }),
    ...view("failures", (all) => <FailuresView report={all} />, {
      when: report.targets.length > 0,
    }),
    ...view("compare", (all, route) => <CompareView report={all} route={route} />, {
      when: report.comparisons.length > 0,
    }),
    ...view("judges", (all) => <JudgesView report={all} />, { when: has("judges") }),
    ...sections("people"),
    ...sections("items"),
    ...view("answers", (all, route) => <AnswersView report={all} route={route} />, {
      when: hasRun && holdsAnswers(),
      onPaper: false,
    }),
    ...sections("egress"),
    ...view("method", (all) => <MethodView report={all} />, { when: hasRun }),
    {
      id: "item",
      title: null,
      onPaper: false,
      render: (all, route) => <ItemView report={all} route={route} />,
    },
  ];
}
