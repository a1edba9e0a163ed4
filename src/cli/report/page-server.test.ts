import { request } from "node:http";

import { expect, test } from "vitest";

import type { Report } from "../../report/page/report.ts";

import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { reportOf } from "../../report/page/report.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { createView, step } from "../../report/view/view.ts";
import { servePage } from "./page-server.ts";

function smallReport(): Report {
  const view = createView();
  const facts = { item: "s/t/1", target: "v/m" };
  for (const line of [
    runLine(["v/m"]),
    itemLine("s/t/1"),
    answerLine(facts),
    scoreLine(facts, "right"),
    endLine(),
  ])
    step(view, line);
  return reportOf(view, leaderboardOf(view), null, {
    generated_at: "2026-11-22T00:00:00Z",
    tool: { version: "0.1.0", commit: null, node: "v24" },
    latency: [],
    failures: [],
    token_costs: [],
    criteria: [],
    sections: [],
    comparisons: [],
  });
}

const document = {
  report: smallReport(),
  index: Buffer.from("index"),
  blocks: [Buffer.from("first"), Buffer.from("second")],
  assets: { script: "0", style: "" },
  lang: "zh",
} as const;

/** Status and body; `fetch` would not let the host be another. */
const got = (
  url: string,
  { method = "GET", host }: { readonly method?: string; readonly host?: string } = {},
): Promise<readonly [number, string]> =>
  new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    request(url, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        resolve([response.statusCode ?? 0, Buffer.concat(parts).toString()]);
      });
    })
      .on("error", reject)
      .end();
  });

test("gives the page and its blocks to whoever has the token, and nothing else to anybody", async () => {
  const server = await servePage(document);
  const root = new URL(server.url).origin;
  const [status, page] = await got(server.url);
  expect(status).toBe(200);
  expect(page).toContain("connect-src 'self'");
  expect(page).not.toContain('id="block-0"');
  expect(await got(`${server.url}blocks/1.bin`)).toEqual([200, "second"]);
  const refused: readonly (readonly [string, object])[] = [
    [`${server.url}blocks/2.bin`, {}],
    [`${server.url}../package.json`, {}],
    [`${root}/`, {}],
    [`${root}/blocks/1.bin`, {}],
    [`${server.url.slice(0, -2)}${server.url.at(-2) === "x" ? "y" : "x"}/`, {}],
    [server.url, { method: "POST" }],
    [server.url, { method: "PUT" }],
    [server.url, { host: "evil.example" }],
  ];
  for (const [url, how] of refused) expect([url, ...(await got(url, how))]).toEqual([url, 404, ""]);
  await server.close();
  await expect(got(server.url)).rejects.toThrow("ECONNREFUSED");
});
