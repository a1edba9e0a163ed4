import type { EnvironmentCall, PlayOutcome } from "../environment.ts";
import type {
  PlannedMeeting,
  meetingReasons,
  MeetingRequest,
  MeetingsState,
  Person,
} from "./state.ts";

import { minutesAt } from "../days.ts";
import {
  findRoom,
  findSlot,
  isFree,
  minutesOf,
  roomsFor,
  type MeetingSlot,
  type Sought,
} from "./slots.ts";

/** How a request is to be settled: what must be looked up before, and the calls that settle it. */
export type MeetingDue = {
  readonly lookups: readonly EnvironmentCall[];
  readonly writes: readonly EnvironmentCall[];
};

export const call = (name: string, given: EnvironmentCall["arguments"]): EnvironmentCall => ({
  name,
  arguments: given,
});

/** A call as text. Arguments stand in the order of their tool's shape. */
export const callText = ({ name, arguments: given }: EnvironmentCall): string =>
  `${name} ${JSON.stringify(given)}`;

export const personOf = ({ people }: MeetingsState, id: string): Person | undefined =>
  people.find((each) => each.id === id);

export const meetingOf = ({ meetings }: MeetingsState, id: string): PlannedMeeting | undefined =>
  meetings.find((each) => each.id === id);

const leastMinutes = 120;

/** What the policy says about a request, before anything was done. */
export function dueFor(now: MeetingsState, request: MeetingRequest): MeetingDue {
  const state = { ...now, placed: [] };
  if (request.want === "schedule") return dueForNew(state, request);
  const meeting = meetingOf(state, request.meeting);
  const me = state.people[0]?.id ?? "";
  if (meeting === undefined) return { lookups: [], writes: [] };
  const lookups = [
    call("find_meetings", { date: meeting.date }),
    call("get_meeting", { meeting: meeting.id }),
  ];
  if (meeting.organizer !== me) return declined(request, "非本人组织", lookups);
  if (request.want === "add") return dueForAdded(state, request, meeting, lookups);
  const left = minutesAt(meeting.date, meeting.start) - minutesAt(state.date, state.time);
  if (left < leastMinutes) return declined(request, "临近开始", lookups);
  if (request.want === "cancel")
    return { lookups, writes: [call("cancel_meeting", { meeting: meeting.id })] };
  const { date } = request;
  const people = [me, ...meeting.attendees];
  const { minutes, equipment } = meeting;
  return dueForSlot(
    state,
    request,
    { date, minutes, people, seats: people.length, equipment },
    {
      lookups,
      writes: ({ start, room }) => [
        call("move_meeting", { meeting: meeting.id, date, start, room }),
      ],
    },
  );
}

const declined = (
  { title }: MeetingRequest,
  reason: (typeof meetingReasons)[number],
  lookups: readonly EnvironmentCall[],
): MeetingDue => ({ lookups, writes: [call("decline_request", { title, reason })] });

function dueForNew(state: MeetingsState, request: MeetingRequest): MeetingDue {
  const { title, date, minutes, meeting, people, seats, equipment } = request;
  const all = [state.people[0]?.id ?? "", ...people];
  return dueForSlot(
    state,
    request,
    { date, minutes, people: all, seats, equipment },
    {
      lookups: people.map((each) => call("find_person", { name: personOf(state, each)?.name })),
      writes: ({ start, room }) => [
        call("create_meeting", { title, date, start, minutes, room }),
        ...people.map((person) => call("invite", { meeting, person })),
      ],
    },
  );
}

/** A meeting that needs a time and a room: both are looked up, unless no room would ever do. */
function dueForSlot(
  state: MeetingsState,
  request: MeetingRequest,
  sought: Sought,
  due: {
    readonly lookups: readonly EnvironmentCall[];
    readonly writes: (at: {
      readonly start: string;
      readonly room: string;
    }) => MeetingDue["writes"];
  },
): MeetingDue {
  const rooms = call("list_rooms", {});
  if (roomsFor(state, sought.seats, sought.equipment).length === 0)
    // Who a new meeting is for does not matter then; an old one has to be known.
    return declined(request, "无合适会议室", [
      ...(request.want === "schedule" ? [] : due.lookups),
      rooms,
    ]);
  const slot = findSlot(state, sought);
  const lookups = [
    ...due.lookups,
    rooms,
    ...sought.people.map((person) => call("get_calendar", { person, date: sought.date })),
    ...schedulesOf(slot, sought.date),
  ];
  if (slot.found === "no time") return declined(request, "无共同时间", lookups);
  if (slot.found === "no room") return declined(request, "无合适会议室", lookups);
  return { lookups, writes: due.writes(slot.found) };
}

