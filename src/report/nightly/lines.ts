import type { AnchorsLine, NightLine, NightsLine, TargetLine } from "../../domain/nights/lines.ts";
import type { Night } from "../../stats/drift/night.ts";
import type { Measured } from "./of-run.ts";
import type { Anchors, AnchorsBefore, NightRecord, TargetNight } from "./record.ts";

import { formats } from "../../domain/formats.ts";
import { columnText, columnValues } from "../../domain/nights/lines.ts";
import { nightSums } from "../../stats/drift/night.ts";
import { anchorName, anchorsBefore, beijingDay } from "./record.ts";

/** The lines under which a measurement is kept. */
export function linesOfNight({ night, tasks, windows }: Measured): readonly NightsLine[] {
  const { date: _, anchors, targets, ...head } = night;
  return [
    { kind: "night", schema: formats.nights, ...head },
    anchorsLine(anchors),
    ...[...targets].map(([ref, target]) => targetLine(ref, target)),
    ...tasks,
    ...windows,
  ];
}

/** The night of its lines, `tasks` left out. */
export function nightOfLines(
  head: NightLine,
  anchors: Anchors,
  targets: readonly TargetLine[],
): NightRecord {
  const { kind: _, schema: _schema, ...rest } = head;
  return {
    ...rest,
    date: beijingDay(head.started_at),
    anchors,
    targets: new Map(targets.map((line) => [line.ref, targetOf(line, anchors)])),
  };
}

function anchorsLine(anchors: Anchors): AnchorsLine {
  const { items, dimensions, ask, gold, grader, graders, before } = anchors;
  const texts = dimensions.map((dimension) => JSON.stringify(dimension));
  const distinct = [...new Set(texts)];
  return {
    kind: "anchors",
    items,
    dimensions: distinct.map((each) => JSON.parse(each) as string[]),
    dimension: columnText(texts.map((each) => distinct.indexOf(each))),
    ask: columnText(ask),
    gold: columnText(gold),
    grader: columnText(grader),
    ...(before === null ? {} : { grader_before: columnText(spread(before, items.length)) }),
    graders,
  };
}

/** The graders before by place; 0 where there was none. */
function spread({ places, graders }: AnchorsBefore, length: number): readonly number[] {
  const all = Array.from({ length }, () => 0);
  for (const [at, place] of places.entries()) all[place] = graders[at] ?? 0;
  return all;
}

/** The anchors that a line names. */
export function anchorsOfLine(line: AnchorsLine): Anchors {
  const [dimension, ask, gold, grader] = [line.dimension, line.ask, line.gold, line.grader].map(
    columnValues,
  );
  return {
    names: line.items.map((item, at) =>
      anchorName(item, ask?.[at] ?? 0, gold?.[at] ?? 0, grader?.[at] ?? 0),
    ),
    items: line.items,
    dimensions: line.items.map((_, at) => line.dimensions[dimension?.[at] ?? -1] ?? []),
    ask: ask ?? [],
    gold: gold ?? [],
    grader: grader ?? [],
    before: anchorsBefore(
      { items: line.items, ask: ask ?? [], gold: gold ?? [] },
      columnValues(line.grader_before ?? ""),
    ),
    graders: line.graders,
  };
}

function targetLine(ref: string, target: TargetNight): TargetLine {
  const { anchors, before, second: _, ...rest } = target;
  const more = before === null ? {} : { before: columnsOf(before) };
  return { kind: "target", ref, ...columnsOf(anchors), ...more, ...rest };
}

type Columns = Pick<TargetLine, "n" | "sum" | "squares">;

function columnsOf({ n, sum, squares }: Night): Columns {
  const isBinary = Array.from(squares).every((each, at) => each === sum[at]);
  return {
    n: columnText(n),
    sum: columnText(sum),
    squares: isBinary ? null : columnText(squares),
  };
}

function targetOf(line: TargetLine, { names, before: known }: Anchors): TargetNight {
  const { kind: _, ref: _ref, n, sum, squares, before, ...rest } = line;
  return {
    ...rest,
    anchors: nightOfColumns({ n, sum, squares }, names),
    before: before == null || known === null ? null : nightOfColumns(before, known.names),
    second: null,
  };
}

function nightOfColumns({ n, sum, squares }: Columns, names: readonly string[]): Night {
  const sums = nightSums(columnValues(sum));
  return {
    names,
    n: Uint16Array.from(columnValues(n)),
    sum: sums,
    squares: squares === null ? sums : nightSums(columnValues(squares)),
  };
}
