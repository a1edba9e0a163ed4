import type { ValueTypeName } from "./options.ts";
import type { ValueType } from "./value-type.ts";

import { baseN } from "./base-n.ts";
import { character } from "./character.ts";
import { date } from "./date.ts";
import { formula } from "./formula.ts";
import { half } from "./half.ts";
import { identifier } from "./identifier.ts";
import { json } from "./json.ts";
import { list } from "./list.ts";
import { person } from "./person.ts";
import { span } from "./span.ts";
import { time } from "./time.ts";
import { weekday } from "./weekday.ts";
import { yesNo } from "./yes-no.ts";

/** Every type of the grader `value`. */
export const valueTypes: Readonly<Record<ValueTypeName, ValueType>> = {
  "base-n": baseN,
  character,
  date,
  formula,
  half,
  identifier,
  json,
  list,
  person,
  span,
  time,
  weekday,
  "yes-no": yesNo,
};
