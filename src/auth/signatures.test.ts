import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Auth } from "../domain/provider.ts";
import type { Http, WireRequest } from "../wire/http.ts";
import { bceAuthorization, canonical } from "./kit/bce.ts";
import { createAuthorizer } from "./kit/authorizer.ts";
import { senseNovaToken } from "./sensenova-jwt.ts";
import { zhipuToken } from "./zhipu-jwt.ts";

// Keys of the vendors' own documentation and tests, or made up; they open nothing.

const bceKeys = { access_key_id: "my_ak", secret_access_key: "my_sk" };
const bceAt = new Date(1_402_639_056_000);
const put = {
  method: "PUT",
  url: "https://bce.baidu.com/v1/bucket/object1?A=&b=&C=d",
  headers: { Host: "bce.baidu.com", "x-bce-meta-key1": "ABC" },
};

test("BCE: the canonical request", () => {
  expect(canonical(put)).toBe(
    "PUT\n/v1/bucket/object1\nA=&C=d&b=\nhost:bce.baidu.com\nx-bce-meta-key1:ABC",
  );
  const odd = { ...put, url: "https://bce.baidu.com/!'()*this is for 测试?authorization=x" };
  expect(canonical({ ...odd, headers: { Host: " a ", Empty: "" } })).toBe(
    "PUT\n/%21%27%28%29%2Athis%20is%20for%20%E6%B5%8B%E8%AF%95\n\nhost:a",
  );
});

test.each([
  [
    put,
    "bce-auth-v1/my_ak/2014-06-13T05:57:36Z/1800/host;x-bce-meta-key1/80c9672aca2ea9af4bb40b9a8ff458d72df94e97d550840727f3a929af271d25",
  ],
  [
    {
      method: "DELETE",
      url: "https://bce.baidu.com/v1/test-bucket1361199862",
      headers: { "Content-Type": "application/json; charset=utf-8", "Content-Length": "0" },
    },
    "bce-auth-v1/my_ak/2014-06-13T05:57:36Z/1800/content-length;content-type/c9386b15d585960ae5e6972f73ed92a9a682dc81025480ba5b41206d3e489822",
  ],
  [
    {
      method: "GET",
      url: "https://iam.bj.baidubce.com/v1/BCE-BEARER/token?expireInSeconds=86400",
      headers: { host: "iam.bj.baidubce.com" },
    },
    "bce-auth-v1/my_ak/2014-06-13T05:57:36Z/1800/host/ec13a5f83c04949a18d442973849802270c4ec26b2c82b02b6c0ca2a2f85727d",
  ],
])("BCE: %j", (request, authorization) => {
  expect(bceAuthorization(request, bceKeys, bceAt, 1800)).toBe(authorization);
});

test("智谱: times are in milliseconds", () => {
  expect(zhipuToken("id0123.secret4567", new Date(1_700_000_000_000))).toBe(
    "eyJhbGciOiJIUzI1NiIsInNpZ25fdHlwZSI6IlNJR04ifQ.eyJhcGlfa2V5IjoiaWQwMTIzIiwiZXhwIjoxNzAwMDAwMjEwMDAwLCJ0aW1lc3RhbXAiOjE3MDAwMDAwMDAwMDB9.eyEdMcXy3WIzq-M-5BKLFGRUBXwys4-QRLE9bVOceHQ",
  );
  expect(() => zhipuToken("no-dot", new Date())).toThrow("not of the form id.secret");
});

test("日日新: times are in seconds", () => {
  expect(senseNovaToken("ak0123", "sk4567", new Date(1_700_000_000_000))).toBe(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhazAxMjMiLCJleHAiOjE3MDAwMDE4MDAsIm5iZiI6MTY5OTk5OTk5NX0.FT42rBrODjPAq1uY_LUd4RcuFCuhLF1ME5dBaioloo0",
  );
});

const request: WireRequest = {
  method: "POST",
  url: "https://vendor.example/chat",
  headers: {},
  body: "{}",
};
/** The token of a request, wherever the vendor wants it. */
const tokenOf = (sealed: WireRequest | null): string =>
  new URL(sealed?.url ?? "").searchParams.get("access_token") ??
  sealed?.headers["authorization"] ??
  "";

/** A token endpoint of Baidu's, either of the two. */
function tokenServer() {
  const asked: WireRequest[] = [];
  const http: Http = {
    exchange: async (wire, receiver) => {
      asked.push(wire);
      const value = `token-${asked.length}`;
      const isIam = wire.url.includes("BCE-BEARER");
      await Promise.resolve();
      receiver.head(isIam ? 201 : 200, {});
      const expireTime = new Date(Date.now() + 86_400_000).toISOString();
      const body = isIam
        ? { token: value, expireTime }
        : { access_token: value, expires_in: 2_592_000 };
      receiver.data(Buffer.from(JSON.stringify(body)), 0);
      const times = { started_at: "", connect_ms: null, headers_ms: null, total_ms: 0 };
      return { ...times, failure: null };
    },
    sendLagMs: () => null,
    close: () => Promise.resolve(),
  };
  return { http, asked };
}

const renewing: readonly (readonly [Auth, Record<string, string>, number])[] = [
  [{ scheme: "baidu-token" }, { client_id: "i", client_secret: "s" }, 1],
  [{ scheme: "bce-bearer" }, { access_key_id: "i", secret_access_key: "s" }, 1],
  [{ scheme: "zhipu-jwt" }, { key: "id.secret" }, 0],
  [{ scheme: "sensenova-jwt" }, { access_key_id: "i", secret_access_key: "s" }, 0],
];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each(renewing)(
  "%j: one token for all in flight, renewed once when it expires or is refused",
  async (auth, secrets, fetches) => {
    const { http, asked } = tokenServer();
    const authorize = createAuthorizer(http)(auth, { secrets });
    const all = async (refused?: WireRequest) => {
      const sealed = await Promise.all(
        Array.from({ length: 20 }, () => authorize(request, refused)),
      );
      expect(new Set(sealed.map(tokenOf)).size).toBe(1);
      return sealed[0] ?? null;
    };
    const first = await all();
    expect(tokenOf(first)).not.toBe("");
    expect(asked).toHaveLength(fetches);
    vi.advanceTimersByTime(1000);
    const second = await all(first ?? undefined);
    expect(tokenOf(second)).not.toBe(tokenOf(first));
    expect(asked).toHaveLength(2 * fetches);
    // Beyond the longest life.
    vi.advanceTimersByTime(31 * 86_400_000);
    const third = await all();
    expect(tokenOf(third)).not.toBe(tokenOf(second));
    expect(asked).toHaveLength(3 * fetches);
  },
);
