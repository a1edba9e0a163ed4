import type { BatchStatus, SoughtBatch } from "../../calling/batch/form.ts";
import type { BatchOffer } from "../../domain/request/batch-offer.ts";
import type { BatchLine } from "../../domain/run-file/batch.ts";
import type { RunSession } from "../run/session.ts";
import type { TargetState } from "../run/target-state.ts";
import type { BatchAccess } from "./access.ts";

import { BatchError } from "../../calling/batch/channel.ts";
import { type Desk, openDesk, pauseMs } from "./desk.ts";
import { batches, type HandIn } from "./hand-in.ts";
import { settle } from "./settle.ts";

/**
 * Has a target's questions answered by the batches of its vendor: first those that an earlier session handed in, then
 * the rest of the plan, in as many batches as the vendor's limits and the budget ask for. What a batch did not answer is
 * left to be asked directly. Returns early when the run is stopped: the batches go on at the vendor, and the next session
 * fetches them.
 */
export async function askInBatches(
  state: TargetState,
  session: RunSession,
  access: BatchAccess,
): Promise<void> {
  const { batch: offer } = state.target;
  if (offer === undefined) return;
  const desk = openDesk(offer, state, session, access);
  const { ref } = state.target.entry;
  const earlier = session.input.done.batches.filter(({ target }) => target === ref);
  try {
    await Promise.all(earlier.map((line) => takeUp(line, desk)));
    while (access.fresh && !desk.isHalted()) {
      const handedIn: Promise<void>[] = [];
      for await (const batch of batches(desk)) {
        const line = await handIn(batch, desk);
        const finishing = finish(line, batch, desk);
        // Awaited below, with the others; until then nobody looks at it.
        finishing.catch(() => undefined);
        handedIn.push(finishing);
      }
      if (handedIn.length === 0) return;
      await Promise.all(handedIn);
    }
  } catch (error) {
    if (desk.isHalted()) return;
    if (!(error instanceof BatchError)) throw error;
    const { outcome, status, code, message } = error;
    const said = session.input.deps.redact(message);
    state.onStorm({ outcome, status, code, message: said, wait_ms: null, streamed: false });
  }
}

/** A batch of an earlier session, which may have died at any moment. */
async function takeUp(line: BatchLine, desk: Desk): Promise<void> {
  if (line.id !== null) return finish(line, null, desk);
  // An uploaded file alone is not billed.
  const mayExist = line.input !== null || desk.form.upload === null;
  const wanted = { name: line.name, input: line.input, requests: line.requests, since: line.when };
  const found = mayExist ? await sought(wanted, desk) : null;
  if (found === null) {
    await desk.note(line, { state: "lost", message: "it was never handed in" });
    return;
  }
  return finish(await desk.note(line, { state: "created", id: found.id }), null, desk);
}

/** Hands a batch in. Each step is written before the next one. */
async function handIn(batch: HandIn, desk: Desk): Promise<BatchLine> {
  const { form, channel } = desk;
  const { name, rows } = batch;
  let line = await desk.note(newLine(batch, desk.offer, desk.target), { state: "prepared" });
  const { upload } = form;
  const input = upload === null ? null : await desk.steady(() => upload({ name, rows }, channel));
  if (input !== null) line = await desk.note(line, { state: "uploaded", input });
  const { id } = await created({ ...batch, input }, line, desk);
  return desk.note(line, { state: "created", id });
}

const newLine = ({ name, rows }: HandIn, { form }: BatchOffer, target: string): BatchLine => ({
  kind: "batch",
  when: new Date().toISOString(),
  name,
  target,
  form,
  state: "prepared",
  requests: rows.length,
  input: null,
  id: null,
});

/** If the response was lost, the batch may exist all the same: it is looked for before it is handed in once more. */
async function created(
  batch: HandIn & { readonly input: string | null },
  { when: since, requests }: BatchLine,
  desk: Desk,
): Promise<BatchStatus> {
  const { form, channel } = desk;
  let isFirst = true;
  return desk.steady(async () => {
    const wanted = { name: batch.name, input: batch.input, requests, since };
    const found = isFirst ? null : await sought(wanted, desk);
    isFirst = false;
    return found ?? form.create(batch, channel);
  });
}

/** A batch that may exist, once that is known. */
async function sought(wanted: SoughtBatch, desk: Desk): Promise<BatchStatus | null> {
  for (let looks = 0; ; looks += 1) {
    const found = await desk.steady(() => desk.form.find(wanted, desk.channel));
    if (found !== "later") return found;
    await desk.pause(pauseMs(looks));
  }
}

/** Waits for a batch, and writes its answers. */
async function finish(line: BatchLine, batch: HandIn | null, desk: Desk): Promise<void> {
  const { form, channel } = desk;
  const { id } = line;
  if (id === null) throw new Error("a batch without an id is not there");
  try {
    const status = await ended(id, desk);
    if (status === null) {
      await desk.note(line, { state: "lost", message: "the vendor does not have it any more" });
      return;
    }
    if (status.phase === "failed") {
      await desk.note(line, { state: "lost", message: status.message ?? "" });
      throw new BatchError("bad-request", status.message ?? "the batch failed", { code: "batch" });
    }
    const results = await desk.steady(() => form.results(status, channel));
    const fetched = {
      name: line.name,
      id,
      share: desk.offer.price,
      results,
      headers: desk.headers(),
      batch,
    };
    const left = await settle(fetched, desk.state, desk.session);
    if (desk.isHalted()) return;
    for (const { key } of left) desk.session.input.done.unbatched.add(key);
    await desk.note(line, { state: "done", ...(left.length === 0 ? {} : { left }) });
  } finally {
    batch?.release();
  }
}

/** The batch once the vendor has ended it; null if the vendor does not know it. */
async function ended(id: string, desk: Desk): Promise<BatchStatus | null> {
  const { form, channel } = desk;
  for (let looks = 0; ; looks += 1) {
    try {
      const status = await desk.steady(() => form.status(id, channel));
      if (status.phase !== "working") return status;
    } catch (error) {
      if (error instanceof BatchError && error.status === 404) return null;
      throw error;
    }
    await desk.pause(pauseMs(looks));
  }
}
