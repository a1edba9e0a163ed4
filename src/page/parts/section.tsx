import type { ReactNode } from "react";

import type { ReportSection } from "../../report/page/sections/section.ts";

import { usePreferences } from "../data/preferences.ts";
import { DataTable } from "./data-table.tsx";

/** A view's own heading, and what it shows. */
export function View({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <h2>{title}</h2>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </>
  );
}

/** One table or list of sentences under its heading. */
export function SectionBlock({ section }: { readonly section: ReportSection }) {
  const { lang } = usePreferences();
  const { title, table, lines } = section;
  return (
    <section className="block">
      <h3>{title[lang]}</h3>
      {table !== null && <DataTable table={table[lang]} caption={title[lang]} />}
      {lines.length > 0 && (
        <ul className="notes">
          {lines.map((line) => (
            <li key={line.zh}>{line[lang]}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A chart's figures, folded: what the chart draws can be read and copied. */
export function Folded({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <details className="folded no-print">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
