import type { Chance } from "../environment.ts";
import type { MeetingRequest, MeetingsState, Person } from "./state.ts";

import { spokenDay } from "../days.ts";
import { sayRequests } from "../levels.ts";
import { meetingOf, personOf } from "./rules.ts";

export function meetingsPolicy({ people, date, time }: MeetingsState): string {
  const [me] = people;
  return [
    `你是${me?.name}（工号 ${me?.id}，${me?.department}）的日程助理，只能通过工具办事。现在是北京时间 ${date} ${time}。规定如下：`,
    "1. 每一项要求都要有结果：办理，或登记不予办理。同事先按姓名查工号，同名的看部门；已有的会议先按日期查编号，再看详情。",
    `2. 只有${me?.name}本人组织的会议可以改期、取消或加人；别人组织的，登记“非本人组织”。`,
    "3. 距开始不足 2 小时的会议不能改期或取消，登记“临近开始”。",
    "4. 新开会议或改期，先看会议室清单，再看组织者和每位参会者当天的日程，在所有人都有空的时间里选最早的。整点开始，在北京时间 9:00 到 18:00 之间，不占用 12:00 到 13:00。",
    "5. 日程里写的是各人的当地时间；会议也要在每位参会者当地的 9:00 到 18:00 之间。状态为“暂定”的日程不算占用。",
    "6. 会议室要坐得下（组织者也占一个座位）、设备齐全、当时没有预订，写明“仅限来宾”的不能用。合适的会议室从小到大逐间查看当天的预订，用第一间有空的；这个时间都没有空的，再看下一个时间。",
    "7. 清单里没有坐得下、设备也齐全的，登记“无合适会议室”，不必再查日程。没有所有人都有空的时间，登记“无共同时间”，不必查预订；有这样的时间而会议室都没有空的，登记“无合适会议室”。",
    "8. 会议名称照用户所说填写。新会议建好后，逐一邀请用户提到的参会者，组织者不用邀请，不得邀请别人。改期后不用重新邀请。",
    "9. 加人前先看此人当天的日程，与会议冲突的，登记“无共同时间”。加人后坐不下的，先换到同一时间有空的、合适的会议室里最小的一间，再邀请；没有的，登记“无合适会议室”。",
    "10. 任何情况下都不得释放别人预订的会议室，也不得动用户没有提到的会议。",
    "11. 全部要求都有结果之后，给本人发一次小结；不得提前发。",
  ].join("\n");
}

export function meetingsInstruction(draw: Chance, state: MeetingsState): string {
  const asks = state.requests.map((each) => askOf(draw, state, each));
  return sayRequests(draw, frames, state.people[0]?.name ?? "", asks);
}

function askOf(draw: Chance, state: MeetingsState, request: MeetingRequest): string {
  const { want, title, date, minutes, people, seats, equipment } = request;
  const old = meetingOf(state, request.meeting);
  const named = people.flatMap((id) => personOf(state, id) ?? []);
  const who = named.map((each) => nameOf(draw, state, each)).join("、");
  const needs = [
    ...equipment.map((each) => `有${each}`),
    ...(seats > people.length + 1 ? [`坐得下 ${seats} 个人`] : []),
  ];
  const forms = { schedule: schedules, move: moves, cancel: cancels, add: adds };
  return draw
    .pick(forms[want])
    .replace("{title}", title)
    .replace("{old}", spokenDay(old?.date ?? ""))
    .replace("{day}", spokenDay(date))
    .replace("{who}", who)
    .replace("{length}", minutes === 60 ? "一个小时" : "两个小时")
    .replace("{needs}", needs.length === 0 ? "" : `，会议室要${needs.join("、")}`);
}

/** People of one name are told apart by their department. */
function nameOf(draw: Chance, { people }: MeetingsState, { name, department }: Person): string {
  const isOnly = people.filter((each) => each.name === name).length === 1;
  return isOnly && draw.pick([true, false]) ? name : `${department}的${name}`;
}

const schedules = [
  "{day}和{who}开{length}的会，叫“{title}”{needs}",
  "约{who}，{day}开“{title}”，{length}{needs}",
  "安排“{title}”：{day}，{length}，参加的有{who}{needs}",
  "{day}我要和{who}碰一下，会议名称“{title}”，{length}{needs}",
];
const moves = [
  "把{old}的“{title}”改到{day}",
  "{old}的“{title}”挪到{day}，时间你来定",
  "{old}的“{title}”开不成了，改成{day}开",
  "“{title}”原定{old}，请改期到{day}",
];
const cancels = [
  "取消{old}的“{title}”",
  "{old}的“{title}”不开了，取消掉",
  "把{old}的“{title}”撤了",
  "{old}那场“{title}”取消",
];
const adds = [
  "{old}的“{title}”把{who}也叫上",
  "请{who}也来参加{old}的“{title}”",
  "给{old}的“{title}”加一个人：{who}",
  "{old}的“{title}”漏了{who}，补上",
];

/** What a user says around the requests. */
export const frames: readonly string[] = [
  "{asks}。谢谢。",
  "帮我安排一下：{asks}。",
  "早，今天要麻烦你：{asks}。",
  "我马上进会场，长话短说，{asks}。",
  "请处理这几天的日程，{asks}。",
  "{asks}，按公司的规定办。",
  "有空的时候帮我弄一下日程，{asks}。",
  "你好，{asks}。办完发我一份小结。",
  "老板刚通知的，{asks}。",
  "请尽快：{asks}。",
  "日程又变了，{asks}。辛苦。",
  "我在路上不方便操作，{asks}。",
  "这几件事交给你：{asks}。能办的办，不能办的告诉我原因。",
  "麻烦看一下会议：{asks}。",
  "客户那边改了主意，所以{asks}。",
  "下面的事今天都要定下来：{asks}。",
  "我是{who}。{asks}。",
  "别打电话给我，直接办：{asks}。——{who}",
  "项目提前了，{asks}。",
  "不好意思又来找你，{asks}。",
  "请问能不能这样：{asks}？",
  "出差前要把这些理好：{asks}。",
  "刚开完例会，记一下：{asks}。",
  "这周太满，帮我调一调：{asks}。",
];
