import { usePreferences } from "../data/preferences.ts";
import { coloursOf, symbols } from "./colours.ts";

/** The marks of a chart's symbols, in the order of `symbols`. */
const marks = [
  "M6 0a6 6 0 1 0 .01 0z",
  "M1 1h10v10h-10z",
  "M6 0l6 11h-12z",
  "M6 0l6 6l-6 6l-6-6z",
  ...symbols.slice(4).map((symbol) => symbol.replace("path://", "")),
];

/** Names with colour and mark, as many lines as they need; the number says which of the series it is. */
export function Legend({
  names,
}: {
  readonly names: readonly { readonly name: string; readonly number: number }[];
}) {
  const { dark, printing } = usePreferences();
  const { series } = coloursOf(dark && !printing);
  return (
    <ul className="legend">
      {names.map(({ name, number }) => (
        <li key={name}>
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path d={marks[number % marks.length]} fill={series[number % series.length]} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
