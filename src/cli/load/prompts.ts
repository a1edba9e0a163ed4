import { resolve } from "node:path";

import type { ChatMessage } from "../../domain/call.ts";
import type {
  LoadPrompt,
  LoadPrompts,
  ProfileName,
  ProfileOptions,
} from "../../engine/load/profile.ts";
import type { SuiteFile } from "../../store/suites/suites.ts";
import type { LoadOptions } from "./options.ts";

import { memberOf } from "../../domain/json.ts";
import { itemLine } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { namedPrompts, ownPrompts, profiles } from "../../engine/load/profile.ts";
import { jsonRows } from "../../files/json-rows.ts";
import { readText } from "../../files/text-file.ts";
import { openItems } from "../../store/suites/items.ts";

/** More prompts than this are not held; a load repeats what it has. */
const mostPrompts = 10_000;

/** The prompts that the options name: a profile, a file or suites. */
export async function promptsOf(
  options: LoadOptions,
  suites: readonly SuiteFile[],
  cwd: string,
): Promise<LoadPrompts> {
  const { turns, think: think_ms, cached, seed, profile } = options;
  const how: ProfileOptions = { turns, think_ms, cached, seed };
  if (suites.length > 0) {
    const name = suites.map(({ suite }) => suite.id).join(", ");
    return ownPrompts(name, await suitePrompts(suites), how);
  }
  if (profile === null || isProfile(profile)) return namedPrompts(profile ?? "chat", how);
  const prompts = await filePrompts(resolve(cwd, profile));
  if (prompts.length === 0) throw empty(profile);
  return ownPrompts(profile, prompts, how);
}

const isProfile = (name: string): name is ProfileName => Object.hasOwn(profiles, name);

/** Every item's first turn, as a run would ask it. */
async function suitePrompts(suites: readonly SuiteFile[]): Promise<readonly LoadPrompt[]> {
  const prompts: LoadPrompt[] = [];
  for (const file of suites) {
    for (const task of file.suite.tasks) {
      const source = await openItems(file, task, {});
      try {
        for (let row = 0; row < source.count && prompts.length < mostPrompts; row += 1) {
          const item = itemLine(file.suite, task, await source.at(row), [null]);
          const [asked] = item.asks;
          const [question] = asked?.turns ?? [];
          if (asked === undefined || question === undefined) continue;
          const messages: readonly ChatMessage[] = [
            ...asked.messages,
            { role: "user", text: question },
          ];
          prompts.push({ messages, params: item.params });
        }
      } finally {
        await source.close();
      }
    }
  }
  return prompts;
}

/** JSONL with `prompt` or `messages` and perhaps `max_tokens` in each row, else a text with a prompt in each line. */
async function filePrompts(file: string): Promise<readonly LoadPrompt[]> {
  if (!/\.jsonl?$/i.test(file)) {
    const lines = (await readText(file)).split("\n").map((line) => line.trim());
    return lines
      .filter((line) => line !== "")
      .slice(0, mostPrompts)
      .map((text) => promptOf(text, {}));
  }
  const prompts: LoadPrompt[] = [];
  for await (const row of jsonRows(file)) {
    if (prompts.length === mostPrompts) break;
    const value = "value" in row ? row.value : null;
    const bound = memberOf(value, "max_tokens");
    const params =
      typeof bound === "number" && Number.isInteger(bound) && bound > 0
        ? { max_tokens: bound }
        : {};
    const text = memberOf(value, "prompt");
    const messages = messagesOf(memberOf(value, "messages"));
    if (typeof text === "string") prompts.push(promptOf(text, params));
    else if (messages !== null) prompts.push({ messages, params });
    else throw noPrompt(file, row.row);
  }
  return prompts;
}

const promptOf = (text: string, params: LoadPrompt["params"]): LoadPrompt => ({
  messages: [{ role: "user", text }],
  params,
});

function messagesOf(value: unknown): readonly ChatMessage[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const messages = value.flatMap((each): readonly ChatMessage[] => {
    const [role, text] = [memberOf(each, "role"), memberOf(each, "content")];
    const isKnown = role === "system" || role === "user" || role === "assistant";
    return isKnown && typeof text === "string" ? [{ role, text }] : [];
  });
  return messages.length === value.length ? messages : null;
}

const empty = (file: string): UserError =>
  new UserError({
    zh: `${file} 里没有提示词；--profile 应是 ${Object.keys(profiles).join("、")}，或一个提示词文件`,
    en: `${file} holds no prompt; --profile takes ${Object.keys(profiles).join(", ")} or a file of prompts`,
  });

const noPrompt = (file: string, row: number): UserError =>
  new UserError({
    zh: `${file}:${row} 应有 prompt（一段文字）或 messages（role 与 content 的列表）`,
    en: `${file}:${row} must have prompt, a text, or messages, a list of role and content`,
  });
