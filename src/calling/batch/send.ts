import type { Headers } from "../../transport/http.ts";
import type { Credentials } from "../auth/authorizer.ts";
import type { Endpoint } from "../protocol.ts";
import type { BatchChannel } from "./channel.ts";

import { createHttp } from "../../transport/http.ts";
import { createAuthorizer } from "../auth/authorizer.ts";
import { CredentialError } from "../auth/credential-error.ts";
import { BatchError } from "./channel.ts";

/** Files of hundreds of megabytes take their time. Milliseconds. */
const deadlines = { first_byte: 600_000, idle: 120_000, total: 3_600_000 };

/** Sends what concerns batches: few requests, which nobody times. */
export type BatchSender = {
  readonly send: (endpoint: Endpoint) => BatchChannel["send"];
  readonly close: () => Promise<void>;
};

export function createBatchSender(
  { connect_ms, keysOf }: { connect_ms: number; keysOf: (endpoint: Endpoint) => Credentials },
  signal: AbortSignal,
): BatchSender {
  const http = createHttp({ connections: 4, connect_ms });
  const authorizer = createAuthorizer(http);
  return {
    send: (endpoint) => async (request) => {
      const { network } = endpoint;
      const authorize = authorizer(endpoint.auth, keysOf(endpoint), network);
      const chunks: Buffer[] = [];
      let status = 0;
      let headers: Headers = {};
      try {
        const { failure } = await http.exchange(
          (await authorize(request)) ?? request,
          {
            head: (code, received) => {
              status = code;
              headers = received;
            },
            data: (chunk) => chunks.push(Buffer.from(chunk)) > 0,
          },
          { deadlines, signal, network },
        );
        if (failure !== null) {
          throw new BatchError(failure.outcome, failure.message, { code: failure.code });
        }
      } catch (error) {
        if (!(error instanceof CredentialError)) throw error;
        const { outcome, message, status: refusal, code } = error;
        throw new BatchError(outcome, message, { status: refusal, code });
      }
      return { status, headers, text: Buffer.concat(chunks).toString("utf8") };
    },
    close: () => http.close(),
  };
}
