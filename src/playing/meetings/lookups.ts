import type { BackendTool, Stepped } from "../backend.ts";
import type { EnvironmentCall } from "../environment.ts";

import { dateArgument, textArgument } from "../arguments.ts";
import { refuse, toolOf } from "../backend.ts";
import { call, callText, meetingOf, personOf } from "./rules.ts";
import { type PlannedMeeting, type MeetingsState, type Person } from "./state.ts";

const tool = toolOf<MeetingsState>();
export const meetingArgument = textArgument("会议编号");
export const personArgument = textArgument("工号，由 find_person 或 get_meeting 给出");
export const roomArgument = textArgument("会议室编号，由 list_rooms 给出");
export const dayArgument = dateArgument("日期");

/** Tools that only tell something. */
export const meetingsLookups: readonly BackendTool<MeetingsState>[] = [
  tool(
    "find_person",
    "按姓名查询同事的工号、部门、办公地和时区",
    { name: textArgument("姓名") },
    (state, given) => {
      const people = state.people.filter((each) => each.name === given.name);
      return people.length === 0
        ? refuse(state, `没有名叫“${given.name}”的同事。请核对姓名，不要带部门。`)
        : looked(state, call("find_person", given), { people: people.map(shownPerson) });
    },
  ),
  tool("find_meetings", "列出本人某天组织或参加的会议", { date: dayArgument }, (state, given) => {
    const meetings = state.meetings
      .filter(({ date }) => date === given.date)
      .map(({ id, title, start }) => ({ meeting: id, title, start }));
    return looked(state, call("find_meetings", given), { meetings });
  }),
  tool(
    "get_meeting",
    "查看一场会议的组织者、参会者、时间、会议室和所需设备",
    { meeting: meetingArgument },
    (state, given) =>
      onMeeting(state, given.meeting, ({ id, organizer, attendees, room, ...rest }) =>
        looked(state, call("get_meeting", given), {
          meeting: id,
          ...rest,
          organizer: shownPerson(personOf(state, organizer)),
          attendees: attendees.map((each) => shownPerson(personOf(state, each))),
          room,
          capacity: state.rooms.find((each) => each.id === room)?.capacity,
        }),
      ),
  ),
  tool("list_rooms", "列出全部会议室的容量、设备和用途", {}, (state) =>
    looked(state, call("list_rooms", {}), {
      rooms: state.rooms.map(({ id, capacity, equipment, isReserved }) => ({
        room: id,
        capacity,
        equipment,
        ...(isReserved ? { note: "仅限来宾" } : {}),
      })),
    }),
  ),
  tool(
    "get_calendar",
    "查看一位同事某天的日程，时间为其当地时间",
    { person: personArgument, date: dayArgument },
    (state, given) =>
      onPerson(state, given.person, () => {
        const events = state.events
          .filter(({ person, date }) => person === given.person && date === given.date)
          .map(({ start, end, isTentative }) => ({
            start,
            end,
            status: isTentative ? "暂定" : "忙碌",
          }));
        return looked(state, call("get_calendar", given), { ...given, events });
      }),
  ),
  tool(
    "get_room_schedule",
    "查看一间会议室某天的预订",
    { room: roomArgument, date: dayArgument },
    (state, given) =>
      onRoom(state, given.room, () => {
        const bookings = [...state.bookings, ...state.placed]
          .filter(({ room, date }) => room === given.room && date === given.date)
          .map(({ start, end }) => ({ start, end }));
        return looked(state, call("get_room_schedule", given), { ...given, bookings });
      }),
  ),
];

const looked = (
  state: MeetingsState,
  made: EnvironmentCall,
  result: object,
): Stepped<MeetingsState> => ({
  state: { ...state, seen: [...new Set([...state.seen, callText(made)])] },
  result,
});

const shownPerson = (person: Person | undefined): object => {
  if (person === undefined) return {};
  const { id, name, department, office, zone } = person;
  return {
    person: id,
    name,
    department,
    office,
    utc_offset: `+${String(zone).padStart(2, "0")}:00`,
  };
};

/** People are known once their name was looked up, or a meeting that they are in. */
export function onPerson(
  state: MeetingsState,
  id: string,
  work: () => Stepped<MeetingsState>,
): Stepped<MeetingsState> {
  const person = personOf(state, id);
  const isKnown =
    id === state.people[0]?.id ||
    state.seen.includes(callText(call("find_person", { name: person?.name }))) ||
    state.meetings.some(
      (each) =>
        [each.organizer, ...each.attendees].includes(id) &&
        state.seen.includes(callText(call("get_meeting", { meeting: each.id }))),
    );
  return person === undefined || !isKnown
    ? refuse(state, `没有找到工号 ${id}。请先用 find_person 按姓名查询。`)
    : work();
}

export function onRoom(
  state: MeetingsState,
  id: string,
  work: () => Stepped<MeetingsState>,
): Stepped<MeetingsState> {
  const isKnown = state.seen.includes(callText(call("list_rooms", {})));
  return !isKnown || state.rooms.every((each) => each.id !== id)
    ? refuse(state, `没有找到会议室 ${id}。请先用 list_rooms 查看会议室编号。`)
    : work();
}

/** Meetings are found by their day. */
export function onMeeting(
  state: MeetingsState,
  id: string,
  work: (meeting: PlannedMeeting) => Stepped<MeetingsState>,
): Stepped<MeetingsState> {
  const meeting = meetingOf(state, id);
  const isKnown = state.seen.includes(callText(call("find_meetings", { date: meeting?.date })));
  return meeting === undefined || !isKnown
    ? refuse(state, `没有找到会议 ${id}。请先用 find_meetings 按日期查询会议编号。`)
    : work(meeting);
}
