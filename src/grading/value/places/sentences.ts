import type { Segment } from "../../../text/segments/segment.ts";

import { segmentsOf } from "../../../text/segments/segments.ts";
import { rejoined } from "../../announced.ts";

const besides: ReadonlySet<Segment["kind"]> = new Set([
  "thinking",
  "label",
  "aside",
  "offer",
  "next-question",
]);

/** The parts of a reply that may belong to its answer, in order. */
export const answerSentences = (reply: string): readonly Segment[] =>
  rejoined(segmentsOf(reply).filter(({ kind }) => !besides.has(kind)));
