import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Auth } from "../../domain/request/auth.ts";
import type { Http, HttpRequest } from "../../transport/http.ts";

import { senseNovaToken } from "../../auth/sensenova-jwt.ts";
import { signedUrl } from "../../auth/spark-url.ts";
import { tc3Signature } from "../../auth/tc3.ts";
import { zhipuToken } from "../../auth/zhipu-jwt.ts";
import { createAuthorizer } from "./authorizer.ts";
import { bceAuthorization, canonical } from "./bce.ts";

// Keys from the vendors' own documentation and tests, or made up; they grant no access.

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

const stars = "*".repeat(32);
const cvm = {
  method: "POST",
  url: "https://cvm.tencentcloudapi.com/",
  headers: { "content-type": "application/json; charset=utf-8" },
  body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
} as const;

test.each([
  {
    wire: { ...cvm, headers: { ...cvm.headers, "x-tc-action": "DescribeInstances" } },
    secret_key: stars,
    service: "cvm",
    timestamp: 1_551_113_065,
    canonical_hash: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
    signature: "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
    names: "content-type;host;x-tc-action",
  },
  {
    wire: cvm,
    secret_key: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    service: "cvm",
    timestamp: 1_551_113_065,
    canonical_hash: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
    signature: "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
    names: "content-type;host",
  },
  {
    wire: {
      ...cvm,
      url: "https://hunyuan.tencentcloudapi.com/",
      headers: { ...cvm.headers, "x-tc-action": "ChatCompletions" },
      body: '{"Model":"hunyuan-turbos-latest","Messages":[{"Role":"user","Content":"你好"}],"Stream":false}',
    },
    secret_key: stars,
    service: "hunyuan",
    timestamp: 1_700_000_000,
    canonical_hash: "2d44d81f03fcda2a57540726b800711ae38280742e50046417c4a08d9641dc55",
    signature: "e6787b64e3ea44a8c2de3cc5404bd1e2087bc66bfc94d71fa75aa71fb319ce0e",
    names: "content-type;host;x-tc-action",
  },
])("TC3: $service, $names", ({ wire, timestamp, ...expected }) => {
  const { secret_key, service, canonical_hash, signature, names } = expected;
  const signed = tc3Signature(wire, { secret_id: `AKID${stars}`, secret_key, service }, timestamp);
  expect(signed).toMatchObject({ canonical_hash, signature });
  expect(signed.header).toContain(`/${service}/tc3_request, SignedHeaders=${names}, Signature=`);
});

test("TC3: headers sent besides the signature", async () => {
  const auth = { scheme: "tc3", with: { region: "ap-guangzhou" } };
  const authorize = createAuthorizer(tokenServer().http)(auth, {
    secrets: { secret_id: "i", secret_key: "k", token: "t" },
  });
  const sealed = await authorize({ ...cvm, headers: { ...cvm.headers, "x-tc-action": "A" } });
  expect(sealed?.headers).toMatchObject({
    "x-tc-timestamp": "1700000000",
    "x-tc-region": "ap-guangzhou",
    "x-tc-token": "t",
    authorization: expect.stringMatching(
      /^TC3-HMAC-SHA256 Credential=i\/2023-11-14\/hunyuan\/tc3_request, /,
    ),
  });
});

test.each([
  ["/v1.1/chat", "z5gHdu3pxVV4ADMyk467wOWDQ9q6BQzR3nfMTjc/DaQ="],
  ["/v4.0/chat", "XruyxBmGpK48Gv2TcB2xHzrKYcdGIm5uf6XRNt8N0Dk="],
])("星火: the URL of %s", (path, signature) => {
  const url = signedUrl(
    `wss://spark-api.xf-yun.com${path}`,
    "addd2272b6d8b7c8abdd79531420ca3b",
    "MjlmNzkzNmZkMDQ2OTc0ZDdmNGE2ZTZi",
    new Date("Fri, 05 May 2023 10:43:39 GMT"),
  );
  const { searchParams, search } = new URL(url);
  expect(Buffer.from(searchParams.get("authorization") ?? "", "base64").toString()).toBe(
    `api_key="addd2272b6d8b7c8abdd79531420ca3b", algorithm="hmac-sha256", headers="host date request-line", signature="${signature}"`,
  );
  expect(search.slice(search.indexOf("&"))).toBe(
    "&date=Fri%2C+05+May+2023+10%3A43%3A39+GMT&host=spark-api.xf-yun.com",
  );
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

const request: HttpRequest = {
  method: "POST",
  url: "https://vendor.example/chat",
  headers: {},
  body: "{}",
};
/** The token of a request, wherever the vendor expects it. */
const tokenOf = (sealed: HttpRequest | null): string =>
  new URL(sealed?.url ?? "").searchParams.get("access_token") ??
  sealed?.headers["authorization"] ??
  "";

/** Either of Baidu's two token endpoints. */
function tokenServer() {
  const asked: HttpRequest[] = [];
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
    sendLags: () => new Float64Array(),
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
  "%j: one token for all requests in flight, renewed once when it expires or is refused",
  async (auth, secrets, fetches) => {
    const { http, asked } = tokenServer();
    const authorize = createAuthorizer(http)(auth, { secrets });
    const all = async (refused?: HttpRequest) => {
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
    // Beyond the longest lifetime.
    vi.advanceTimersByTime(31 * 86_400_000);
    const third = await all();
    expect(tokenOf(third)).not.toBe(tokenOf(second));
    expect(asked).toHaveLength(3 * fetches);
  },
);
