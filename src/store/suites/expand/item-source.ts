import type { Soon } from "../../../domain/schema/soon.ts";
import type { Item } from "../../../domain/suite.ts";
import type { GeneratedSettings } from "../../../generating/generator.ts";

/** The items of a task by row, from 0. A million rows take eight megabytes, plus at most sixteen of cached text. */
export type ItemSource = {
  readonly count: number;
  /** The item at a row. Rejects with a `UserError` that names file and line if it is invalid. */
  readonly at: (row: number) => Soon<Item>;
  readonly close: () => Promise<void>;
};

/** Item generators by name; the same settings always give the same items. */
export type Generators = Readonly<
  Record<string, (settings: GeneratedSettings) => Pick<ItemSource, "count" | "at">>
>;
