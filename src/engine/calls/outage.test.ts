import { describe, expect, test } from "vitest";

import type { Outcome } from "../../domain/outcome.ts";

import { type Contact, contactOf, createOutage } from "./outage.ts";
import { defaultPolicy } from "./retry.ts";

describe("what an attempt says about the way to the server", () => {
  test.each<[number | null, string | null, Outcome, Contact]>([
    [null, "ECONNREFUSED", "network", "unreachable"],
    [null, "proxy-ECONNREFUSED", "network", "unreachable"],
    [null, "UND_ERR_CONNECT_TIMEOUT", "timeout", "unreachable"],
    [null, "EHOSTUNREACH", "network", "unreachable"],
    [null, "ECONNRESET", "network", "unknown"],
    [null, "ENOTFOUND", "network", "unknown"],
    [null, "CERT_HAS_EXPIRED", "network", "unknown"],
    [200, null, "ok", "reached"],
    [200, null, "malformed", "reached"],
    [400, "x", "bad-request", "reached"],
    [429, null, "rate-limited", "reached"],
    [500, null, "server", "reached"],
    [503, "503", "overloaded", "unknown"],
    [502, null, "server", "unknown"],
  ])("%j %j %s: %s", (status, code, outcome, contact) => {
    const reply = { status, code, outcome, message: "busy" };
    expect(contactOf(reply, "https://api.example.com/v1")).toBe(contact);
  });

  test.each<[string, string, Contact]>([
    ["http://127.0.0.1:8080/v1", "Loading model", "loading"],
    ["http://gpu-box:8000/v1", "模型加载中", "loading"],
    ["http://192.168.3.7/v1", "The service is starting", "loading"],
    ["http://127.0.0.1:8080/v1", "too many requests", "unknown"],
    ["https://api.example.com/v1", "Loading model", "unknown"],
  ])("503 of %s, %s: %s", (base_url, message, contact) => {
    const reply = { status: 503, code: "503", outcome: "overloaded", message } as const;
    expect(contactOf(reply, base_url)).toBe(contact);
  });
});

test("an address where nobody ever was is no outage", () => {
  const outage = createOutage(defaultPolicy);
  outage.report("unreachable", 0, 1);
  outage.report("unreachable", 2, 3);
  expect(outage.isOut()).toBe(false);
});

test("a server of one's own that is loading is waited for from the start, until it answers", () => {
  const outage = createOutage(defaultPolicy);
  outage.report("loading", 0, 1);
  expect([outage.isOut(), outage.isLoading(), outage.notBefore()]).toEqual([true, true, 501]);
  outage.report("reached", 502, 503);
  expect([outage.isOut(), outage.isLoading()]).toEqual([false, false]);
  // It was there: this is an outage, however it began.
  outage.report("loading", 600, 601);
  expect([outage.isOut(), outage.isLoading()]).toEqual([true, false]);
});

test("looks are further and further apart, and at most five seconds", () => {
  const outage = createOutage(defaultPolicy);
  outage.report("reached", 0, 1);
  let now = 1_000;
  const waits: number[] = [];
  for (let look = 0; look < 7; look++) {
    outage.report("unreachable", now - 1, now);
    // Refusals of the same moment are one look.
    outage.report("unreachable", now - 1, now);
    waits.push(outage.notBefore() - now);
    now = outage.notBefore() + 2;
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  expect(outage.forMs(now)).toBe(now - 1_000);
});

test("a server that is still loading keeps the outage, and the first answer ends it", () => {
  const outage = createOutage(defaultPolicy);
  outage.report("unknown", 0, 1);
  expect(outage.isOut()).toBe(false);
  outage.report("reached", 0, 1);
  outage.report("unreachable", 2, 3);
  outage.report("unknown", 600, 700);
  expect(outage.isOut()).toBe(true);
  expect(outage.notBefore()).toBe(1_700);
  outage.report("reached", 1_700, 1_800);
  expect(outage.isOut()).toBe(false);
  expect(outage.notBefore()).toBe(0);
});
