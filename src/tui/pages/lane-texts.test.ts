import { expect, test } from "vitest";

import { frameDataOf } from "../testing/frame-data.ts";
import { waitingTexts } from "./lane-texts.ts";

test.each([
  [
    "zh",
    "，断开了；5秒后再试，最多找它 4分55秒，之后停下；按 q 现在就停，--resume 续跑 (ECONNREFUSED)",
  ],
  ["en", ", gone; tried again in 5s, looked for 4m55s more at most, then it stops; q stops now"],
] as const)(
  "a server that is gone: until when it is looked for, and what then (%s)",
  (lang, text) => {
    const data = frameDataOf({ columns: 120, rows: 30 }, lang);
    const [ref = ""] = data.state.waits.keys();
    const wait = {
      outcome: "network",
      until_ms: data.elapsed_ms + 5_000,
      said: "ECONNREFUSED",
      isLoading: false,
    } as const;
    const shown = (given_up_ms: number | null) =>
      waitingTexts({
        ...data,
        state: { ...data.state, waits: new Map([[ref, { ...wait, given_up_ms }]]) },
      });
    expect(shown(data.elapsed_ms + 295_000)).toEqual([expect.stringContaining(text)]);
    expect(shown(null)).toEqual([expect.not.stringContaining("--resume")]);
  },
);
