import { resolve } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { WebAsk } from "../../report/people/answers/web-ask.ts";

import { UserError } from "../../domain/text.ts";
import { makePlan } from "../../engine/plan/plan.ts";
import { createSkips } from "../../importing/runs/skips.ts";
import { questionSheet } from "../../report/people/answers/sheet.ts";
import { webAskOf } from "../../report/people/answers/web-ask.ts";
import { checkFormat, writeSheet } from "../../report/people/sheet/write.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { skippedLines } from "../import/skipped-lines.ts";
import { ownName } from "../names.ts";
import { defineCommand, list, number } from "../options.ts";
import { settingsOf } from "../run/settings.ts";
import { shared } from "../shared-options.ts";

/** Exit 0, or 3 where no item can be asked on a page. */
export const command = defineCommand({
  usage: "SUITE… -o questions.xlsx [--for doubao]… [--limit n] [--filter …]",
  options: {
    out: shared.out,
    for: list({
      zh: "要问的网页模型，每个各占一组行，可重复",
      en: "a model whose page is asked, each with rows of its own, repeatable",
    }),
    limit: shared.limit,
    filter: shared.filter,
    seed: number(
      { zh: "抽题种子，默认 7", en: "seed of the choice of items (default 7)" },
      { whole: true, least: 0 },
      null,
    ),
    force: shared.forceOverwrite,
  },
  run: async ({ out, for: models, limit, filter, seed, force, positionals }, context) => {
    const { cwd, lang, print } = context;
    if (positionals.length === 0) throw noSuite;
    if (out === null) throw noOut;
    checkFormat(out);
    const files = await findSuites(positionals, { cwd, builtin: builtinFolder("suites") });
    const plan = await makePlan({
      suites: await Promise.all(files.map((file) => readSuite(file))),
      targets: [],
      settings: settingsOf({ limit, filter, ...(seed === null ? {} : { seed }) }, null, null),
    });
    const skips = createSkips();
    const asks: WebAsk[] = [];
    try {
      for (let place = 0; place < plan.count; place += 1) {
        const item = await plan.item(place);
        const ask: WebAsk | { readonly skip: Text } = webAskOf(item);
        if ("skip" in ask) skips.add(ask.skip, item.item);
        else asks.push(ask);
      }
    } finally {
      await plan.close();
    }
    asks.sort((a, b) => (a.item.item < b.item.item ? -1 : 1));
    const { length } = asks;
    if (length > 0) await writeSheet(resolve(cwd, out), questionSheet(asks, models), force);
    for (const line of skippedLines(skips.all(), lang)) print(line);
    if (length === 0) {
      print(
        lang === "zh"
          ? "没有一题能在网页上问，没有写出"
          : "no item can be asked on a page; nothing was written",
      );
      return 3;
    }
    const next = `${ownName(context)} import answers ${out}${models.length === 0 ? " --target web/…" : ""}`;
    print(
      lang === "zh"
        ? `已写入 ${out}：${length} 题${models.length > 1 ? `，${models.length} 个模型` : ""}。填法见“说明”表；填好后：${next}`
        : `wrote ${out}: ${length} items${models.length > 1 ? `, ${models.length} models` : ""}. Its second sheet says how to fill it in; then: ${next}`,
    );
    return 0;
  },
});

const noSuite = new UserError({
  zh: "请给出题集，例如 baimo export questions starter -o questions.xlsx --for doubao",
  en: "Name a suite, such as: baimo export questions starter -o questions.xlsx --for doubao",
});
const noOut = new UserError({
  zh: "请用 -o 指明要写的 .xlsx 文件",
  en: "name the .xlsx to write with -o",
});
