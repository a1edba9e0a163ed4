import { z } from "zod";

import { formats } from "../../../domain/formats.ts";
import { readJsonFile } from "../../../store/json-file.ts";

const Side = z.strictObject({
  /** From the folder of the key file. */
  file: z.string(),
  run: z.string(),
  target: z.string(),
  simulated: z.boolean(),
});

/** What unblinds a comparison. It stays with whoever exported the sheet and never goes to the raters. */
export const BlindKey = z.strictObject({
  schema: z.literal(formats.blindKey),
  created_at: z.string(),
  seed: z.string(),
  sides: z.strictObject({ a: Side, b: Side }),
  /** Names that were masked in addition to the known ones. */
  masked: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      item: z.string(),
      cluster: z.string(),
      dimension: z.array(z.string()),
      /** Which side is shown first. */
      first: z.enum(["a", "b"]),
      a_key: z.string(),
      b_key: z.string(),
    }),
  ),
});
export type BlindKey = z.infer<typeof BlindKey>;
export type BlindRow = BlindKey["rows"][number];

/** Reads a key file. Rejects with a UserError that says what is wrong with it where it is not one. */
export const readKey = (file: string): Promise<BlindKey> => readJsonFile(file, BlindKey);