const schedulesOf = ({ rooms }: MeetingSlot, date: string): readonly EnvironmentCall[] =>
  rooms.map((room) => call("get_room_schedule", { room, date }));

/** One more person: a larger room at the same time where the old one does not hold them. */
function dueForAdded(
  state: MeetingsState,
  request: MeetingRequest,
  meeting: PlannedMeeting,
  known: readonly EnvironmentCall[],
): MeetingDue {
  const { id, date, start, minutes, equipment } = meeting;
  const person = request.people[0] ?? "";
  const lookups = [
    ...known,
    call("find_person", { name: personOf(state, person)?.name }),
    call("get_calendar", { person, date }),
  ];
  const at = minutesOf(start);
  if (!isFree(state, person, date, at, minutes)) return declined(request, "无共同时间", lookups);
  const invite = call("invite", { meeting: id, person });
  const people = [meeting.organizer, ...meeting.attendees, person];
  const capacity = state.rooms.find((each) => each.id === meeting.room)?.capacity ?? 0;
  if (people.length <= capacity) return { lookups, writes: [invite] };
  const slot = findRoom(state, { date, minutes, people, seats: people.length, equipment }, [at]);
  const all = [...lookups, call("list_rooms", {}), ...schedulesOf(slot, date)];
  if (typeof slot.found === "string") return declined(request, "无合适会议室", all);
  const moved = call("move_meeting", { meeting: id, date, start, room: slot.found.room });
  return { lookups: all, writes: [moved, invite] };
}

/** What was done about a request. */
export const doneFor = ({ done }: MeetingsState, { title }: MeetingRequest): readonly string[] =>
  done.filter((each) => each.title === title).map((each) => each.call);

/** What of a request is still to be done; null where something else was done, which nothing undoes. */
function writesLeft(
  state: MeetingsState,
  request: MeetingRequest,
  { writes }: MeetingDue,
): readonly EnvironmentCall[] | null {
  const done = doneFor(state, request);
  const right = new Set(writes.map(callText));
  if (done.some((each) => !right.has(each))) return null;
  return writes.filter((each) => !done.includes(callText(each)));
}

export function meetingsOutcome(state: MeetingsState): PlayOutcome {
  const { requests, forbidden, breaches, sent } = state;
  const lacking = requests.flatMap((request) => {
    const left = writesLeft(state, request, dueFor(state, request));
    if (left === null) return [`${request.meeting} settled otherwise`];
    return left.map(({ name }) => `${name} of ${request.meeting}`);
  });
  if (!sent) lacking.push("no summary");
  return { reached: lacking.length === 0, lacking, forbidden, breaches };
}

/** For every state that calls lead to from here: those that are still needed; null once something was settled otherwise. */
export function meetingsNeeds(
  start: MeetingsState,
): (state: MeetingsState) => readonly EnvironmentCall[] | null {
  // Facts stay as they are, and so does what is due.
  const dues = start.requests.map((request) => ({ request, due: dueFor(start, request) }));
  return (state) => {
    const lookups = new Map<string, EnvironmentCall>();
    const writes: EnvironmentCall[] = [];
    for (const { request, due } of dues) {
      const left = writesLeft(state, request, due);
      if (left === null) return null;
      writes.push(...left);
      if (left.length === due.writes.length)
        for (const each of due.lookups)
          if (!state.seen.includes(callText(each))) lookups.set(callText(each), each);
    }
    const order = [...lookups.values()].toSorted(
      (a, b) => lookupOrder.indexOf(a.name) - lookupOrder.indexOf(b.name),
    );
    const [me] = state.people;
    return [...order, ...writes, ...(state.sent ? [] : [call("send_summary", { person: me?.id })])];
  };
}

const lookupOrder = [
  "find_person",
  "find_meetings",
  "get_meeting",
  "list_rooms",
  "get_calendar",
  "get_room_schedule",
];
