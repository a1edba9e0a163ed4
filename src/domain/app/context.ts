import type { ItemLine } from "../run-file/lines.ts";
import type { Item, Task } from "../suite.ts";

type Contexts = Pick<Item | Task, "context">;

const none: readonly string[] = [];

/** The passages that an item's prompt shows, in their order; none where it has no context. */
function passagesOf(task: Contexts, item: Contexts): readonly string[] {
  const context = item.context ?? task.context;
  return context === undefined ? none : [context].flat();
}

/** What the run file keeps of them. */
export function contextEntry(task: Contexts, item: Contexts): Pick<ItemLine, "context"> {
  const context = passagesOf(task, item);
  return context.length === 0 ? {} : { context };
}

const noTexts = { context: "", passages: "" };

/** What `{{context}}` and `{{passages}}` stand for: the passages as they are, and with the numbers that citations name. */
export function contextTexts(
  task: Contexts,
  item: Contexts,
): { readonly context: string; readonly passages: string } {
  const texts = passagesOf(task, item);
  if (texts.length === 0) return noTexts;
  return {
    context: texts.join("\n\n"),
    passages: texts.map((text, at) => `[${at + 1}] ${text}`).join("\n\n"),
  };
}
