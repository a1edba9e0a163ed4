import { drawBusy, stepOf } from "../playing/backend.ts";
import { defineEnvironment, playLevels } from "../playing/environment.ts";
import { LevelOptions, mixOf } from "../playing/levels.ts";
import { drawMeetings } from "../playing/meetings/draw.ts";
import { meetingsNeeds, meetingsOutcome } from "../playing/meetings/rules.ts";
import { MeetingsState } from "../playing/meetings/state.ts";
import { meetingsInstruction, meetingsPolicy } from "../playing/meetings/texts.ts";
import { meetingsTools } from "../playing/meetings/tools.ts";
import { fewestCalls } from "../playing/search.ts";

const step = stepOf(meetingsTools);
const plan = (state: MeetingsState) =>
  fewestCalls(state, { step, outcome: meetingsOutcome, needs: meetingsNeeds(state) });

/** 日程与会议室: meetings are set up, moved, cancelled and joined by what calendars and rooms allow, or declined. */
export const environment = defineEnvironment<MeetingsState, LevelOptions>({
  id: "meetings",
  version: "1",
  title: { zh: "日程与会议室", en: "meetings" },
  options: LevelOptions,
  levels: playLevels(10),
  state: MeetingsState,
  tools: meetingsTools.map(({ declared }) => declared),
  initial: (draw, { level }) => {
    const drawn = drawMeetings(draw, level);
    const busy = drawBusy(draw, () => plan(drawn), mixOf(level).failures);
    const state = { ...drawn, busy };
    return { state, instruction: meetingsInstruction(draw, state), policy: meetingsPolicy(state) };
  },
  step,
  outcome: meetingsOutcome,
  plan,
});
