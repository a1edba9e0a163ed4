import type { Table } from "../../report/render/table.ts";
import type { ShownReport } from "../data/page-data.ts";

import { definitions } from "../../report/method/definitions.ts";
import {
  priceTable,
  priceTableTitle,
  settingsOf,
  suiteTable,
  suiteTableTitle,
} from "../../report/method/tables.ts";
import { usePreferences, useSay } from "../data/preferences.ts";
import { DataTable } from "../parts/data-table.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";

/** Settings, prices and versions of the runs, and what the figures mean. */
export function MethodView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const say = useSay();
  const { runs, ends, tool } = report;
  return (
    <View title={words.method[lang]}>
      <section className="block">
        <h3>{say({ zh: "各个数的意思", en: "What the figures mean" })}</h3>
        <dl className="definitions">
          {definitions.map(({ name, text }) => (
            <div key={name.zh}>
              <dt>{say(name)}</dt>
              <dd>{say(text)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <MethodTable title={say(suiteTableTitle)} table={suiteTable(runs, lang)} />
      <MethodTable title={say(priceTableTitle)} table={priceTable(runs, lang)} />
      {runs.map((run, at) => (
        <section key={run.id} className="block">
          <h3>{say({ zh: `设置 ${run.id}`, en: `Settings ${run.id}` })}</h3>
          <dl className="facts settings">
            {settingsOf(run, ends[at] ?? null, lang).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="faint">
        baimo {tool.version} {tool.commit?.slice(0, 10)} · Node {tool.node} · {report.generated_at}
      </p>
    </View>
  );
}

function MethodTable({ title, table }: { readonly title: string; readonly table: Table }) {
  return (
    <section className="block">
      <h3>{title}</h3>
      <DataTable caption={title} table={table} />
    </section>
  );
}
