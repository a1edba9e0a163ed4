import type { ChatMessage } from "../call.ts";

/** All that a message says to a model, for counting. */
export const saidIn = ({ text, calls, results }: ChatMessage): string =>
  calls === undefined && results === undefined
    ? text
    : [
        text,
        ...(calls ?? []).map((call) => call.name + call.arguments),
        ...(results ?? []).map(({ content }) => content),
      ].join("");
