import type { ShownReport } from "../data/page-data.ts";

import { useSay } from "../data/preferences.ts";
import { SectionBlock, View } from "../parts/section.tsx";
import { words } from "../words.ts";

/** What a scorecard made of the runs: the conclusion on top, then its tables. */
export function ChooseView({ report }: { readonly report: ShownReport }) {
  const say = useSay();
  const [conclusion, ...rest] = report.sections.filter(({ view }) => view === "choose");
  if (conclusion === undefined) return null;
  const title = say(conclusion.title);
  return (
    <View
      title={`${say(words.choose)}${title === say(words.choose) ? "" : ` · ${title}`}`}
      lead={conclusion.lines.map(say).join(" ")}
    >
      {rest.map((section) => (
        <SectionBlock key={section.title.zh} section={section} />
      ))}
    </View>
  );
}
