import type { Lang } from "../../domain/text.ts";
import type { View } from "../view/model.ts";

/** Says that files share answers, of which those read last count. */
export const overlapLines = ({ overlaps }: Pick<View, "overlaps">, lang: Lang): readonly string[] =>
  overlaps === 0
    ? []
    : [
        lang === "zh"
          ? `有 ${overlaps} 次作答在几个文件里都有，只算一次，以写在后面的文件为准`
          : `${overlaps} answers stand in more than one file; each counts once, as in the file named last`,
      ];
