import type { Text } from "../../../domain/text.ts";
import type { ChoiceCandidate } from "../criterion.ts";

/** Said of times that were measured while this machine was busy. */
export const timesRemark = ({ entry }: ChoiceCandidate): Text | null =>
  entry.summary.timings.untrusted.length === 0
    ? null
    : {
        zh: "测的时候本机太忙，时间不可信",
        en: "measured while this machine was busy: the times cannot be trusted",
      };
