import { drawBusy, stepOf } from "../playing/backend.ts";
import { defineEnvironment, playLevels } from "../playing/environment.ts";
import { LevelOptions, mixOf } from "../playing/levels.ts";
import { drawReturns } from "../playing/returns/draw.ts";
import { returnsNeeds, returnsOutcome } from "../playing/returns/rules.ts";
import { ReturnsState } from "../playing/returns/state.ts";
import { returnsInstruction, returnsPolicy } from "../playing/returns/texts.ts";
import { returnsTools } from "../playing/returns/tools.ts";
import { fewestCalls } from "../playing/search.ts";

const step = stepOf(returnsTools);
const plan = (state: ReturnsState) =>
  fewestCalls(state, { step, outcome: returnsOutcome, needs: returnsNeeds(state) });

/** 库存与退换货: goods are returned, exchanged, sent after, cancelled or declined by the rules of their category. */
export const environment = defineEnvironment<ReturnsState, LevelOptions>({
  id: "returns",
  version: "1",
  title: { zh: "库存与退换货", en: "returns" },
  options: LevelOptions,
  levels: playLevels(10),
  state: ReturnsState,
  tools: returnsTools.map(({ declared }) => declared),
  initial: (draw, { level }) => {
    const drawn = drawReturns(draw, level);
    const busy = drawBusy(draw, () => plan(drawn), mixOf(level).failures);
    const state = { ...drawn, busy };
    return { state, instruction: returnsInstruction(draw, state), policy: returnsPolicy(state) };
  },
  step,
  outcome: returnsOutcome,
  plan,
});
