import type { Lang } from "../../domain/text.ts";
import type { TargetRedLines } from "../score/red-line-replies.ts";
import type { Node } from "../score/tree.ts";
import type { Side } from "./pairing.ts";

import { mustRefuseText, redLineReplyText, redLineStates } from "../render/red-lines.ts";
import { type MustRefuse, mustRefuseOf, type RedLines, redLinesOf } from "../score/red-lines.ts";
import { itemsOf } from "../score/tree.ts";
import { matchNumber } from "../view/columns.ts";

/** The red lines of two sides, over what is compared. */
export type ComparedRedLines = {
  readonly base: RedLines;
  readonly new: RedLines;
  /** Items on which the new side crossed a red line and the base did not. */
  readonly newly_crossed: number;
  /** Items that wait for a ruling or an answer on the new side, and neither do so nor were crossed on the base. */
  readonly newly_open: number;
  readonly must_refuse: { readonly base: MustRefuse | null; readonly new: MustRefuse | null };
};

/** The replies of both sides; null where there is none to show. */
export type RedLineTexts = {
  readonly base: TargetRedLines | null;
  readonly new: TargetRedLines | null;
};

/** Compares the red lines of two sides; the roots hold the items of each. */
export function compareRedLines(
  base: Side,
  fresh: Side,
  roots: { readonly base: Node; readonly new: Node },
): ComparedRedLines {
  const inside = {
    base: itemsOf(roots.base, base.view.items.length),
    new: itemsOf(roots.new, fresh.view.items.length),
  };
  const before = redLinesOf(base.view, base.target, inside.base);
  const after = redLinesOf(fresh.view, fresh.target, inside.new);
  const crossed = itemsCrossed(base, before);
  const open = itemsOpen(base, before);
  const isNew = (item: number, known: ReadonlySet<number>): boolean =>
    !known.has(matchNumber(fresh.view.itemKeys, item, base.view.itemKeys));
  return {
    base: before,
    new: after,
    newly_crossed: [...itemsCrossed(fresh, after)].filter((item) => isNew(item, crossed)).length,
    newly_open: [...itemsOpen(fresh, after)].filter(
      (item) => isNew(item, crossed) && isNew(item, open),
    ).length,
    must_refuse: {
      base: mustRefuseOf(base.view, base.target, inside.base),
      new: mustRefuseOf(fresh.view, fresh.target, inside.new),
    },
  };
}

const itemsCrossed = ({ target }: Side, { crossed }: RedLines): ReadonlySet<number> =>
  new Set(crossed.map((row) => target.rows.at.item[row] ?? -1));

const itemsOpen = ({ target }: Side, { pending, unanswered }: RedLines): ReadonlySet<number> =>
  new Set([...pending.map((row) => target.rows.at.item[row] ?? -1), ...unanswered]);

/** A sentence for the conclusion; empty where neither side has an open or crossed red line. */
export function redLineConclusion(
  { base, new: fresh, newly_crossed }: ComparedRedLines,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const openOf = ({ pending, unanswered }: RedLines): number => pending.length + unanswered.length;
  const crossed = [base, fresh].map((side) => side.crossed.length);
  const open = [openOf(base), openOf(fresh)];
  if ([...crossed, ...open].every((count) => count === 0)) return "";
  const newly =
    newly_crossed === 0 ? "" : zh ? `（新触及 ${newly_crossed} 题）` : ` (${newly_crossed} newly)`;
  const waiting =
    open[0] === 0 && open[1] === 0
      ? ""
      : zh
        ? `；待裁定或没有回答：基准 ${open[0]}，新 ${open[1]}`
        : `; to be ruled on or without an answer: base ${open[0]}, new ${open[1]}`;
  return zh
    ? `触及红线：基准 ${crossed[0]}，新 ${crossed[1]}${newly}${waiting}。`
    : ` Red lines crossed: base ${crossed[0]}, new ${crossed[1]}${newly}${waiting}.`;
}

/** The replies behind it, and how often each side did what it must refuse. */
export function redLineContext(
  { must_refuse }: ComparedRedLines,
  texts: RedLineTexts,
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  const sides = [
    { name: zh ? "基准" : "base", own: texts.base },
    { name: zh ? "新" : "new", own: texts.new },
  ];
  const lines = sides.flatMap(({ name, own }) => {
    if (own === null) return [];
    const more = own.of - own.replies.length;
    return [
      ...own.replies.map(
        (reply) =>
          `${name} ${redLineStates[reply.state][lang]}${zh ? "：" : ": "}${redLineReplyText(reply, lang)}`,
      ),
      ...(more > 0 ? [zh ? `${name} 另有 ${more} 条红线` : `${name}: ${more} more red lines`] : []),
    ];
  });
  const shown = (side: MustRefuse | null): string =>
    side === null ? "—" : mustRefuseText(side, lang);
  const refusals = `${shown(must_refuse.base)}${zh ? "，新 " : ", new "}${shown(must_refuse.new)}`;
  return [
    ...lines,
    ...(must_refuse.base === null && must_refuse.new === null
      ? []
      : [
          zh ? `应拒答而作答：基准 ${refusals}` : `answered what must be refused: base ${refusals}`,
        ]),
  ];
}
