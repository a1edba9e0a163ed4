import type { AnchorsLine, NightLine, NightsLine, TargetLine } from "../../domain/nights/lines.ts";
import type { Night } from "../../stats/drift/night.ts";
import type { Measured } from "./of-run.ts";
import type { Anchors, NightRecord, TargetNight } from "./record.ts";

import { formats } from "../../domain/formats.ts";
import { columnText, columnValues } from "../../domain/nights/lines.ts";
import { anchorName, beijingDay } from "./record.ts";

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

function anchorsLine({ items, dimensions, ask, gold, grader, graders }: Anchors): AnchorsLine {
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
    graders,
  };
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
    graders: line.graders,
  };
}

function targetLine(ref: string, { anchors, second: _second, ...target }: TargetNight): TargetLine {
  const { n, sum, squares } = anchors;
  const isBinary = squares.every((each, at) => each === sum[at]);
  return {
    kind: "target",
    ref,
    n: columnText(n),
    sum: columnText(sum),
    squares: isBinary ? null : columnText(squares),
    ...target,
  };
}

function targetOf(line: TargetLine, { names }: Anchors): TargetNight {
  const { kind: _, ref: _ref, n, sum, squares, ...rest } = line;
  const sums = Float64Array.from(columnValues(sum));
  const anchors: Night = {
    names,
    n: Uint16Array.from(columnValues(n)),
    sum: sums,
    squares: squares === null ? sums : Float64Array.from(columnValues(squares)),
  };
  return { ...rest, anchors, second: null };
}
