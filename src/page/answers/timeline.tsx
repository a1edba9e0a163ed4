import type { Attempt, CallRecord } from "../../domain/call.ts";

import { seconds } from "../../report/render/format.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";
import { visibleText } from "../data/visible-text.ts";

type Part = {
  readonly kind: "queue" | "first" | "answer" | "failed" | "wait";
  readonly ms: number;
};

/** All attempts of a call in time: until the first token, the rest of the reply, and the waits between attempts. */
export function Timeline({ turn }: { readonly turn: CallRecord }) {
  const { lang } = usePreferences();
  const { attempts, timing } = turn;
  if (timing === null) return null;
  const parts = attempts.flatMap((attempt, at) =>
    partsOf(attempt, turn, at === attempts.length - 1),
  );
  const whole = parts.reduce((sum, { ms }) => sum + ms, 0);
  const failed = attempts.slice(0, -1);
  return (
    <div className="timeline">
      <div className="timeline-bar" aria-hidden="true">
        {parts.map(({ kind, ms }, at) => (
          <span
            key={`${kind}${at}`}
            className={`part-${kind}`}
            style={{ width: `${whole === 0 ? 0 : (ms / whole) * 100}%` }}
          />
        ))}
      </div>
      <p className="turn-facts">
        {[
          `${{ zh: "排队", en: "queued" }[lang]} ${seconds(timing.queued_ms)} s`,
          `${{ zh: "首字", en: "TTFT" }[lang]} ${seconds(timing.first_token_ms)} s`,
          `${{ zh: "整答", en: "total" }[lang]} ${seconds(timing.total_ms)} s`,
          `${{ zh: "同时", en: "in flight" }[lang]} ${timing.in_flight}`,
          timing.started_at.slice(0, 19).replace("T", " "),
        ].join(" · ")}
      </p>
      {failed.map(({ outcome, status, code, message, wait_ms }, at) => (
        <p key={`${outcome}${at}`} className="attempt">
          #{at + 1} {outcomeWords[outcome][lang]}{" "}
          {[status, code, message]
            .filter((each) => each !== null)
            .map((each) => visibleText(String(each)))
            .join(" ")}
          {wait_ms !== null && ` · ${{ zh: "等", en: "waited" }[lang]} ${seconds(wait_ms)} s`}
        </p>
      ))}
      {attempts.at(-1)?.message != null && (
        <p className="attempt">
          {[attempts.at(-1)?.status, attempts.at(-1)?.code, attempts.at(-1)?.message]
            .filter((each) => each != null)
            .map((each) => visibleText(String(each)))
            .join(" ")}
        </p>
      )}
    </div>
  );
}

function partsOf(attempt: Attempt, { timing }: CallRecord, isLast: boolean): readonly Part[] {
  const own = isLast ? timing : (attempt.timing ?? null);
  const wait: readonly Part[] =
    attempt.wait_ms === null ? [] : [{ kind: "wait", ms: attempt.wait_ms }];
  if (own === null) return wait;
  const first = own.first_token_ms;
  const queue: Part = { kind: "queue", ms: own.queued_ms };
  if (first === null) return [queue, { kind: "failed", ms: own.total_ms }, ...wait];
  return [
    queue,
    { kind: "first", ms: first },
    { kind: "answer", ms: Math.max(0, own.total_ms - first) },
    ...wait,
  ];
}
