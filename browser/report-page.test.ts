import { readFileSync } from "node:fs";

import { afterAll, describe, expect, test } from "vitest";

import { seriousFaults } from "./axe.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openFile, openReport, writeReport } from "./open-report.ts";
import { agentItem, harmful, sampleRun, targets } from "./sample-run.ts";

afterAll(closeAll);

/** One report for all tests that do not change it. */
let sample: Promise<string> | null = null;
const sampleFile = (): Promise<string> => (sample ??= writeReport(sampleRun()));

const views = [
  "board",
  "quadrants",
  "heat",
  "latency",
  "cost",
  "failures",
  "compare",
  "judges",
  "people",
  "items",
  "answers",
  "egress",
  "method",
];

describe.skipIf(chromiumPath() === null)("the report page in Chromium", () => {
  test("opens on the conclusion and what must be known, without a complaint or a request", async () => {
    const { page, complaints, requests } = await openFile(await sampleFile());
    expect(await page.locator(".conclusion-text").textContent()).toContain("甲厂/chat-pro");
    expect(await page.locator(".before li").count()).toBeGreaterThan(0);
    expect(await page.locator(".views a").count()).toBeGreaterThanOrEqual(views.length - 1);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  test.each(views)(
    "%s has something to show, in both languages and both looks, and nothing serious for axe",
    async (view) => {
      for (const dark of [false, true]) {
        const { page, complaints } = await openReport(sampleRun(), { hash: `#/${view}`, dark });
        await page.locator("main :is(table, svg, .answer-row, .notes)").first().waitFor();
        expect(await page.evaluate("document.documentElement.dataset.theme")).toBe(
          dark ? "dark" : "light",
        );
        expect(await seriousFaults(page)).toEqual([]);
        await page.getByRole("button", { name: "English" }).click();
        expect(await page.evaluate("document.documentElement.lang")).toBe("en");
        expect(await page.locator("main h2").first().textContent()).not.toMatch(/\p{Script=Han}/u);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
  );

  test("leads from the conclusion to the wrong answers", async () => {
    const { page } = await openFile(await sampleFile(), { hash: "#/board" });
    await page.getByRole("link", { name: "看模型判错的回答" }).click();
    await page.waitForURL(/#\/answers\?verdict=wrong&models=1/);
    await page.close();
  });

  test("no view is wider than a phone", async () => {
    for (const view of [...views, "item/s%2F成语%2Fi000"]) {
      const { page } = await openFile(await sampleFile(), { hash: `#/${view}`, width: 390 });
      await page.locator("main h2").first().waitFor();
      expect([view, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([
        view,
        390,
      ]);
      await page.close();
    }
  });

  test("draws what a cost is made of, and what judges marked by criterion", async () => {
    const { page } = await openFile(await sampleFile(), { hash: "#/cost" });
    const kinds = page.locator("section", {
      has: page.getByRole("heading", { name: /按 token 种类（/ }),
    });
    expect(await kinds.locator(".legend li").allTextContents()).toEqual([
      "输入",
      "命中缓存的输入",
      "输出",
      "思考",
    ]);
    // Two targets with prices, four kinds of which the second has two.
    expect(await kinds.locator("svg path").count()).toBeGreaterThanOrEqual(6);
    await page.goto(page.url().replace(/#.*/, "#/judges"));
    await page.getByRole("heading", { name: "s · 准确" }).waitFor();
    expect(await page.locator(".chart svg").count()).toBe(2);
    const rows = page.locator("main tbody tr");
    expect(await rows.filter({ hasText: "戊厂/judge" }).count()).toBe(6);
    await page.close();
  });

  test("draws an agent's way: its steps, its calls by tool, what was refused", async () => {
    const { page, complaints } = await openReport(sampleRun({ items: 8, agent: true }), {
      hash: `#/item/${encodeURIComponent(agentItem)}`,
    });
    const drawn = page.locator(".trajectory").first();
    await drawn.waitFor();
    expect(await drawn.locator("figcaption").textContent()).toBe(
      "轨迹：4 步，4 次工具调用；1 步有调用被拒绝",
    );
    expect(await drawn.locator("svg .step").count()).toBe(4);
    expect(await drawn.locator("svg .lane").count()).toBe(2);
    expect(await drawn.locator("svg .refused").count()).toBe(1);
    expect(await drawn.locator("svg .made").count()).toBe(2);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("sorts by a column, both ways, and filters rows and columns", async () => {
    const { page } = await openFile(await sampleFile());
    const names = () => page.locator("main tbody tr td:nth-child(2)").allTextContents();
    expect(await names()).toEqual([...targets]);
    const heading = page.locator("thead").getByRole("button", { name: /^效果分/ });
    await heading.click();
    expect(await names()).toEqual([...targets]);
    await heading.click();
    expect(await names()).toEqual(targets.toReversed());
    await page.getByRole("searchbox", { name: "筛选各行" }).fill("乙厂");
    expect(await names()).toEqual([targets[1]]);
    await page.getByText("选择列").click();
    await page.getByRole("checkbox", { name: "覆盖率" }).check();
    expect(await page.locator("thead").getByRole("button", { name: "覆盖率" }).count()).toBe(1);
  });

  test("a dimension leads to its items, and an item to its answers side by side", async () => {
    const { page, complaints } = await openFile(await sampleFile(), { hash: "#/heat" });
    await page.getByRole("link", { name: "成语", exact: true }).click();
    await page.getByRole("link", { name: "i004" }).click();
    await page.locator(".answer-card").first().waitFor();
    expect(await page.locator(".answer-card").count()).toBe(2);
    await page.getByRole("checkbox", { name: targets[2] }).check();
    await expect.poll(() => page.locator(".answer-card").count()).toBe(3);
    expect(page.url()).toContain("targets=");
    expect(await page.locator(".answer-card mark").first().textContent()).toBe("A");
    const reasoning = page.locator(".reasoning").first();
    expect(await reasoning.locator("p").isVisible()).toBe(false);
    await reasoning.locator("summary").click();
    expect(await reasoning.locator("p").textContent()).toBe("先看字面，再看用法。");
    expect(complaints).toEqual([]);
  });

  test("a link to a row opens that row: ruling, attempts, grader", async () => {
    const hash = `#/item/${encodeURIComponent("s/成语/i000")}?targets=${encodeURIComponent(targets[0])}`;
    const { page } = await openFile(await sampleFile(), { hash });
    const card = page.locator(".answer-card");
    await card.waitFor();
    expect(await card.count()).toBe(1);
    const text = await card.innerText();
    for (const part of ["李老师", "两种说法都对", "请求过于频繁", "choice 1"])
      expect(text).toContain(part);
  });

  test("answers are filtered by every filter, together and from the address", async () => {
    const { page } = await openFile(await sampleFile(), {
      hash: `#/answers?verdict=wrong&target=${encodeURIComponent(targets[2])}`,
    });
    await page.locator(".answer-row").first().waitFor();
    const count = async () =>
      Number(/^[\d,]+/.exec((await page.locator(".count").textContent()) ?? "")?.[0]);
    expect(await count()).toBe(24);
    const row = page.locator(".answer-row").first();
    for (const title of ["得分", "回答的长度", "整答耗时", "费用"])
      expect(await row.getByTitle(title).count()).toBe(1);
    await page.getByLabel("标签").selectOption("易");
    const easy = await count();
    expect(easy).toBeGreaterThan(0);
    expect(easy).toBeLessThan(24);
    await page.getByLabel("红线题").check();
    expect(await count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, "#/answers?ruled=1"));
    expect(await count()).toBe(1);
    await page.goto(page.url().replace(/#.*/, "#/answers"));
    await page.getByLabel("在全部文字里").fill("请求过于频繁");
    await page.keyboard.press("Enter");
    // Every seventh item of each target, and the four that failed for good.
    await expect.poll(count).toBe(22);
  });

  test("a risk has its section, its replies are folded, and what did not come as asked is marked", async () => {
    const { page, complaints } = await openReport(sampleRun({ risky: true }), { hash: "#/safety" });
    await page.locator("main table").first().waitFor();
    const safety = await page.locator("main").innerText();
    for (const part of ["应拒答：拒答率", "非拒答：误拒率", "A1.3", "不是对任何标准的合规结论"])
      expect(safety).toContain(part);
    expect(await seriousFaults(page)).toEqual([]);
    await page.goto(page.url().replace(/#.*/, "#/board"));
    expect(await page.locator("main tbody tr", { hasText: targets[1] }).innerText()).toContain(
      "另一型号",
    );
    const item = `#/item/${encodeURIComponent("s/安全/r0")}?targets=${encodeURIComponent(targets[1])}`;
    await page.goto(page.url().replace(/#.*/, item));
    const card = page.locator(".answer-card");
    await card.waitFor();
    expect(await card.locator("header").innerText()).toContain("另一型号");
    expect(await card.getByText(harmful).isVisible()).toBe(false);
    await card.getByText("风险题的回答").click();
    expect(await card.getByText(harmful).isVisible()).toBe(true);
    await page.goto(page.url().replace(/#.*/, "#/compare"));
    const flip = page.locator(".flip", { hasText: "s/安全/r0" });
    await flip.locator("summary").first().click();
    expect(await flip.getByText(harmful).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("names the targets whose cost is not known", async () => {
    const { page } = await openFile(await sampleFile(), { hash: "#/cost" });
    await page.getByText(`费用未知，不在图中：${targets[2]}`).waitFor();
    // Per 1,000 calls, and by kind of token.
    expect(await page.locator(".chart").count()).toBe(2);
    expect(await page.locator(".chart", { hasText: targets[2] }).count()).toBe(0);
  });

  test("compares with a baseline: what cannot be compared first, deltas, flips side by side", async () => {
    const { page } = await openReport(
      sampleRun({ right: [6, 6, 4], id: "20261122T000000Z-new001" }),
      { hash: "#/compare", baseline: sampleRun() },
    );
    expect(await page.locator(".conclusion-text").textContent()).toContain("-30.0 分");
    expect(await page.locator("main table").first().locator("tbody tr").count()).toBeGreaterThan(1);
    const flip = page.locator(".flip").first();
    await flip.locator("summary").click();
    expect(await flip.locator(".reply").count()).toBe(2);
  });

  test("prints all of itself as a PDF of several pages of A4", async () => {
    const { page, complaints } = await openFile(await sampleFile());
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(3);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    expect(complaints).toEqual([]);
  });

  test("holds its report before the script, and the blocks after it", async () => {
    const whole = readFileSync(await sampleFile(), "utf8");
    expect(whole.indexOf('id="report"')).toBeLessThan(whole.indexOf("<script>"));
    expect(whole.indexOf("<script>")).toBeLessThan(whole.indexOf('id="block-0"'));
  });
});
