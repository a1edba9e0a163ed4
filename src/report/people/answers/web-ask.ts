import type { ChatMessage } from "../../../domain/call.ts";
import type { ItemLine } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";

import { digestOf } from "../../../domain/digest.ts";

/** How an item is asked on a web page, where there is one box for text and nothing else. */
export type WebAsk = {
  /** The item as it is recorded: where a system prompt or examples had to go into the text, the prompt says so. */
  readonly item: ItemLine;
  /** What is pasted, turn by turn. */
  readonly turns: readonly string[];
  /** Tells whether an answer in a sheet belongs to this very question. */
  readonly check: string;
  /** The text begins with what a program would have sent as a system prompt or as earlier messages. */
  readonly isFolded: boolean;
};

/** A spreadsheet's cell holds no more. */
const mostChars = 32_000;

/** An item as a person asks it on a page, or why nobody can. */
export function webAskOf(item: ItemLine): WebAsk | { readonly skip: Text } {
  const ask = item.asks.find(({ wording }) => wording === null);
  if (ask === undefined) return { skip: noPrompt };
  if (item.tools.length > 0 || item.environment !== undefined) return { skip: needsTools };
  if (item.request !== undefined) return { skip: needsRequest };
  const isFolded = ask.messages.length > 0;
  const turns = ask.turns.map((turn, place) =>
    place === 0 && isFolded ? `${foldedText(ask.messages)}\n\n${turn}` : turn,
  );
  if (turns.some((turn) => turn.length > mostChars)) return { skip: tooLong };
  const ask_digest = isFolded ? digestOf({ web: turns }) : ask.ask_digest;
  return {
    item: {
      ...item,
      asks: [{ wording: null, ask_digest, messages: [], turns }],
    },
    turns,
    check: digestOf([ask.ask_digest, turns]).slice(0, 12),
    isFolded,
  };
}

/** A system prompt alone stands as it is; a conversation with its speakers. */
function foldedText(messages: readonly ChatMessage[]): string {
  const names = { system: "【要求】", user: "【问】", assistant: "【答】" } as const;
  const [only] = messages;
  if (messages.length === 1 && only?.role === "system") return only.text;
  return messages.map(({ role, text }) => `${names[role]}\n${text}`).join("\n\n");
}

const noPrompt: Text = { zh: "没有原问法", en: "it has no base wording" };
const needsTools: Text = {
  zh: "要调用工具，网页上问不了",
  en: "it needs tools, which a web page does not have",
};
const needsRequest: Text = {
  zh: "要指定输出格式、对数概率等请求参数，网页上问不了",
  en: "it needs parameters of a request, such as a response format, which a web page does not have",
};
const tooLong: Text = {
  zh: "题目太长，一个单元格放不下",
  en: "its prompt is too long for a cell",
};
