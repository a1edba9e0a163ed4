import { isObject } from "../../domain/json.ts";
import { durationMs, durationPattern } from "./duration.ts";

/**
 * The wait that an error's words ask for, in milliseconds, or null: "Please try again in 20s", "retry after 1.5 seconds",
 * "请在 2 秒后重试", "请等待一分半钟", "限额将在 2026-11-29 10:00:00 重置". A limit such as "20 per 60 seconds" is no wait.
 */
export function waitInWords(text: string, now: Date): number | null {
  const plain = text.slice(0, 2_000).normalize("NFKC");
  for (const pattern of [chineseAfter, chineseWait, english]) {
    const found = pattern.exec(plain)?.[1];
    const wait = found === undefined ? null : durationMs(found.replace(/[\s,，]+$/, ""));
    if (wait !== null) return wait;
  }
  const bare = bareSeconds.exec(plain)?.[1];
  if (bare !== undefined) return Number(bare) * 1_000;
  return untilTime(plain, now);
}

const again =
  "(?:重试|再试|重新|再次|重发|再(?:来|发|用|请求|调用)|尝试|请求|调用|访问|使用|恢复|重置|解除|可用|刷新)";
const chineseAfter = new RegExp(
  `(?<![每内])${durationPattern}\\s*(?:之后|以后|过后|后)[^。,，;；]{0,12}?${again}`,
  "i",
);
const chineseWait = new RegExp(
  `(?:等待|等候|请等|稍等|稍候|等|冷却|间隔|请于|重试时间|剩余时间|恢复时间)[^\\d。每半零一二两三四五六七八九十]{0,8}${durationPattern}`,
  "i",
);
const english = new RegExp(
  `\\b(?:again|retry|retrying|wait|back ?off|available|resets?|cool ?down|unblocked|expires?)\\b(?:(?!\\bper\\b|\\bevery\\b|\\beach\\b)[^.\\d]){0,40}?${durationPattern}`,
  "i",
);
/** `retry_after: 30`, "retry after 30". */
const bareSeconds = /retry[-_ ]?(?:after|in)["']?\s*[:=]?\s*["']?(\d{1,6}(?:\.\d+)?)(?![\w.%-])/i;

const clock =
  /(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?/i;
const aboutReset = /重置|恢复|重试|再试|解除|刷新|reset|again|retry|regain|until|available/i;

/** A time of day without a zone is Beijing's where the sentence is Chinese, else UTC. */
function untilTime(text: string, now: Date): number | null {
  const found = clock.exec(text);
  if (found === null || !aboutReset.test(text)) return null;
  const [, year, month, day, hour, minute, second = "00", zone] = found;
  const two = (part = ""): string => part.padStart(2, "0");
  const offset = zoneOf(zone, /\p{Script=Han}/u.test(text));
  const at = Date.parse(
    `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${second}${offset}`,
  );
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

function zoneOf(zone: string | undefined, isChinese: boolean): string {
  if (zone === undefined) return isChinese ? "+08:00" : "Z";
  if (/^[+-]/.test(zone)) return zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return "Z";
}

/**
 * The wait in a member of an error's body, in milliseconds, or null: `retry_after` and its spellings in seconds,
 * `retry_after_ms`, `retryDelay: "31s"` (google.rpc.RetryInfo), `estimated_time` (Hugging Face, seconds).
 */
export function waitInBody(body: unknown): number | null {
  let left = mostMembers;
  const search = (value: unknown, depth: number): number | null => {
    if (depth > mostDepth || (left -= 1) < 0) return null;
    if (Array.isArray(value)) return firstOf(value, (each) => search(each, depth + 1));
    if (!isObject(value)) return null;
    return firstOf(
      Object.entries(value),
      ([name, each]) => waitOfMember(name, each) ?? search(each, depth + 1),
    );
  };
  return search(body, 0);
}

const mostDepth = 6;
const mostMembers = 200;

function firstOf<Value>(
  values: readonly Value[],
  find: (value: Value) => number | null,
): number | null {
  for (const value of values) {
    const found = find(value);
    if (found !== null) return found;
  }
  return null;
}

function waitOfMember(name: string, value: unknown): number | null {
  const bare = name.toLowerCase().replaceAll(/[^a-z]/g, "");
  const unit = /^retry(?:after)?(?:in)?(?:ms|millis|milliseconds)$/.test(bare)
    ? 1
    : /^(?:retry(?:after|in|delay)(?:s|sec|secs|seconds)?|estimatedtime|waittime|waitseconds)$/.test(
          bare,
        )
      ? 1_000
      : null;
  if (unit === null || (typeof value !== "string" && typeof value !== "number")) return null;
  const wait = durationMs(String(value), unit);
  // A time of day instead of a wait.
  return wait === null || wait > 1e11 ? null : wait;
}
