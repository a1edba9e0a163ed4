import type { batchForms } from "../../domain/request/batch-offer.ts";
import type { BatchForm } from "./form.ts";

import { anthropicBatches } from "./anthropic.ts";
import { fileBatches, mistralJobs, openaiJobs } from "./files.ts";
import { geminiBatches } from "./gemini.ts";

const forms: Readonly<Record<(typeof batchForms)[number], BatchForm>> = {
  openai: fileBatches(openaiJobs),
  mistral: fileBatches(mistralJobs),
  anthropic: anthropicBatches,
  gemini: geminiBatches,
};

/** The form that a provider's file names. */
export const batchForm = (id: keyof typeof forms): BatchForm => forms[id];
