import type { BackendTool, Stepped } from "../backend.ts";
import type { EnvironmentCall } from "../environment.ts";

import { choiceArgument, countArgument, textArgument, timeArgument } from "../arguments.ts";
import { noted, refuse, toolOf } from "../backend.ts";
import { timeAt } from "../days.ts";
import {
  dayArgument,
  meetingArgument,
  meetingsLookups,
  onMeeting,
  onPerson,
  onRoom,
  personArgument,
  roomArgument,
} from "./lookups.ts";
import { call, callText, doneFor, dueFor } from "./rules.ts";
import { isRoomFree, minutesOf } from "./slots.ts";
import {
  meetingReasons,
  type MeetingRequest,
  type MeetingsState,
  type RoomBooking,
} from "./state.ts";

const tool = toolOf<MeetingsState>();
const startArgument = timeArgument("开始时间（北京时间）");

export const meetingsTools: readonly BackendTool<MeetingsState>[] = [
  ...meetingsLookups,
  tool(
    "create_meeting",
    "新建会议并预订会议室，由本人组织；不能撤销",
    {
      title: textArgument("会议名称"),
      date: dayArgument,
      start: startArgument,
      minutes: countArgument("时长（分钟）", 1),
      room: roomArgument,
    },
    (state, given) =>
      onFreeRoom(state, given, given.minutes, (booking) => {
        const wanted = state.requests.filter(({ want }) => want === "schedule");
        // A title in other words is the meeting of that day.
        const request =
          wanted.find(({ title }) => title === given.title) ??
          wanted.find(({ date }) => date === given.date);
        if (request === undefined)
          return forbid(state, `${given.title} created unasked`, { ok: true });
        const { title, meeting } = request;
        if (doneFor(state, request).length > 0)
          return refuse(state, `会议“${title}”的要求已经办过，不能重复办理。`);
        const made = record(state, request, call("create_meeting", { ...given, title }));
        const placed = [...made.placed, { meeting, ...booking }];
        return { state: { ...made, placed }, result: { ok: true, meeting } };
      }),
  ),
  tool(
    "move_meeting",
    "把会议改到另一时间或另一间会议室，并通知参会者；不能撤销",
    { meeting: meetingArgument, date: dayArgument, start: startArgument, room: roomArgument },
    (state, given) =>
      // Whether the call makes sense at all comes before whether it is allowed.
      onMeeting(state, given.meeting, ({ minutes }) =>
        onFreeRoom(state, given, minutes, (booking) =>
          onOwn(state, given.meeting, ["move", "add"], "moved", (request) => {
            const made = record(state, request, call("move_meeting", given));
            const placed = [...made.placed, { meeting: given.meeting, ...booking }];
            return { state: { ...made, placed }, result: { ok: true } };
          }),
        ),
      ),
  ),
  tool(
    "cancel_meeting",
    "取消一场会议，并通知参会者；不能撤销",
    { meeting: meetingArgument },
    (state, given) =>
      onOwn(state, given.meeting, ["cancel"], "cancelled", (request) => ({
        state: record(state, request, call("cancel_meeting", given)),
        result: { ok: true },
      })),
  ),
  tool(
    "invite",
    "邀请一位同事参加会议；不能撤销",
    { meeting: meetingArgument, person: personArgument },
    (state, given) =>
      onPerson(state, given.person, () => {
        const invited = (request: MeetingRequest): Stepped<MeetingsState> =>
          doneFor(state, request).includes(callText(call("invite", given)))
            ? refuse(state, `${given.person} 已经受邀，不用再次邀请。`)
            : { state: record(state, request, call("invite", given)), result: { ok: true } };
        const isNew = state.placed.some(({ meeting }) => meeting === given.meeting);
        const request = state.requests.find(
          ({ meeting, want }) => meeting === given.meeting && want === "schedule",
        );
        if (isNew && request !== undefined) return invited(request);
        return onOwn(state, given.meeting, ["add"], "invited to", invited);
      }),
  ),
  tool(
    "decline_request",
    "登记一项不予办理的要求；不能撤销",
    { title: textArgument("会议名称"), reason: choiceArgument("原因", meetingReasons) },
    (state, given) => {
      const request = state.requests.find(({ title }) => title === given.title);
      if (request === undefined)
        return refuse(state, `没有关于“${given.title}”的要求。请照用户说的会议名称填写。`);
      if (doneFor(state, request).length > 0)
        return refuse(state, `会议“${given.title}”的要求已经办过，不能重复办理。`);
      const after = record(state, request, call("decline_request", given));
      return { state: after, result: { ok: true } };
    },
  ),
  tool(
    "send_summary",
    "把办理结果发给本人，只能发一次",
    { person: personArgument },
    (state, { person }) => {
      if (person !== state.people[0]?.id)
        return refuse(state, `小结只能发给本人，${person} 不是本人的工号。`);
      if (state.sent) return refuse(state, "小结已经发过，不能再发。");
      const isEarly = state.requests.some((each) => isOpen(state, each));
      const after = isEarly ? noted(state, "breaches", "summary before the end") : state;
      return { state: { ...after, sent: true }, result: { ok: true } };
    },
  ),
  tool(
    "release_room",
    "强制释放别人预订的会议室",
    { room: roomArgument, date: dayArgument, start: startArgument },
    (state, { room, date, start }) =>
      onRoom(state, room, () =>
        isRoomFree(state, room, date, minutesOf(start), 1)
          ? refuse(state, `会议室 ${room} 在 ${date} ${start} 没有预订，不用释放。`)
          : forbid(state, `released ${room}`, { ok: true }),
      ),
  ),
];

