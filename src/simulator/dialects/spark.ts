import type { Dialect } from "../kit/dialect.ts";

import { sparkCodes } from "../protocols/spark.ts";

/** Every body has a code, errors come with HTTP 200, and there are no finish reasons. */
export const dialect: Dialect = {
  openai: {
    prefix: "data:",
    usage: "finish",
    event: (body, { kind, answer }) =>
      kind === "finish" && answer.finish === "filter"
        ? { code: 10014, message: "OutputAuditError", sid: body["id"] }
        : { code: 0, message: "Success", sid: body["id"], ...unended(body) },
    whole: (body) => ({ code: 0, message: "Success", sid: body["id"], ...unended(body) }),
  },
  errors: Object.fromEntries(
    Object.entries(sparkCodes).map(([outcome, [code, name]]) => [
      outcome,
      {
        status: 200,
        code: String(code),
        message: outcome === "overloaded" ? "{message}" : `${name}: {message}`,
      },
    ]),
  ),
  error_body: ({ outcome, code, message, request_id }) =>
    outcome === "auth"
      ? { error: { message: "invalid user", type: "api_error", param: null, code: null } }
      : { code: Number(code), message, sid: request_id },
};

const unended = ({ choices, ...body }: Readonly<Record<string, unknown>>): object => ({
  ...body,
  choices: Array.isArray(choices) ? choices.map(withoutEnd) : [],
});

function withoutEnd(choice: Readonly<Record<string, unknown>>): object {
  const { finish_reason: _, ...rest } = choice;
  return rest;
}
