import type { BatchChannel } from "../../calling/batch/channel.ts";
import type { BatchForm } from "../../calling/batch/form.ts";
import type { BatchOffer } from "../../domain/request/batch-offer.ts";
import type { BatchLine } from "../../domain/run-file/batch.ts";
import type { Headers } from "../../transport/http.ts";
import type { RunSession } from "../run/session.ts";
import type { TargetState } from "../run/target-state.ts";
import type { BatchAccess } from "./access.ts";

import { BatchError } from "../../calling/batch/channel.ts";
import { batchForm } from "../../calling/batch/forms.ts";
import { isRetryable } from "../../domain/outcome.ts";

/** Where the batches of one target are handed in and fetched. */
export type Desk = {
  readonly offer: BatchOffer;
  readonly form: BatchForm;
  readonly channel: BatchChannel;
  readonly state: TargetState;
  readonly session: RunSession;
  readonly target: string;
  /** Repeats what failed for the network's or the server's sake. */
  readonly steady: <T>(task: () => Promise<T>) => Promise<T>;
  /** Rejects as soon as the run is stopped. */
  readonly pause: (ms: number) => Promise<void>;
  /** Writes where a batch stands, and resolves to that. */
  readonly note: (line: BatchLine, change: Partial<BatchLine>) => Promise<BatchLine>;
  readonly isHalted: () => boolean;
  /** Of the latest response, as far as they concern each of its results. */
  readonly headers: () => Headers;
};

/** Between two looks at a batch: a second at first, a minute after a while. */
export const pauseMs = (looks: number): number => Math.min(60_000, 1_000 * 1.5 ** looks);

/** Failures in a row after which a vendor is given up; together they are waited for about ten minutes. */
const mostTries = 16;

export function openDesk(
  offer: BatchOffer,
  state: TargetState,
  session: RunSession,
  access: BatchAccess,
): Desk {
  const { target, halted } = state;
  const { deps, writer, observe } = session.input;
  const send = access.send(target.endpoint);
  const pause = (ms: number): Promise<void> => deps.sleep(ms, halted.signal);
  let headers: Headers = {};
  return {
    offer,
    form: batchForm(offer.form),
    channel: {
      endpoint: target.endpoint,
      model: target.entry.model,
      send: async (request) => {
        const response = await send(request);
        const simulated = response.headers[simulatedHeader];
        headers = simulated === undefined ? {} : { [simulatedHeader]: simulated };
        return response;
      },
    },
    state,
    session,
    target: target.entry.ref,
    pause,
    steady: async (task) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await task();
        } catch (error) {
          if (!(error instanceof BatchError) || !isRetryable(error.outcome) || tries === mostTries)
            throw error;
          await pause(pauseMs(tries));
        }
      }
    },
    note: async (line, change) => {
      const next: BatchLine = { ...line, ...change, when: new Date().toISOString() };
      await writer.append(next);
      observe(next);
      return next;
    },
    isHalted: () => halted.signal.aborted,
    headers: () => headers,
  };
}

const simulatedHeader = "x-baimo-simulated";
