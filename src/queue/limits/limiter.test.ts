import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { defaultPolicy } from "../../engine/calls/retry.ts";
import { hasRedis, startRedis, type TestRedis } from "../testing/redis.ts";
import { createLimiter, type LaneLimits, type Limiter } from "./limiter.ts";

const account: LaneLimits = { cap: 4, slow: false, rpm: null, tpm: null };

describe.runIf(hasRedis)("the limits of an account, shared by two machines", () => {
  let server: TestRedis;
  let redis: Redis;
  let other: Redis;
  let here: Limiter;
  let there: Limiter;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    other = new Redis(server.url);
  });
  beforeEach(async () => {
    await redis.flushall();
    here = createLimiter(redis, "qwen", defaultPolicy);
    there = createLimiter(other, "qwen", defaultPolicy);
  });
  afterAll(async () => {
    redis.disconnect();
    other.disconnect();
    await server.close();
  });

  const takeAll = async (count: number, limits: LaneLimits, tokens = 0) => {
    const granted: string[] = [];
    for (let at = 0; at < count; at += 1) {
      const lease = `lease ${at}`;
      const state = await (at % 2 === 0 ? here : there).take(lease, limits, tokens);
      if (state.granted) granted.push(lease);
    }
    return granted;
  };

  /** A request that the vendor refused at `started`. */
  const refusal = (started: number, retry_after_ms = 0) => ({
    signal: "refused" as const,
    started,
    retry_after_ms,
    tokens: 0,
  });

  test("no more are under way than the account allows, whoever asks", async () => {
    const granted = await takeAll(6, account);
    expect(granted).toHaveLength(4);
    expect(await there.take("one more", account, 0)).toMatchObject({ granted: false, wait_ms: -1 });
    expect((await there.free(granted[0] ?? "")).held).toBe(3);
    expect((await here.take("now", account, 0)).granted).toBe(true);
    // Another account has its own.
    const another = createLimiter(redis, "deepseek", defaultPolicy);
    expect((await another.take("a", account, 0)).granted).toBe(true);
  });

  test("the slot of a holder that was not heard of for too long is free again", async () => {
    const [first = "", second = ""] = await takeAll(4, account);
    const held = (await redis.keys("*:held"))[0] ?? "";
    await redis.zadd(held, 1, first, 1, second);
    await here.renew([second]);
    expect((await there.take("next", account, 0)).granted).toBe(true);
    expect((await there.take("one too many", account, 0)).granted).toBe(false);
    // What has ended is not renewed.
    await here.renew([first]);
    expect((await here.look()).held).toBe(4);
  });

  test("a rate a minute gives its burst of 100 ms, then says how long to wait", async () => {
    // 97 % of 1200 a minute: 19.4 a second, of which 1.94 at once after the first.
    const limits = { ...account, cap: 100, rpm: 1_200 };
    const granted = await takeAll(12, limits);
    expect(granted.length).toBeGreaterThanOrEqual(2);
    const { granted: more, wait_ms } = await here.take("more", limits, 0);
    if (!more) expect(wait_ms).toBeLessThanOrEqual(52);
    await redis.hset((await redis.keys("*:state"))[0] ?? "", "req", "-1");
    const empty = await there.take("later", limits, 0);
    expect(empty.granted).toBe(false);
    expect(empty.wait_ms).toBeGreaterThan(52);
    expect(empty.wait_ms).toBeLessThanOrEqual(104);
  });

  test("tokens that were used beyond those taken are paid back by waiting", async () => {
    const limits = { ...account, cap: 100, tpm: 60_000 };
    const { granted, now } = await here.take("a", limits, 50);
    expect(granted).toBe(true);
    const used = { signal: "accepted" as const, started: now, retry_after_ms: 0, tokens: 5_000 };
    await here.report(used);
    const next = await there.take("b", limits, 50);
    expect(next.granted).toBe(false);
    // 4,950 tokens below the bucket of 97: five seconds at 970 a second, less what time has passed.
    expect(next.wait_ms).toBeGreaterThan(2_000);
    expect(next.wait_ms).toBeLessThanOrEqual(5_200);
  });

  test("one episode of refusals cuts the limit once for all, however many it hits", async () => {
    const wide = { ...account, cap: 20 };
    const begun = await Promise.all([1, 2, 3].map((at) => here.take(`a${at}`, wide, 0)));
    const states = [];
    for (const [at, { now }] of begun.entries())
      states.push(await (at === 1 ? there : here).report(refusal(now)));
    expect(states.map(({ width }) => width)).toEqual([16, 16, 16]);
    expect(states.at(-1)).toMatchObject({ refused: 3, changes: 1, grown: false });
    // A request that started after the cut is an episode of its own.
    const later = await here.look();
    expect((await there.report(refusal(later.now))).changes).toBe(2);
  });

  test("all wait as long as the vendor asks, and begin with one request", async () => {
    const wide = { ...account, cap: 20 };
    const { now } = await here.take("a", wide, 0);
    await here.report(refusal(now, 90_000));
    const again = await here.report(refusal((await here.look()).now, 90_000));
    expect(again.hold_ms).toBeGreaterThan(80_000);
    const elsewhere = await there.take("b", wide, 0);
    expect(elsewhere.granted).toBe(false);
    expect(elsewhere.wait_ms).toBeGreaterThan(80_000);
    expect(elsewhere.width).toBe(1);
  });

  test("a Redis that has forgotten the script is sent it again", async () => {
    await here.take("a", account, 0);
    await redis.script("FLUSH");
    expect((await there.take("b", account, 0)).held).toBe(2);
  });
});
