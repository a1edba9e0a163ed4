import type { ChatMessage } from "../../domain/call.ts";
import type { LoadProfile } from "../../domain/load/lines.ts";
import type { Params } from "../../domain/params.ts";

import { loadDemand, loadMark } from "../../domain/request/probe-texts.ts";
import { seededRandom } from "../../stats/random.ts";

/** What one request of a load asks. */
export type LoadPrompt = {
  readonly messages: readonly ChatMessage[];
  readonly params: Params;
};

/** The prompts of a load, by the number of the session; each session goes on with what the model has answered. */
export type LoadPrompts = {
  readonly profile: LoadProfile;
  /** The user's next question of a session; `turn` counts from 1. */
  readonly ask: (session: number, turn: number) => LoadPrompt;
};

/** Input and output of the profiles, in 字. */
export const profiles = {
  chat: { input: 300, output: 300 },
  rag: { input: 4_000, output: 300 },
  long: { input: 32_000, output: 500 },
  code: { input: 1_200, output: 800 },
} as const satisfies Readonly<Record<string, { readonly input: number; readonly output: number }>>;
export type ProfileName = keyof typeof profiles;

export type ProfileOptions = {
  readonly turns: number;
  readonly think_ms: number;
  /** Every session says the same. */
  readonly cached: boolean;
  readonly seed: number;
};

/**
 * Prompts of a named profile: Chinese text of the asked length, drawn by the seed. Unless cached, every request begins with its own
 * number, so that no server finds its beginning in a cache, and no two texts are alike.
 */
export function namedPrompts(
  name: ProfileName,
  { turns, think_ms, cached, seed }: ProfileOptions,
): LoadPrompts {
  const { input, output } = profiles[name];
  const profile = { name, input_chars: input, output_chars: output, turns, think_ms, cached };
  return {
    profile,
    ask: (session, turn) => {
      const place = cached ? 0 : session;
      const random = seededRandom(seed * 1_000_003 + place * 101 + turn);
      const mark = cached ? "" : loadMark(number(random), place, turn);
      const task = tasks[name].replace("{}", String(output));
      const text = mark + filler(name, input - mark.length - task.length, random) + task;
      // A token of Chinese is a character at most: the bound leaves an answer of the asked length whole.
      return {
        messages: [{ role: "user", text }],
        params: { max_tokens: Math.ceil(output * 1.2) },
      };
    },
  };
}

/** Prompts of the user's own, by turns. */
export function ownPrompts(
  name: string,
  prompts: readonly LoadPrompt[],
  { turns, think_ms, cached, seed }: ProfileOptions,
): LoadPrompts {
  const profile = { name, input_chars: null, output_chars: null, turns, think_ms, cached };
  return {
    profile,
    ask: (session, turn) => {
      const own = prompts[(session * turns + turn - 1) % prompts.length] ?? prompts[0];
      if (own === undefined) throw new RangeError("a load needs a prompt");
      if (cached) return own;
      const mark = loadMark(
        number(seededRandom(seed * 1_000_003 + session * 101 + turn)),
        session,
        turn,
      );
      const [first, ...rest] = own.messages;
      if (first === undefined) return own;
      return { ...own, messages: [{ ...first, text: `${mark}${first.text}` }, ...rest] };
    },
  };
}

const number = (random: () => number): number => Math.floor(random() * 1e9);

const tasks: Readonly<Record<ProfileName, string>> = {
  chat: `\n请就上面的情况给出详细的建议，写约 {} 字，${loadDemand}`,
  rag: `\n请只根据上面的资料，概括其中的事实，写约 {} 字，${loadDemand}`,
  long: `\n请通读上面的全文，写一份约 {} 字的摘要，${loadDemand}`,
  code: `\n请根据上面的说明写出程序并解释，共约 {} 字，${loadDemand}`,
};

const parts = {
  who: [
    "仓库管理员",
    "班主任",
    "值班医生",
    "社区网格员",
    "采购经理",
    "列车调度员",
    "档案员",
    "质检员",
    "店长",
    "法务专员",
  ],
  when: [
    "上周三",
    "月底",
    "今早",
    "三月初",
    "雨季",
    "交接班时",
    "年终盘点",
    "凌晨两点",
    "开学前",
    "节后第一天",
  ],
  where: [
    "二号库房",
    "东校区",
    "门诊楼",
    "物流园",
    "北站",
    "档案室",
    "一车间",
    "旗舰店",
    "会议室",
    "数据中心",
  ],
  what: [
    "核对了清单",
    "发现数量不符",
    "登记了来访",
    "修改了流程",
    "提交了报告",
    "更换了设备",
    "通知了主管",
    "复核了合同",
    "整理了记录",
    "调整了排班",
  ],
  sequel: [
    "随后逐项复查",
    "但原因还没有查明",
    "因此推迟了交付",
    "并留下书面说明",
    "结果比预想的好",
    "仍有几处需要确认",
    "费用由部门承担",
    "相关人员已经到场",
    "下一步等候批复",
    "备用方案同时启动",
  ],
} as const;

/** Sentences until the length is reached. */
function filler(name: ProfileName, chars: number, random: () => number): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  let text = "";
  while (text.length < chars) {
    const count = Math.floor(random() * 9_000) + 100;
    text +=
      name === "code"
        ? `要求${count}：函数 f${count} 读入长度为 ${count} 的列表，${pick(parts.what)}，${pick(parts.sequel)}。`
        : `${pick(parts.when)}，${pick(parts.where)}的${pick(parts.who)}${pick(parts.what)}，涉及 ${count} 件，${pick(parts.sequel)}。`;
  }
  return text.slice(0, Math.max(0, chars));
}
