import type { Chance } from "../environment.ts";
import type {
  CalendarEvent,
  PlannedMeeting,
  MeetingRequest,
  MeetingsState,
  RoomBooking,
} from "./state.ts";

import { dayAfter, timeAt } from "../days.ts";
import { roomsFor } from "./slots.ts";
import { equipmentKinds } from "./state.ts";

export const meetingPlots = {
  plain: ["pair", "cancel"],
  tricky: ["group", "move", "add", "namesake"],
  declined: ["another's", "near", "no time", "no room", "added is busy"],
  conflicting: ["zones", "tentative", "added to a full room"],
} as const;
export type MeetingPlot = (typeof meetingPlots)[keyof typeof meetingPlots][number];

/** Every meeting takes an hour. */
export const minutes = 60;

export type World = Pick<MeetingsState, "date" | "people" | "rooms">;
export type DrawnRequest = {
  readonly request: MeetingRequest;
  readonly meeting: PlannedMeeting | null;
  readonly events: readonly CalendarEvent[];
  readonly bookings: readonly RoomBooking[];
};

/** Where they stand among the people. */
const [me, twin] = [0, 1];
export const away = 2;
const secondTwin = 10;

/** What is asked for a plot, and what the days in question are like; null where no room is there for it. */
export function drawRequest(
  draw: Chance,
  plot: MeetingPlot,
  { date, people, rooms }: World,
  { title, id, at }: { readonly title: string; readonly id: string; readonly at: number },
): DrawnRequest | null {
  const own = people[me]?.id ?? "";
  const ids = people.map((each) => each.id);
  // Those of one name and the one who is away come only where they are meant to.
  const usual = ids.slice(away + 1, secondTwin);
  const want = wantOf(plot, draw);
  // No two requests are about one day.
  const day = dayAfter(date, plot === "near" ? 0 : 2 + at * 2);
  const other = dayAfter(date, 15 + at);
  const equipment = draw.sample(equipmentKinds, plot === "pair" ? 0 : 1);
  const guests = [
    ...(plot === "namesake" ? [ids[twin] ?? ""] : []),
    ...(plot === "zones" ? [ids[away] ?? ""] : []),
    ...draw.sample(usual, plot === "pair" || plot === "zones" ? 1 : draw.int(2, 3)),
  ];
  const isNew = want === "schedule";
  const isAdded = want === "add";
  const added = draw.pick(usual.filter((each) => !guests.includes(each)));
  const seats = guests.length + 1 + (plot === "no room" ? 20 : 0);
  const fitting = roomsFor({ rooms }, seats, equipment).filter(
    ({ capacity }) => (plot === "added to a full room") === (capacity === seats),
  );
  if (!isNew && fitting.length === 0) return null;
  const meeting: PlannedMeeting | null = isNew
    ? null
    : {
        id,
        title,
        organizer: plot === "another's" ? (guests[0] ?? "") : own,
        date: day,
        start: plot === "near" ? "10:00" : draw.pick(["10:00", "14:00", "15:00"]),
        minutes,
        room: draw.pick(fitting).id,
        attendees: plot === "another's" ? [own, ...guests.slice(1)] : guests,
        equipment: [...equipment],
      };
  const target = want === "move" ? other : day;
  const isCrowded = plot === "no time";
  const everyone = isAdded ? [added] : [own, ...guests];
  return {
    request: {
      want,
      title,
      meeting: id,
      date: isNew || want === "move" ? target : day,
      minutes,
      people: isNew ? guests : isAdded ? [added] : [],
      seats,
      equipment: [...equipment],
    },
    meeting,
    events: everyone.flatMap((person) =>
      drawDay(draw, person, target, { isCrowded, hasTentative: plot === "tentative" }),
    ),
    bookings: [
      ...rooms.flatMap(({ id: room }) => drawBookings(draw, room, target)),
      ...(meeting === null
        ? []
        : [{ room: meeting.room, date: day, start: meeting.start, end: hourAfter(meeting.start) }]),
    ],
  };
}

const hourAfter = (start: string): string => timeAt((Number(start.slice(0, 2)) + 1) * 60);

function wantOf(plot: MeetingPlot, draw: Chance): MeetingRequest["want"] {
  switch (plot) {
    case "cancel":
      return "cancel";
    case "another's":
      return draw.pick(["cancel", "move", "add"]);
    case "near":
      return draw.pick(["cancel", "move"]);
    case "move":
      return "move";
    case "add":
    case "added is busy":
    case "added to a full room":
      return "add";
    case "no time":
    case "no room":
    case "pair":
    case "group":
    case "namesake":
    case "zones":
    case "tentative":
      return "schedule";
  }
}

/** Hours of a person's day that are taken, in their own time. */
const drawDay = (
  draw: Chance,
  person: string,
  date: string,
  { isCrowded, hasTentative }: { readonly isCrowded: boolean; readonly hasTentative: boolean },
): readonly CalendarEvent[] =>
  draw
    .sample([9, 10, 11, 13, 14, 15, 16, 17], isCrowded ? draw.int(4, 6) : draw.int(1, 4))
    .toSorted((a, b) => a - b)
    .map((hour) => ({
      person,
      date,
      start: timeAt(hour * 60),
      end: timeAt((hour + 1) * 60),
      isTentative: hasTentative && draw.int(1, 3) === 1,
    }));

const drawBookings = (draw: Chance, room: string, date: string): readonly RoomBooking[] =>
  draw
    .sample([9, 10, 11, 13, 14, 15, 16, 17], draw.int(1, 5))
    .toSorted((a, b) => a - b)
    .map((hour) => ({
      room,
      date,
      start: timeAt(hour * 60),
      end: timeAt((hour + 1) * 60),
    }));
