import type { App } from "../../domain/app/app.ts";
import type { UsageMap } from "../../domain/usage.ts";

/**
 * The form of an application that says nothing of its own: what is sent, and what its JSON, its events or its lines may
 * hold. docs/rag.md shows it; an application that speaks it needs no `app` in its provider's file.
 */
export const plainApp = {
  body: {
    question: "{{question}}",
    system: "{{system}}",
    messages: "{{messages}}",
    model: "{{model}}",
    vars: "{{vars}}",
  },
  read: [
    {
      answer: "$.answer",
      reasoning: "$.reasoning",
      passages: {
        each: "$.passages[*]",
        text: ["$.text", "$.content"],
        id: "$.id",
        title: "$.title",
        score: "$.score",
      },
      usage: "$.usage",
      model: "$.model",
      id: "$.id",
      finish: "$.finish",
    },
    { when: { "$.done": true }, done: true },
    { error: { code: "$.error.code", message: ["$.error.message", "$.error"] } },
  ],
} as const satisfies App;

/** Names of the counts in the plain form's `usage`. */
export const plainUsage: UsageMap = {
  input: "input",
  cached_input: "cached_input",
  output: "output",
  reasoning: "reasoning",
};

/** True for protocols that ask an application and not a model. */
export const isApplication = (protocol: string): boolean =>
  protocol === "http-app" || protocol === "command";
