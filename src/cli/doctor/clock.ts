import type { Text } from "../../domain/text.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

import { adviceFor } from "../../report/advice/failure.ts";
import { clean } from "../../report/render/format.ts";
import { createHttp, type Http } from "../../transport/http.ts";
import { type DoctorFinding, fine } from "./finding.ts";

const deadlines = { first_byte: 10_000, idle: 5_000, total: 15_000 };
/** Signed requests are refused at five minutes by most vendors (AWS SigV4, TC3, JWTs of minutes). */
const refused_s = 240;
/** More than a Date header's own coarseness and a slow request explain. */
const odd_s = 10;

/**
 * Whether the server of each target can be reached, and how far this machine's clock is from its `Date`. One request
 * without a key or a question goes to the base address of each server; whatever it answers will do.
 */
export async function serverFindings(
  targets: readonly ResolvedTarget[],
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const http = createHttp({ connections: 4, connect_ms: 10_000 });
  const origins = new Map(
    targets.map((target) => [URL.parse(target.endpoint.base_url)?.origin ?? "", target]),
  );
  try {
    return await Promise.all(
      [...origins].map(([origin, target]) => serverFinding(origin, target, http, signal)),
    );
  } finally {
    await http.close();
  }
}

async function serverFinding(
  origin: string,
  target: ResolvedTarget,
  http: Http,
  signal: AbortSignal,
): Promise<DoctorFinding> {
  const { base_url, network } = target.endpoint;
  const url = base_url.replace(/^ws/, "http").replace(/[?#].*$/, "");
  let date: string | null = null;
  let status: number | null = null;
  let answered_ms = 0;
  const sent_ms = Date.now();
  const { failure } = await http.exchange(
    { method: "GET", url, headers: {}, body: null },
    {
      head: (code, headers) => {
        status = code;
        answered_ms = Date.now();
        date = typeof headers["date"] === "string" ? headers["date"] : null;
      },
      data: () => true,
      // The head says all; a page need not be read to its end.
      enough: () => ({ code: "seen", message: "" }),
    },
    { deadlines, signal, network },
  );
  if (status === null && failure !== null) {
    const { what, todo } = adviceFor({ ...failure, status: null }, target);
    const said = clean(`${failure.code} ${failure.message}`, 300);
    return {
      id: "server",
      state: "wrong",
      what: { zh: `${origin}：${what.zh}（${said}）`, en: `${origin}: ${what.en} (${said})` },
      todo,
    };
  }
  return clockFinding(origin, skewOf(date, (sent_ms + answered_ms) / 2));
}

/** Seconds by which this machine is ahead of a `Date` header; null where there is none. */
export function skewOf(date: string | null, here_ms: number): number | null {
  const there_ms = Date.parse(date ?? "");
  // The header has whole seconds: on average half of one has passed.
  return Number.isNaN(there_ms) ? null : (here_ms - there_ms - 500) / 1_000;
}

/** What a clock that is so many seconds ahead means. */
export function clockFinding(server: string, ahead_s: number | null): DoctorFinding {
  const reached: Text = { zh: `${server} 可以连通`, en: `${server} can be reached` };
  if (ahead_s === null) {
    return fine("server", {
      zh: `${reached.zh}；它不报时间，无法核对时钟`,
      en: `${reached.en}; it tells no time to compare the clock with`,
    });
  }
  const s = Math.round(Math.abs(ahead_s));
  if (s < odd_s) {
    return fine("server", {
      zh: `${reached.zh}；本机时钟与它相差不到 ${odd_s} 秒`,
      en: `${reached.en}; this machine's clock is within ${odd_s} s of its own`,
    });
  }
  const way = ahead_s > 0 ? { zh: "快", en: "ahead of" } : { zh: "慢", en: "behind" };
  return {
    id: "clock",
    state: s < refused_s ? "notice" : "wrong",
    what: {
      zh: `${reached.zh}；本机时钟比它${way.zh} ${s} 秒`,
      en: `${reached.en}; this machine's clock is ${s} s ${way.en} its own`,
    },
    todo: {
      zh: "校准时钟（timedatectl set-ntp true）：带签名的请求（腾讯云 TC3、AWS、智谱 JWT 等）会因此被拒绝，夜间榜的日期也会错",
      en: "set the clock (timedatectl set-ntp true): vendors refuse signed requests (TC3, AWS, JWT) and nights get wrong dates",
    },
  };
}
