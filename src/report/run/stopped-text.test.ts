import { expect, test } from "vitest";

import { stoppedLine } from "./stopped-text.ts";

const refused = { target: "mine/m", reason: "auth", status: null, message: "no" } as const;

test("a key is in question where the vendor refused it, and not where a proxy let nothing through", () => {
  expect(stoppedLine({ ...refused, code: "invalid_api_key" }, "zh")).toBe(
    "■ mine/m 不再提问：密钥无效 (invalid_api_key no)",
  );
  const byProxy = { ...refused, code: "proxy-407" };
  expect(stoppedLine(byProxy, "zh")).toBe("■ mine/m 不再提问：代理没有放行 (proxy-407 no)");
  expect(stoppedLine(byProxy, "en")).toBe(
    "■ mine/m is asked no further: the proxy let nothing through (proxy-407 no)",
  );
});
