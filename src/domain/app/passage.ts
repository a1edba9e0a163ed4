import { z } from "zod";

import { record } from "../schema/readonly.ts";

/** A passage that an application retrieved, or that an item gives as material. */
export const Passage = record({
  text: z.string(),
  id: z.string().exactOptional(),
  title: z.string().exactOptional(),
  /** In the application's own scale. */
  score: z.number().exactOptional(),
});
export type Passage = z.infer<typeof Passage>;
