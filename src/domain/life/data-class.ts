import { z } from "zod";

import type { Text } from "../text.ts";

import { inEitherLanguage } from "../schema/either-language.ts";

/** Where a suite's items may go, as run files hold it: 内部 not abroad, 敏感 not out of the house. */
export const DataClass = z.enum(["公开", "内部", "敏感"]);
export type DataClass = z.infer<typeof DataClass>;

/** The same for readers; either word may be written in YAML. */
export const dataClassWords: Readonly<Record<DataClass, Text>> = {
  公开: { zh: "公开", en: "public" },
  内部: { zh: "内部", en: "internal" },
  敏感: { zh: "敏感", en: "sensitive" },
};

/** As a person writes it; read as the Chinese word. */
export const WrittenDataClass = inEitherLanguage<DataClass>(dataClassWords);
