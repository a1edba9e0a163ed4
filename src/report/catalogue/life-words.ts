import type { Standing } from "../../domain/life/life-cycle.ts";
import type { Text } from "../../domain/text.ts";

import { beijingDate, daysBetween } from "../../domain/life/beijing-day.ts";

/**
 * What someone who asks a model should know of its name and its end, with source and day; null where there is nothing
 * to say. `at` decides how many days are left.
 */
export function lifeWords(standing: Standing, at: Date): Text | null {
  const { stage, alias } = standing;
  if (stage === "retired") return ended(standing);
  if (stage === "retiring") return ending(standing, at);
  if (alias !== null) return renamed(standing);
  return null;
}

function ended(standing: Standing): Text {
  const { retires, rerouted_to } = standing;
  const { zh, en } = next(standing);
  if (rerouted_to !== null) {
    return {
      zh: `${retires} 起这个名字由 ${rerouted_to} 作答并按其价格计费，测到的不是它${zh}`,
      en: `since ${retires} ${rerouted_to} answers under this name, at its own price: what is measured is not this model${en}`,
    };
  }
  return {
    zh: `已于 ${retires} 下线${zh}`,
    en: `was shut down on ${retires}${en}`,
  };
}

function ending(standing: Standing, at: Date): Text {
  const { retires, rerouted_to } = standing;
  const left = daysBetween(beijingDate(at), retires ?? "");
  const { zh, en } = next(standing);
  const after =
    rerouted_to === null
      ? { zh: "", en: "" }
      : {
          zh: `，之后由 ${rerouted_to} 冒名作答`,
          en: `, after which ${rerouted_to} answers under its name`,
        };
  return {
    zh: `还有 ${left} 天（${retires}）下线${after.zh}；通知之后限额会逐步收紧，延迟不宜与早先的相比${zh}`,
    en: `is shut down in ${left} ${left === 1 ? "day" : "days"} (${retires})${after.en}; limits shrink from the notice on, so its times do not compare with earlier ones${en}`,
  };
}

function renamed({ alias, source, read }: Standing): Text {
  const now = alias === true || alias === null ? null : alias;
  return {
    zh: `是别名，厂商可随时改指另一个模型${now === null ? "" : `（${read} 指向 ${now}）`}；来源：${source}，${read}`,
    en: `is an alias that the vendor may point at another model at any time${now === null ? "" : ` (${now} on ${read})`}; source: ${source}, ${read}`,
  };
}

function next({ successor, source, read }: Standing): Text {
  return {
    zh: `${successor === null ? "" : `；厂商建议改用 ${successor}`}；来源：${source}，${read}`,
    en: `${successor === null ? "" : `; the vendor recommends ${successor}`}; source: ${source}, ${read}`,
  };
}
