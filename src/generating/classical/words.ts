import type { Draw } from "../draw.ts";

const surnames = Array.from("裴韦崔卢郑杜柳薛萧陆顾沈谢袁桓庾羊荀陶温耿窦邓");
/** Given names that are nothing else, and such as could be another word in that place. */
const plainGiven = Array.from("珣翊逵湛恪愔瑜琰峤彧玠韶虔寔暠");
const trapGiven = Array.from("安平定通达举克进立言成固方尚由回赐求商修整遵继征昌兴宣");
const doubleGiven =
  "安世,延年,去病,无忌,思远,弘道,承嗣,德成,元之,敬之,彦回,道济,子显,公权,伯起".split(",");
const styles =
  "子明,伯通,仲举,季和,叔达,元直,士衡,公瑾,文长,孝先,德祖,景山,彦升,幼安,仲宣,伯言".split(",");
const counties =
  "闻喜,襄贲,平舆,华阴,安定,高阳,曲阿,新野,下邳,成固,当阳,长安,广昌,武进,南和,阳城".split(",");
const commanderies = "河东,汝南,弘农,京兆,颍川,太原,会稽,庐江,陈留,武都,广平,清河,上党,零陵".split(
  ",",
);
const offices =
  "侍中,尚书郎,御史中丞,给事中,谏议大夫,骑都尉,光禄勋,司隶校尉,议郎,太中大夫,左冯翊,大司农,中书令,散骑常侍,羽林监".split(
    ",",
  );
const eras = "永康,太和,建平,景明,延光,正始,天安,元嘉,永平,兴平,隆和,大同".split(",");
const rivers = Array.from("汝洛泾渭淮漳沔湘泗");
const posthumous = Array.from("贞忠简懿敬成肃宣");
const smalls = Array.from("二三四五六七八九");
const larges = "三百,五百,七百,千馀,二千,三千,五千,数千,万馀,二万".split(",");

/** A person who shares no character with `near`, and no name with anybody known. */
export function drawPerson(
  draw: Draw,
  near: string,
  known: ReadonlySet<string>,
  hasTraps: boolean,
): { readonly full: string; readonly given: string } {
  for (;;) {
    const surname = draw.pick(surnames);
    const given =
      draw.int(0, 2) === 0
        ? draw.pick(doubleGiven)
        : draw.pick(hasTraps && draw.int(0, 3) > 0 ? trapGiven : plainGiven);
    const full = `${surname}${given}`;
    if (!known.has(full) && !Array.from(full).some((each) => near.includes(each)))
      return { full, given };
  }
}

/** What stands in the slots that name no person. */
export const slotWords: Readonly<Record<string, readonly string[]>> = {
  字: styles,
  县: counties,
  郡: commanderies,
  官: offices,
  元: eras,
  年: smalls,
  数: larges,
  水: rivers,
  谥: posthumous,
  姓: surnames,
};
