import { expect, test } from "vitest";

import { waitInBody, waitInWords } from "./wait-words.ts";

const now = new Date("2026-11-29T02:00:00Z");

test.each([
  ["reached max organization concurrency: 1, please try again after 1 seconds", 1_000],
  ["Rate limit reached. Please try again in 20s.", 20_000],
  ["Please retry after 1.5 seconds", 1_500],
  ["try again in 250ms", 250],
  ["Please try again in 1m30.5s.", 90_500],
  ["Please wait 20 seconds", 20_000],
  ["Please wait for 2 minutes before trying again", 120_000],
  ["Limit 200, Used 200. Please try again in 7m12s", 432_000],
  ["Your limit resets in 1 hour and 5 minutes", 3_900_000],
  ["retry_after: 30", 30_000],
  ["Retry after 12", 12_000],
  ["您的请求过于频繁，请在 2 秒后重试", 2_000],
  ["请在２秒后重试", 2_000],
  ["请于30秒之后再试", 30_000],
  ["请三十秒后重新发起请求", 30_000],
  ["请两分钟后再来", 120_000],
  ["请等待一分半钟", 90_000],
  ["系统繁忙，请等待 500 毫秒", 500],
  ["半小时后恢复", 1_800_000],
  ["请 1 分 30 秒后重试", 90_000],
  ["限流中，还需等待约 45 秒", 45_000],
  ["请求将在10 s后可用", 10_000],
  ["您的限额将在 2026-11-29 10:00:40 重置", 40_000],
  ["You will regain access on 2026-11-29 02:01:00 UTC.", 60_000],
  ["Please try again after some time", null],
  ["请稍候 5 秒再试", 5_000],
  ["请稍后再试", null],
  ["每 60 秒最多 20 次请求", null],
  ["60 秒内最多请求 20 次，请稍后再试", null],
  ["Limit: 20 requests per 60 seconds", null],
  ["created at 2026-11-29 10:00:40", null],
  ["", null],
])("%s: a wait of %s ms", (text, wait) => {
  expect(waitInWords(text, now)).toBe(wait);
});

test.each<[unknown, number | null]>([
  [{ error: { retry_after: 3 } }, 3_000],
  [{ error: { message: "x", metadata: { retry_after_ms: 250 } } }, 250],
  [{ retryAfter: "1m30s" }, 90_000],
  [{ error: { details: [{ "@type": "x" }, { retryDelay: "31s" }] } }, 31_000],
  [{ error: "Model is loading", estimated_time: 20.5 }, 20_500],
  [{ retry_after_seconds: "7" }, 7_000],
  [{ retry_after: 1_795_917_600 }, null],
  [{ retry_after: -1 }, null],
  [{ retry_after: null, after: 3 }, null],
  ["5", null],
])("%j: a wait of %s ms", (body, wait) => {
  expect(waitInBody(body)).toBe(wait);
});
