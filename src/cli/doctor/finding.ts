import type { Lang, Text } from "../../domain/text.ts";

/** One thing that `doctor` looked at. `todo` is null where nothing need be done. */
export type DoctorFinding = {
  readonly id: string;
  /** `notice`: works, but something will surprise; `wrong`: something will fail. */
  readonly state: "fine" | "notice" | "wrong";
  readonly what: Text;
  readonly todo: Text | null;
};

const marks = { fine: "✓", notice: "!", wrong: "✗" } as const;
const lead = { zh: "怎么办：", en: "What to do: " } as const satisfies Text;

export const fine = (id: string, what: Text): DoctorFinding => ({
  id,
  state: "fine",
  what,
  todo: null,
});

export const findingText = ({ state, what, todo }: DoctorFinding, lang: Lang): string =>
  [
    `${marks[state]} ${what[lang]}`,
    ...(todo === null ? [] : [`  ${lead[lang]}${todo[lang]}`]),
  ].join("\n");
