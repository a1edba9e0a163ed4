import type { Item, Suite, Task } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { Locate } from "../../yaml/yaml.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { promptTemplate } from "../../../domain/wrap/builtin-prompts.ts";
import { namesIn, unknownNames } from "../../../domain/wrap/template.ts";
import { wordingOf } from "../../../domain/wrap/wording.ts";
import { foldText } from "../../../text/answer-fold.ts";
import { problemAt } from "../../yaml/yaml.ts";

/** Finds wordings of one task that ask for a choice without showing what there is to choose from. */
export type HiddenOptions = {
  readonly take: (item: Item) => void;
  /** One warning for each wording; `locate` is relative to the task. */
  readonly found: (locate: Locate) => readonly Problem[];
};

/**
 * Options that a model never sees: the template has no `{{options}}`, and neither the question nor any other text that is
 * sent holds them all. Wordings whose template has them are not rendered, so that a million items cost nothing.
 */
export function hiddenOptionsIn(suite: Pick<Suite, "id" | "defaults">, task: Task): HiddenOptions {
  const blind = [null, ...Object.keys(task.wordings ?? {})].filter((wording) => {
    const prompt = wordingOf(task, wording).prompt ?? (wording === null ? task.prompt : undefined);
    return prompt !== undefined && isBlind(promptTemplate(prompt));
  });
  const items = new Map<string | null, { count: number; readonly first: string }>();
  return {
    take: (item) => {
      if (blind.length === 0) return;
      const { asks, turns } = itemLine(suite, task, item, blind);
      for (const { wording, messages, turns: prompts } of asks) {
        const isHidden = turns.some(({ options }, turn) => {
          const before = [...messages.map(({ text }) => text ?? ""), ...prompts.slice(0, turn + 1)];
          const sent = foldText(before.join("\n"));
          return Object.values(options ?? {}).some((text) => !sent.includes(foldText(text)));
        });
        if (!isHidden) continue;
        const known = items.get(wording);
        if (known === undefined) items.set(wording, { count: 1, first: item.id });
        else known.count += 1;
      }
    },
    found: (locate) =>
      [...items].map(([wording, { count, first }]) => {
        const path = wording === null ? ["prompt"] : ["wordings", wording];
        return { ...problemAt(locate, path, hidden(count, first)), level: "warning" };
      }),
  };
}

/** Sound otherwise: a misspelt name, or a question that is not sent, is a problem of its own. */
function isBlind(template: string): boolean {
  const names = namesIn(template);
  const isSound = unknownNames(template).length === 0 && names.includes("question");
  return isSound && !names.includes("options");
}

const hidden = (count: number, first: string): Text => ({
  zh: `有 ${count} 题带选项（如 ${first}），这个模板里却没有 {{options}}，题面里也没有写全，模型看不到要选什么；请在模板里加上 {{options}}`,
  en: `${count} ${count === 1 ? "item has" : "items have"} options (such as ${first}), but this template has no {{options}} and the question does not hold them all: the model never sees what to choose from; add {{options}} to the template`,
});
