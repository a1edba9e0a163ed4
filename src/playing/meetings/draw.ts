import type { Chance } from "../environment.ts";
import type {
  PlannedMeeting,
  MeetingRequest,
  MeetingRoom,
  MeetingsState,
  Person,
} from "./state.ts";

import { dayAfter, timeAt } from "../days.ts";
import { drawPlots, mixOf } from "../levels.ts";
import { people as names } from "../people.ts";
import {
  away,
  drawRequest,
  type DrawnRequest,
  type MeetingPlot,
  meetingPlots,
  minutes,
  type World,
} from "./request.ts";
import { dueFor } from "./rules.ts";
import { equipmentKinds } from "./state.ts";

const titles = [
  "需求评审",
  "项目周会",
  "预算讨论",
  "新人培训",
  "版本复盘",
  "客户方案会",
  "招聘沟通",
  "安全演练",
  "季度总结",
  "设计走查",
];
const departments = ["市场部", "研发部", "财务部", "人事部", "设计部", "客服部"];
const time = "09:00";

/** What a seed and a level start with. */
export function drawMeetings(draw: Chance, level: number): MeetingsState {
  const mix = mixOf(level);
  const chosen = drawPlots(draw, mix, meetingPlots);
  const world: World = {
    date: `2026-0${draw.int(3, 6)}-${draw.int(10, 14)}`,
    people: drawPeople(draw),
    rooms: drawRooms(draw),
  };
  const base = draw.int(100, 800) * 10;
  const said = draw.sample(titles, chosen.length + mix.distractors);
  const empty: MeetingsState = {
    clock: 0,
    busy: {},
    forbidden: [],
    breaches: [],
    ...world,
    time,
    events: [],
    bookings: [],
    meetings: [],
    requests: [],
    seen: [],
    done: [],
    placed: [],
    sent: false,
  };
  const made = chosen.map((plot, at) => {
    const place = { title: said[at] ?? "", id: `M${base + at}`, at };
    return drawUntil(plot, empty, () => drawRequest(draw, plot, world, place));
  });
  const distractors = Array.from({ length: mix.distractors }, (_, at): PlannedMeeting => {
    // Half of them have the title of a meeting that is asked about, on another day.
    const like = at % 2 === 0 ? made[at % made.length]?.meeting?.title : undefined;
    return {
      id: `M${base + chosen.length + at}`,
      title: like ?? said[chosen.length + at] ?? "",
      organizer: draw.pick(world.people).id,
      date: dayAfter(world.date, 31 + at),
      start: timeAt(draw.int(9, 16) * 60),
      minutes,
      room: draw.pick(world.rooms).id,
      attendees: [world.people[0]?.id ?? ""],
      equipment: [],
    };
  });
  return {
    ...empty,
    events: made.flatMap(({ events }) => events),
    bookings: made.flatMap(({ bookings }) => bookings),
    meetings: [...draw.shuffle([...made.flatMap(({ meeting }) => meeting ?? []), ...distractors])],
    requests: made.map(({ request }) => request),
  };
}

/** Days are busy by chance: drawn again until the plot is what happens. */
function drawUntil(
  plot: MeetingPlot,
  empty: MeetingsState,
  make: () => DrawnRequest | null,
): DrawnRequest {
  for (let tries = 0; tries < 400; tries += 1) {
    const drawn = make();
    if (drawn === null) continue;
    const { request, meeting, events, bookings } = drawn;
    const state = {
      ...empty,
      events: [...events],
      bookings: [...bookings],
      meetings: meeting === null ? [] : [meeting],
      requests: [request],
    };
    if (isPlot(plot, state, request)) return drawn;
  }
  throw new RangeError(`no ${plot} was drawn`);
}

const textOfDue = (state: MeetingsState, request: MeetingRequest): string =>
  JSON.stringify(dueFor(state, request).writes);

function isPlot(plot: MeetingPlot, state: MeetingsState, request: MeetingRequest): boolean {
  const [first] = dueFor(state, request).writes;
  const reason = first?.arguments["reason"];
  switch (plot) {
    case "another's":
    case "near":
    case "cancel":
      return true;
    case "no time":
    case "added is busy":
      return reason === "无共同时间";
    case "no room":
      return reason === "无合适会议室";
    case "pair":
    case "group":
    case "move":
    case "namesake":
      // Nine o'clock would be a guess.
      return reason === undefined && first?.arguments["start"] !== "09:00";
    case "add":
      return first?.name === "invite";
    case "added to a full room":
      return first?.name === "move_meeting";
    case "zones": {
      const people = state.people.map((each) => ({ ...each, zone: 8 }));
      return reason === undefined && isOther(state, request, { people });
    }
    case "tentative": {
      const events = state.events.map((each) => ({ ...each, isTentative: false }));
      return reason === undefined && isOther(state, request, { events });
    }
  }
}

const isOther = (
  state: MeetingsState,
  request: MeetingRequest,
  change: Partial<MeetingsState>,
): boolean => textOfDue({ ...state, ...change }, request) !== textOfDue(state, request);

/** The first is the user; two share a name; one works elsewhere. */
function drawPeople(draw: Chance): Person[] {
  const base = draw.int(10, 80) * 100;
  const [me = "", ...others] = draw.sample(names, 10);
  const [twin = ""] = others;
  const [office, zone] = draw.pick([
    ["东京", 9],
    ["首尔", 9],
    ["曼谷", 7],
    ["河内", 7],
  ] as const);
  return [me, ...others, twin].map((name, at) => ({
    id: `E${base + at * 7}`,
    name,
    department: departments[at % departments.length] ?? "",
    office: at === away ? office : "北京",
    zone: at === away ? zone : 8,
  }));
}

/** No two rooms hold the same number, and every equipment is in several. */
function drawRooms(draw: Chance): MeetingRoom[] {
  const first = draw.int(1, 6);
  const reserved = draw.int(1, 3);
  const capacities = [4, 6, 8, 10, 14, 20];
  return [
    ...draw.shuffle(
      capacities.map((capacity, at): MeetingRoom => ({
        id: `${first}0${draw.int(1, 3)}${at}`,
        capacity,
        equipment: equipmentKinds.filter((_, which) => (at + which) % 3 !== 0 || at === 5),
        isReserved: at === reserved,
      })),
    ),
  ];
}
