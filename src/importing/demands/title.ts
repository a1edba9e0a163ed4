import type { Draft } from "./rule.ts";

import { bracketedTitle } from "./layout.ts";

/** 标题用《》标记: the first line is the title, in these brackets and with nothing beside it. */
export function titleConstraint(clause: string): readonly Draft[] | null {
  const { open, close } = bracketedTitle.exec(clause)?.groups ?? {};
  if (open === undefined || close === undefined) {
    return /^(?:如|例如)?\$\([^)]*\)\$$/u.test(clause.trim()) ? [] : null;
  }
  const [from, to] = [open, close].map((each) => each.replaceAll(/[$()[\]]/gu, "\\$&"));
  const pattern = `(?:#+\\s*)?(?:\\*\\*)?${from ?? ""}.+${to ?? ""}(?:\\*\\*)?`;
  return [{ check: "matches", pattern, says: `标题独占一行，写在${open}${close}里` }];
}