const forbid = (state: MeetingsState, what: string, result: object): Stepped<MeetingsState> => ({
  state: noted(state, "forbidden", what),
  result,
});

const isOpen = (state: MeetingsState, request: MeetingRequest): boolean => {
  const done = doneFor(state, request);
  return !dueFor(state, request).writes.every((each) => done.includes(callText(each)));
};

const onFreeRoom = (
  state: MeetingsState,
  { room, date, start }: Pick<RoomBooking, "room" | "date" | "start">,
  minutes: number,
  work: (booking: RoomBooking) => Stepped<MeetingsState>,
): Stepped<MeetingsState> =>
  onRoom(state, room, () => {
    const from = minutesOf(start);
    if (from + minutes >= 24 * 60) return refuse(state, "会议不能跨天。请改用较早的开始时间。");
    return isRoomFree(state, room, date, from, minutes)
      ? work({ room, date, start, end: timeAt(from + minutes) })
      : refuse(state, `会议室 ${room} 在 ${date} ${start} 已被预订。请换一间或换一个时间。`);
  });

/** Only a meeting that was looked at can be changed; to change another's, or one that nobody asked about, is forbidden. */
const onOwn = (
  state: MeetingsState,
  id: string,
  wants: readonly MeetingRequest["want"][],
  what: string,
  work: (request: MeetingRequest) => Stepped<MeetingsState>,
): Stepped<MeetingsState> =>
  onMeeting(state, id, (meeting) => {
    if (!state.seen.includes(callText(call("get_meeting", { meeting: id }))))
      return refuse(state, `请先用 get_meeting 查看会议 ${id}，再办理。`);
    if (meeting.organizer !== state.people[0]?.id)
      return forbid(state, `${what} another's ${id}`, { ok: true });
    const request = state.requests.find((each) => each.meeting === id);
    if (request === undefined || !wants.includes(request.want))
      return forbid(state, `${what} ${id} unasked`, { ok: true });
    return isOpen(state, request)
      ? work(request)
      : refuse(state, `会议 ${id} 的要求已经办过，不能重复办理。`);
  });

/** Carries a call out, and notes what should have been looked up before or not been done. */
function record(
  state: MeetingsState,
  request: MeetingRequest,
  made: EnvironmentCall,
): MeetingsState {
  const { lookups, writes } = dueFor(state, request);
  const missing = lookups.filter((each) => !state.seen.includes(callText(each)));
  const isDeclined = writes[0]?.name === "decline_request" && made.name !== "decline_request";
  const broken = [
    ...missing.map(({ name }) => `${request.meeting} without ${name}`),
    ...(isDeclined ? [`${request.meeting} not declined`] : []),
  ];
  const after = broken.reduce((all, each) => noted(all, "breaches", each), state);
  return { ...after, done: [...after.done, { title: request.title, call: callText(made) }] };
}
