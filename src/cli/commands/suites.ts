import type { Lang } from "../../domain/text.ts";
import type { YamlHead } from "../../store/suites/find-suites.ts";
import type { Context } from "../context.ts";

import { jsonText } from "../../report/render/plain.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { namedSuites } from "../../store/suites/find-suites.ts";
import { shownPath } from "../names.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Reads the heads of files alone, so that it answers at once; `check` says whether they are well. */
export const command = defineCommand({
  usage: "[--json]",
  options: { json: shared.json },
  run: async ({ json }, context) => {
    const { cwd, lang, print } = context;
    const { suites, boards } = await namedSuites({ cwd, builtin: builtinFolder("suites") });
    const entries = [
      ...suites.map((head) => entryOf(head, "suite", cwd)),
      ...boards.map((head) => entryOf(head, "board", cwd)),
    ];
    print(json ? jsonText(entries, 2) : `${tableOf(entries, context)}\n\n${note[lang]}`);
    return 0;
  },
});

type Entry = {
  readonly id: string;
  readonly kind: "suite" | "board";
  readonly title: string | null;
  readonly file: string;
};

const entryOf = ({ id, title, file }: YamlHead, kind: Entry["kind"], cwd: string): Entry => ({
  id,
  kind,
  title,
  file: shownPath(file, { cwd }),
});

function tableOf(
  entries: readonly Entry[],
  { lang, columns }: Pick<Context, "lang" | "columns">,
): string {
  const { id, kind, title, file, suite, board } = words[lang];
  return renderTerminal(
    {
      columns: [
        { title: id },
        { title: kind, drop: 1 },
        { title, drop: 2 },
        { title: file, drop: 3 },
      ],
      rows: entries.map((entry) => [
        entry.id,
        entry.kind === "suite" ? suite : board,
        entry.title ?? "",
        entry.file,
      ]),
    },
    columns,
  );
}

const words = {
  zh: { id: "id", kind: "种类", title: "标题", file: "文件", suite: "题集", board: "榜单" },
  en: { id: "ID", kind: "Kind", title: "Title", file: "File", suite: "suite", board: "board" },
} as const satisfies Readonly<Record<Lang, Readonly<Record<string, string>>>>;

const note: Readonly<Record<Lang, string>> = {
  zh: "id 写进 baimo.yaml 的 suites:，或者跟在 run 后面",
  en: "An id stands under suites: in baimo.yaml, or behind run.",
};
