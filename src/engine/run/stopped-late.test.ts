import { expect, test } from "vitest";

import { withRig } from "../../cli/testing/rig.ts";

test.each([
  ["after the last answer", 8, "complete"],
  ["before it", 3, "interrupted"],
] as const)("who stops a run %s", (_, after, status) =>
  withRig({ items: 8, limits: { concurrency: 1 } }, async (rig) => {
    const stop = new AbortController();
    let answers = 0;
    const end = await rig.run({
      stopping: stop.signal,
      observe: ({ kind }) => {
        if (kind === "answer") answers += 1;
        if (answers === after) stop.abort();
      },
    });
    expect(end.status).toBe(status);
    expect(end.answers === 8).toBe(status === "complete");
  }),
);
