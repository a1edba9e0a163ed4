import { expect, test } from "vitest";

import { leaderboardHtml } from "../leaderboard/html.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

test("one page: every column and dimension, nothing from elsewhere, and no markup of others", () => {
  const view = createView();
  const target = "a/<script>alert(1)</script>";
  const facts = { item: "s/t/1", target };
  const item = itemLine("s/t/1", { dimension: ["中文 & 特性", "<b>成语</b>"] });
  for (const line of [
    runLine([target]),
    item,
    answerLine(facts),
    scoreLine(facts, "right"),
    endLine(),
  ]) {
    step(view, line);
  }
  const page = leaderboardHtml(view, leaderboardOf(view), "zh");
  expect(page.startsWith('<!doctype html>\n<html lang="zh-CN">')).toBe(true);
  expect(page).toContain("a/&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).toContain("<td>中文 &amp; 特性</td>");
  expect(page).toContain("&lt;b&gt;成语&lt;/b&gt;");
  for (const column of ["效果分 (95% 区间)", "首字延迟 p50/p95 (秒)", "元/百万tokens"]) {
    expect(page).toContain(`>${column}</th>`);
  }
  expect(page).not.toMatch(/<script|<b>|src=|href=|url\(|@import|https?:/);
  for (const tag of ["table", "tbody", "tr", "td", "ul", "li", "div"]) {
    const count = (pattern: RegExp): number => page.match(pattern)?.length ?? 0;
    expect(count(new RegExp(`<${tag}[ >]`, "g"))).toBe(count(new RegExp(`</${tag}>`, "g")));
  }
});
