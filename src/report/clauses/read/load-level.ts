import type { LoadLevel } from "../measures/measure.ts";

import { plainText } from "./plain-text.ts";

const users = String.raw`(?:路|个|位|名)?\s*(?:并发(?:用户|请求|会话|量|数)?|用户(?:同时|并发)|concurrent(?: users| requests)?|users|at once)`;
const rates = String.raw`(?:qps|rps|次\/秒|请求\/秒|requests\/s|req\/s)`;

/** A text that is a level and nothing else: `200 并发`, `并发 200`, `20 QPS`. Null where it is none. */
export function levelIn(text: string): LoadLevel | null {
  const plain = plainText(text).trim();
  const closed =
    new RegExp(`^(\\d+)\\s*${users}$`, "iu").exec(plain) ??
    /^(?:并发(?:用户|请求|量|数)?|concurrency)\s*[:=]?\s*(\d+)$/iu.exec(plain);
  if (closed !== null) return { loop: "closed", level: Number(closed[1]) };
  const open = new RegExp(`^(\\d+(?:\\.\\d+)?)\\s*${rates}$`, "iu").exec(plain);
  return open === null ? null : { loop: "open", level: Number(open[1]) };
}

const condition = new RegExp(
  `(?:在|于|当|达到?|≥|不低于|under|at|with)?\\s*(?:(\\d+)\\s*${users}|并发(?:用户|请求|量|数)?(?:为|达到?|是)?\\s*(\\d+)\\s*(?:路|个)?(?:用户|请求)?|(\\d+(?:\\.\\d+)?)\\s*${rates})\\s*(?:的)?(?:条件|场景|压力|情况|负载|访问)?(?:之?下|时|期间|,|，|、|load)`,
  "iu",
);

/** The load under which something is asked for, and the text without it: 在 200 并发下，P99 ≤ 3 s. */
export function splitLevel(text: string): { readonly at: LoadLevel | null; readonly rest: string } {
  const plain = plainText(text);
  const found = condition.exec(plain);
  if (found === null) return { at: null, rest: plain };
  const [whole, before, behind, rate] = found;
  const at: LoadLevel =
    rate === undefined
      ? { loop: "closed", level: Number(before ?? behind) }
      : { loop: "open", level: Number(rate) };
  return { at, rest: plain.replace(whole, " ") };
}
