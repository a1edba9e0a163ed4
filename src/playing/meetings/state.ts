import { z } from "zod";

import { backendShape } from "../backend.ts";

export const equipmentKinds = ["投影仪", "视频会议", "白板"] as const;
export const meetingReasons = ["非本人组织", "临近开始", "无共同时间", "无合适会议室"] as const;

const Equipment = z.enum(equipmentKinds);

const Person = z.strictObject({
  id: z.string(),
  name: z.string(),
  department: z.string(),
  office: z.string(),
  /** Hours ahead of UTC; Beijing is 8. */
  zone: z.int(),
});
export type Person = z.infer<typeof Person>;

/** Something in a calendar, in the local time of its owner. */
const Event = z.strictObject({
  person: z.string(),
  date: z.string(),
  start: z.string(),
  end: z.string(),
  isTentative: z.boolean(),
});
export type CalendarEvent = z.infer<typeof Event>;

const Room = z.strictObject({
  id: z.string(),
  capacity: z.int(),
  equipment: z.array(Equipment),
  /** Only for visitors, who are in none of these meetings. */
  isReserved: z.boolean(),
});
export type MeetingRoom = z.infer<typeof Room>;

const Booking = z.strictObject({
  room: z.string(),
  date: z.string(),
  start: z.string(),
  end: z.string(),
});
export type RoomBooking = z.infer<typeof Booking>;

const PlannedMeeting = z.strictObject({
  id: z.string(),
  title: z.string(),
  organizer: z.string(),
  date: z.string(),
  start: z.string(),
  minutes: z.int(),
  room: z.string(),
  attendees: z.array(z.string()),
  equipment: z.array(Equipment),
});
export type PlannedMeeting = z.infer<typeof PlannedMeeting>;

const Request = z.strictObject({
  want: z.enum(["schedule", "move", "cancel", "add"]),
  title: z.string(),
  /** The meeting that it is about, or the number that a new one gets. */
  meeting: z.string(),
  /** The day of a new meeting, or the one to which an old one is moved. */
  date: z.string(),
  minutes: z.int(),
  /** Those to be invited. */
  people: z.array(z.string()),
  seats: z.int(),
  equipment: z.array(Equipment),
});
export type MeetingRequest = z.infer<typeof Request>;

/** Facts never change while an agent plays; what it has done and seen stands beside them. */
export const MeetingsState = z.strictObject({
  ...backendShape,
  date: z.string(),
  time: z.string(),
  /** The first is the one whose assistant the agent is. */
  people: z.array(Person).min(1),
  events: z.array(Event),
  rooms: z.array(Room),
  bookings: z.array(Booking),
  meetings: z.array(PlannedMeeting),
  requests: z.array(Request),
  /** What was looked up, each call as text. */
  seen: z.array(z.string()),
  /** What was done, each call as text, by the title of its request. */
  done: z.array(z.strictObject({ title: z.string(), call: z.string() })),
  /** Where new and moved meetings are now. */
  placed: z.array(z.strictObject({ meeting: z.string(), ...Booking.shape })),
  sent: z.boolean(),
});
export type MeetingsState = z.infer<typeof MeetingsState>;
