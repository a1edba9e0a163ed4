import { expect, inject, test } from "vitest";

import type { EnvironmentCall } from "../playing/environment.ts";

import { createDraw } from "../generating/draw.ts";
import { dueFor } from "../playing/meetings/rules.ts";
import { findSlot } from "../playing/meetings/slots.ts";
import { meetingReasons, type MeetingsState } from "../playing/meetings/state.ts";
import { frames } from "../playing/meetings/texts.ts";
import { framesUsed } from "../playing/testing/frames.ts";
import { after, call, shortestWay } from "../playing/testing/shortest.ts";
import { environment } from "./meetings.ts";

const startOf = (level: number, seed: number): MeetingsState =>
  environment.initial(createDraw(seed, 0, 0), { level }).state;
const planOf = (state: MeetingsState): readonly EnvironmentCall[] => environment.plan(state) ?? [];
const endOf = (state: MeetingsState, calls: readonly EnvironmentCall[]) =>
  environment.outcome(after(environment, state, calls));
const writesOf = (state: MeetingsState) =>
  state.requests.flatMap((each) => dueFor(state, each).writes);

const levels = Array.from({ length: 10 }, (_, at) => at + 1);
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const starts = levels.flatMap((level) => seeds.map((seed) => startOf(level, seed)));

test("a search over all calls finds no shorter way", () => {
  // The first item of each length that such a search can still manage.
  const lengths = inject("matrix") ? [4, 5, 6, 7, 8] : [4, 5, 6, 7];
  const short = lengths.flatMap(
    (length) => starts.find((each) => planOf(each).length === length) ?? [],
  );
  expect(short.length).toBeGreaterThan(2);
  for (const start of short) {
    const [request] = start.requests;
    const { title, meeting, date, minutes } = request ?? {};
    const calls = [
      ...planOf(start),
      ...start.people.slice(1, 3).map(({ name }) => call("find_person", { name })),
      ...["10:00", "14:00"].map((at) =>
        call("create_meeting", { title, date, start: at, minutes, room: start.rooms[0]?.id }),
      ),
      call("move_meeting", { meeting, date, start: "16:00", room: start.rooms[1]?.id }),
      call("cancel_meeting", { meeting }),
      ...meetingReasons.map((reason) => call("decline_request", { title, reason })),
    ];
    expect(planOf(start)).toHaveLength(shortestWay(environment, start, calls) ?? -1);
  }
});

test("levels bring more calls, requests to be declined, and calls that fail", () => {
  const lengths = levels.map((level) =>
    seeds.reduce((sum, seed) => sum + planOf(startOf(level, seed)).length, 0),
  );
  expect(lengths[9]).toBeGreaterThan(3 * (lengths[0] ?? 0));
  for (const [at, start] of starts.entries()) {
    const level = Math.floor(at / seeds.length);
    const declined = writesOf(start).filter(({ name }) => name === "decline_request").length;
    expect(declined).toBe([0, 0, 0, 1, 1, 0, 1, 1, 2, 2][level]);
    expect(Object.keys(start.busy)).toHaveLength([0, 0, 0, 0, 1, 1, 1, 1, 2, 2][level] ?? -1);
  }
});

test("every kind of settlement and every reason comes up", () => {
  const all = starts.flatMap(writesOf);
  expect(new Set(all.map(({ name }) => name))).toEqual(
    new Set(["create_meeting", "invite", "move_meeting", "cancel_meeting", "decline_request"]),
  );
  const reasons = all.flatMap(({ arguments: { reason } }) =>
    reason === undefined ? [] : [reason],
  );
  expect(new Set(reasons)).toEqual(new Set(meetingReasons));
});

test("a user speaks in more than twenty ways, and never says what is to be found out", () => {
  const said: string[] = [];
  for (const level of levels)
    for (const seed of seeds) {
      const { state, instruction } = environment.initial(createDraw(seed, 0, 0), { level });
      said.push(instruction);
      for (const { id } of [...state.people, ...state.meetings, ...state.rooms])
        expect(instruction).not.toContain(id);
      for (const { arguments: given } of writesOf(state))
        for (const hidden of [given["start"], given["reason"]])
          if (hidden !== undefined) expect(instruction).not.toContain(hidden);
    }
  expect(framesUsed(frames, said)).toBe(24);
});

