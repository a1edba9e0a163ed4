import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { command as check } from "../commands/check.ts";
import { command as ping } from "../commands/ping.ts";
import { command as run } from "../commands/run.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";

const config = `schema: baimo/1
suites: [starter]
targets: [mine/old, mine/new]
providers:
  mine:
    protocol: openai-chat
    base_url: http://127.0.0.1:9/v1
    auth: {scheme: none}
    models:
      - id: old
        life: {retires: 2026-12-01, rerouted_to: new, successor: new, source: "https://v.example/ends", read: 2026-11-20}
        price: {currency: CNY, source: "价目，2026-08-01", tiers: [{input: 1, output: 2}]}
      - id: new
`;

const folder = newFolder();
writeFileSync(join(folder, "baimo.yaml"), config);
const on = (day: string) => ({ now: () => new Date(`${day}T04:00:00Z`) });
const dry = { "dry-run": true, limit: "1" };

test("long before, nothing is said of the end; an old price is", async () => {
  const { code, text } = await runCommand(run, folder, [], dry, on("2026-10-01"));
  expect(code).toBe(0);
  expect(text).not.toContain("下线");
  const later = await runCommand(run, folder, [], dry, on("2026-10-31"));
  expect(later.text).toContain("这些价格是 90 多天前查的，费用可能不准：mine/old 2026-08-01");
});

test("from 60 days before: how many, what comes after, the source and its day", async () => {
  const words =
    "注意：mine/old 还有 2 天（2026-12-01）下线，之后由 new 冒名作答；通知之后限额会逐步收紧，延迟不宜与早先的相比；厂商建议改用 new；来源：https://v.example/ends，2026-11-20";
  const dated = on("2026-11-29");
  expect((await runCommand(run, folder, [], dry, dated)).text).toContain(words);
  expect((await runCommand(check, folder, ["baimo.yaml"], {}, dated)).text).toContain(words);
  expect((await runCommand(ping, folder, [], {}, dated)).text).toContain(words);
});

test("from the day on: refused, with what happens instead; --force asks all the same", async () => {
  const dated = on("2026-12-01");
  const words =
    "mine/old 2026-12-01 起这个名字由 new 作答并按其价格计费，测到的不是它；厂商建议改用 new";
  const refused = await runCommand(run, folder, [], dry, dated);
  expect(refused.code).toBe(2);
  expect(refused.error).toContain(words);
  expect(refused.error).toContain("要照样问，加 --force");
  expect((await runCommand(check, folder, ["baimo.yaml"], {}, dated)).error).toContain(words);
  expect((await runCommand(ping, folder, [], {}, dated)).error).toContain(words);
  const forced = await runCommand(run, folder, [], { ...dry, force: true }, dated);
  expect(forced.code).toBe(0);
  expect(forced.text).toContain(`注意：${words}`);
});

test("the simulator stands for a vendor whose model is gone", async () => {
  const gone = { model: ["hunyuan/hunyuan-lite"], "via-sim": true };
  const { code, text } = await runCommand(ping, folder, [], gone, on("2026-11-29"));
  expect(code).toBe(0);
  expect(text).not.toContain("下线");
});

test("a level of thinking that the model does not have is said before anything is asked", async () => {
  const own = newFolder();
  writeFileSync(
    join(own, "baimo.yaml"),
    `schema: baimo/1
suites: [starter]
targets:
  - {ref: mine/always, as: nothink, thinking: off}
  - {ref: mine/always, as: usual}
  - {ref: mine/mapped, as: mid, thinking: medium}
  - {ref: mine/plain, as: deep, thinking: on}
providers:
  mine:
    protocol: openai-chat
    base_url: http://127.0.0.1:9/v1
    auth: {scheme: none}
    models:
      - id: always
        request: {thinking: {on: {think: true}, default: "on"}}
      - id: mapped
        request: {thinking: {medium: {effort: m}, high: {effort: h}, treated_as: {medium: high}}}
      - id: plain
`,
  );
  const { text } = await runCommand(run, own, [], dry);
  expect(text).toContain(
    "注意：mine/always@nothink 写了 thinking: off，这个型号没有这一项；实际是 on",
  );
  expect(text).toContain("注意：mine/mapped@mid 写了 thinking: medium，厂商收下，却当作 high");
  expect(text).toContain(
    "注意：mine/plain@deep 写了 thinking: on，这个型号没有这一项；厂商的默认值照旧",
  );
  expect(text).not.toContain("mine/always@usual 写了");
});

test("a model that is not known is asked with a note: the names that it is close to, else those that are known", async () => {
  const { code, text } = await runCommand(run, newFolder(), ["starter"], {
    model: ["qwen/qwen-pluss", "qwen/never-heard-of"],
    "dry-run": true,
    limit: "1",
  });
  expect(code).toBe(0);
  expect(text).toContain("qwen/qwen-pluss 不在已知的模型里，费用未知；是否应为 qwen/qwen-plus");
  expect(text).toMatch(
    /qwen\/never-heard-of 不在已知的模型里，费用未知；已知的 \d+ 个：baimo models --provider qwen/,
  );
  const own = await runCommand(run, folder, ["starter"], { ...dry, model: ["mine/nope"] });
  expect(own.text).toContain(
    "注意：mine/nope 不在已知的模型里，费用未知；已知的有 mine/old、mine/new",
  );
  expect((await runCommand(run, folder, [], dry, on("2026-10-01"))).text).not.toContain("不在已知");
});
