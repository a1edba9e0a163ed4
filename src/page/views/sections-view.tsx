import type { ReportSection } from "../../report/page/sections/section.ts";
import type { ShownReport } from "../data/page-data.ts";

import { useSay } from "../data/preferences.ts";
import { SectionBlock, View } from "../parts/section.tsx";
import { words } from "../words.ts";

/** A view that has tables and sentences alone. */
export function SectionsView({
  report,
  view,
}: {
  readonly report: ShownReport;
  readonly view: ReportSection["view"] & keyof typeof words;
}) {
  const say = useSay();
  return (
    <View title={say(words[view])}>
      <Sections report={report} view={view} />
    </View>
  );
}

/** The sections of a view, in their order. */
export function Sections({
  report,
  view,
}: {
  readonly report: ShownReport;
  readonly view: ReportSection["view"];
}) {
  return report.sections
    .filter((section) => section.view === view)
    .map((section) => <SectionBlock key={section.title.zh} section={section} />);
}