/** Nine to six in Beijing, by full hours, tried one after another from what calendars and rooms show. */
test("the time and the room are the first that fit, by another way of looking", () => {
  let checked = 0;
  for (const start of starts)
    for (const { name, arguments: given } of writesOf(start)) {
      const request = start.requests.find(({ title }) => title === given["title"]);
      if (name !== "create_meeting" || request === undefined) continue;
      const hours = Array.from({ length: 24 }, (_, hour) => hour);
      const people = [start.people[0]?.id ?? "", ...request.people];
      const isTaken = (id: string, hour: number): boolean => {
        const ahead = (start.people.find((each) => each.id === id)?.zone ?? 8) - 8;
        const local = hour + ahead;
        const busy = start.events.filter(
          (each) => each.person === id && each.date === request.date && !each.isTentative,
        );
        return (
          local < 9 || local > 17 || busy.some((each) => Number(each.start.slice(0, 2)) === local)
        );
      };
      const rooms = start.rooms
        .filter((each) => !each.isReserved && each.capacity >= request.seats)
        .filter((each) => request.equipment.every((one) => each.equipment.includes(one)))
        .toSorted((a, b) => a.capacity - b.capacity);
      const isBooked = (room: string, hour: number): boolean =>
        start.bookings.some(
          (each) =>
            each.room === room &&
            each.date === request.date &&
            Number(each.start.slice(0, 2)) === hour,
        );
      const fits = hours
        .filter((hour) => hour >= 9 && hour <= 17 && hour !== 12)
        .filter((hour) => people.every((id) => !isTaken(id, hour)))
        .flatMap((hour) =>
          rooms.filter(({ id }) => !isBooked(id, hour)).map(({ id }) => [hour, id]),
        );
      const [hour, room] = fits[0] ?? [];
      expect([Number(String(given["start"]).slice(0, 2)), given["room"]]).toEqual([hour, room]);
      checked += 1;
    }
  expect(checked).toBeGreaterThan(100);
});

test("a slot is never over noon, nor past six where somebody is", () => {
  const start = startOf(1, 1);
  const [me, , away] = start.people;
  const free = { ...start, events: [], bookings: [] };
  const sought = {
    date: "2026-06-01",
    minutes: 120,
    people: [me?.id ?? ""],
    seats: 2,
    equipment: [],
  };
  const taken = (from: string, to: string) => ({
    person: me?.id ?? "",
    date: "2026-06-01",
    start: from,
    end: to,
    isTentative: false,
  });
  expect(findSlot(free, sought).found).toMatchObject({ start: "09:00" });
  expect(findSlot({ ...free, events: [taken("09:00", "10:30")] }, sought).found).toMatchObject({
    start: "13:00",
  });
  const both = { ...sought, people: [me?.id ?? "", away?.id ?? ""] };
  const late = { ...free, events: [taken("09:00", "16:00")] };
  const zone = away?.zone ?? 0;
  expect(findSlot(late, both).found).toEqual(
    zone > 8 ? "no time" : expect.objectContaining({ start: "16:00" }),
  );
});

/** The first item in which a call of this tool is due. */
function found(name: string) {
  const start = starts.find((each) => planOf(each).some((one) => one.name === name));
  if (start === undefined) throw new Error(`no ${name}`);
  return { start, plan: planOf(start) };
}

test("others' meetings and rooms, and meetings that nobody asked about, are not to be touched", () => {
  const start = starts.find((each) => JSON.stringify(writesOf(each)).includes("非本人组织"));
  if (start === undefined) throw new Error("no meeting of another");
  const plan = planOf(start);
  const other = start.requests.find((each) =>
    JSON.stringify(dueFor(start, each).writes).includes("非本人组织"),
  );
  const calls = plan.map((each) =>
    each.arguments["reason"] === "非本人组织"
      ? call("cancel_meeting", { meeting: other?.meeting })
      : each,
  );
  expect(endOf(start, calls).forbidden).toEqual([`cancelled another's ${other?.meeting}`]);
  const { room, date, start: at } = start.bookings[0] ?? {};
  const released = [...plan, call("list_rooms"), call("release_room", { room, date, start: at })];
  expect(endOf(start, released)).toMatchObject({ reached: true, forbidden: [`released ${room}`] });
});

test.each([
  ["create_meeting", "get_calendar"],
  ["create_meeting", "get_room_schedule"],
] as const)("%s without %s breaks the policy", (name, left) => {
  const { start, plan } = found(name);
  const { reached, breaches } = endOf(
    start,
    plan.filter((each) => each.name !== left),
  );
  expect(reached).toBe(true);
  expect(breaches.join("; ")).toContain(`without ${left}`);
});

test("whoever was not named may not be invited, and nobody can be left out", () => {
  const { start, plan } = found("invite");
  const known = start.people.find(
    ({ id }) => !JSON.stringify(plan).includes(id) && id !== start.people[0]?.id,
  );
  const meeting = plan.find(({ name }) => name === "invite")?.arguments["meeting"];
  const more = [
    call("find_person", { name: known?.name }),
    call("invite", { meeting, person: known?.id }),
  ];
  const at = plan.findIndex(({ name }) => name === "invite");
  expect(endOf(start, plan.toSpliced(at, 0, ...more)).reached).toBe(false);
  expect(endOf(start, plan.toSpliced(at, 1)).reached).toBe(false);
});

test("the first room at nine is hardly ever the answer", () => {
  const right = starts.filter((start) => {
    if (!planOf(start).some(({ name }) => name === "create_meeting")) return false;
    const calls = planOf(start).map((each) =>
      each.name === "create_meeting"
        ? call(each.name, { ...each.arguments, start: "09:00", room: start.rooms[0]?.id })
        : each,
    );
    return endOf(start, calls).reached;
  });
  // Where somebody works an hour behind or ahead, nine may be right, and the first room too.
  expect(right.length).toBeLessThan(starts.length / 50);
});
