import type { Context, Parsed } from "./command.ts";

export const exportBlind = (_p: readonly string[], _o: string, _v: Parsed, _c: Context) =>
  Promise.resolve(0);
export const importBlind = (_p: readonly string[], _o: string | null, _v: Parsed, _c: Context) =>
  Promise.resolve(0);
