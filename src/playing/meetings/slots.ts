import type { MeetingRoom, MeetingsState } from "./state.ts";

import { timeAt } from "../days.ts";

const beijing = 8;
const [open, close] = [9 * 60, 18 * 60];
const lunch = { from: 12 * 60, to: 13 * 60 };

export const minutesOf = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** A meeting that looks for a time and a room. */
export type Sought = {
  readonly date: string;
  readonly minutes: number;
  readonly people: readonly string[];
  readonly seats: number;
  readonly equipment: readonly MeetingRoom["equipment"][number][];
};

/** Where a meeting can be, and the rooms whose bookings show it, smallest first. */
export type MeetingSlot = {
  readonly found: { readonly start: string; readonly room: string } | "no time" | "no room";
  readonly rooms: readonly string[];
};

/** The earliest full hour at which all are free and so is a room that will do, and the smallest such room. */
export function findSlot(state: MeetingsState, sought: Sought): MeetingSlot {
  const { date, minutes, people } = sought;
  const starts = Array.from({ length: (close - open) / 60 }, (_, at) => open + at * 60).filter(
    (start) =>
      start + minutes <= close &&
      (start + minutes <= lunch.from || start >= lunch.to) &&
      people.every((each) => isFree(state, each, date, start, minutes)),
  );
  return findRoom(state, sought, starts);
}

/** The first of these times at which a room will do. */
export function findRoom(
  state: MeetingsState,
  { date, minutes, seats, equipment }: Sought,
  starts: readonly number[],
): MeetingSlot {
  const suitable = roomsFor(state, seats, equipment);
  const checked = new Set<string>();
  for (const start of starts)
    for (const { id } of suitable) {
      checked.add(id);
      if (isRoomFree(state, id, date, start, minutes))
        return { found: { start: timeAt(start), room: id }, rooms: [...checked] };
    }
  return { found: starts.length === 0 ? "no time" : "no room", rooms: [...checked] };
}

/** Rooms that are large enough and have what is needed, smallest first. */
export const roomsFor = (
  { rooms }: Pick<MeetingsState, "rooms">,
  seats: number,
  equipment: readonly MeetingRoom["equipment"][number][],
): readonly MeetingRoom[] =>
  rooms
    .filter(
      (each) =>
        !each.isReserved &&
        each.capacity >= seats &&
        equipment.every((one) => each.equipment.includes(one)),
    )
    .toSorted((a, b) => a.capacity - b.capacity);

/** Whether a person can come, `start` in minutes after midnight in Beijing: at work where they are, and not taken. */
export function isFree(
  { people, events }: MeetingsState,
  id: string,
  date: string,
  start: number,
  minutes: number,
): boolean {
  const zone = people.find((each) => each.id === id)?.zone ?? beijing;
  const from = start + (zone - beijing) * 60;
  const to = from + minutes;
  if (from < open || to > close) return false;
  return events.every(
    (each) =>
      each.person !== id ||
      each.date !== date ||
      each.isTentative ||
      minutesOf(each.end) <= from ||
      minutesOf(each.start) >= to,
  );
}

export const isRoomFree = (
  { bookings, placed }: MeetingsState,
  room: string,
  date: string,
  start: number,
  minutes: number,
): boolean =>
  [...bookings, ...placed].every(
    (each) =>
      each.room !== room ||
      each.date !== date ||
      minutesOf(each.end) <= start ||
      minutesOf(each.start) >= start + minutes,
  );
