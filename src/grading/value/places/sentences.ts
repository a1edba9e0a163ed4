import type { Segment } from "../../../text/segments/segment.ts";

import { mayAnswer, segmentsOf } from "../../../text/segments/segments.ts";
import { rejoined } from "../../announced.ts";

/** The parts of a reply that may belong to its answer, in order. */
export const answerSentences = (reply: string): readonly Segment[] =>
  rejoined(segmentsOf(reply).filter(mayAnswer));
