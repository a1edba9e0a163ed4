import type { Dialect } from "../kit/dialect.ts";

/** A single error comes under `errors`, in the plural. */
export const dialect: Dialect = {
  errors: {
    "model-not-found": {
      status: 400,
      message: "Model id : {message}, has no provider supported",
    },
    "filtered-input": { message: "content_filter: {message}" },
  },
  error_body: ({ message, request_id }) => ({ errors: { message }, request_id }),
};
