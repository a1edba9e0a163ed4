import { drawBusy, stepOf } from "../playing/backend.ts";
import { drawBookings } from "../playing/bookings/draw.ts";
import { bookingsNeeds, bookingsOutcome } from "../playing/bookings/rules.ts";
import { BookingsState } from "../playing/bookings/state.ts";
import { bookingsInstruction, bookingsPolicy } from "../playing/bookings/texts.ts";
import { bookingsTools } from "../playing/bookings/tools.ts";
import { defineEnvironment, playLevels } from "../playing/environment.ts";
import { LevelOptions, mixOf } from "../playing/levels.ts";
import { fewestCalls } from "../playing/search.ts";

const step = stepOf(bookingsTools);
const plan = (state: BookingsState) =>
  fewestCalls(state, { step, outcome: bookingsOutcome, needs: bookingsNeeds(state) });

/** 订票改签: tickets are refunded, changed, booked or declined by fare rules, and the passenger is told once. */
export const environment = defineEnvironment<BookingsState, LevelOptions>({
  id: "bookings",
  version: "1",
  title: { zh: "订票改签", en: "bookings" },
  options: LevelOptions,
  levels: playLevels(10),
  state: BookingsState,
  tools: bookingsTools.map(({ declared }) => declared),
  initial: (draw, { level }) => {
    const drawn = drawBookings(draw, level);
    const busy = drawBusy(draw, () => plan(drawn), mixOf(level).failures);
    const state = { ...drawn, busy };
    return { state, instruction: bookingsInstruction(draw, state), policy: bookingsPolicy(state) };
  },
  step,
  outcome: bookingsOutcome,
  plan,
});
