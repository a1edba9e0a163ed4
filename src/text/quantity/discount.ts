/** 打八五折 is 85% of the price and 8.5 in 折; 十折 is all of it. */
const discount =
  /(?<![\d.第零〇一二两三四五六七八九十百千点])([1-9]\d?|[1-9]\.\d|10|[一二三四五六七八九][一二三四五六七八九]?|两|十|[一二三四五六七八九]点[一二三四五六七八九])\s?折(?![叠射线旧断合页屏伞扇回返磨腾纸])/g;

/** Writes discounts in the output of `spellNumbers` as per cent: 九折 as 百分之九十, 85折 as 85%. Numbers without 折 stay. */
export const discountsAsPercent = (text: string): string =>
  text.replaceAll(discount, (_, figure: string) => {
    const { whole, tenths, chinese } = partsOf(figure);
    if (!chinese) return `${whole === "10" ? "100" : `${whole}${tenths || "0"}`}%`;
    if (whole === "十") return "百分之一百";
    return tenths === "" ? `百分之${whole}十` : `百分之${whole}十${tenths}`;
  });

/**
 * Writes discounts in tenths: 八五折 as 八点五折, 85折 as 8.5折. 八折 becomes 八点零折, because a single Chinese digit is not
 * taken for a number unless something else shows that it is one.
 */
export const discountsInTenths = (text: string): string =>
  text.replaceAll(discount, (_, figure: string) => {
    const { whole, tenths, chinese } = partsOf(figure);
    if (chinese) return `${whole}点${tenths || "零"}折`;
    return `${whole}${tenths === "" ? "" : `.${tenths}`}折`;
  });

/** 8.5, 85 and 八五 are eight and five tenths; 10 is ten. */
function partsOf(figure: string) {
  const chinese = !/\d/.test(figure);
  if (figure === "10") return { whole: figure, tenths: "", chinese };
  const [whole = "", ...rest] = Array.from(figure.replace("两", "二").replace(/[.点]/, ""));
  const tenths = rest.join("");
  return { whole, tenths: tenths === "0" ? "" : tenths, chinese };
}
