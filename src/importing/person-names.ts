/** Surnames of four fifths of those who live in China, and the common ones of two characters. */
const surnames =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const longSurnames = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|端木|南宫";
const name = `(?:(?:${longSurnames})[\\p{Script=Han}]{1,2}|[${surnames}][\\p{Script=Han}]{1,2}|[\\p{Script=Han}]{1,4}·[\\p{Script=Han}·]{1,8})`;
const end = "(?![\\p{Script=Han}])";

/** What stands before a name where a form or a person gives it. */
const labels =
  "姓名|联系人|收件人|收货人|寄件人|发件人|经办人|申请人|投保人|被保险人|受益人|持卡人|户名|患者|病人姓名|客户姓名|法定代表人|法人代表|紧急联系人|负责人";
const labelled = new RegExp(`(?:${labels})(?:姓名)?\\s*(?:[:：]|是|为)\\s*(${name})${end}`, "gu");
const introduced = new RegExp(
  `(?:我叫|我的名字(?:叫|是)|本人姓名|本人叫)(?:做)?\\s*[:：]?\\s*(${name})${end}`,
  "gu",
);

/** The names that a text says to be somebody's, each once, the longest first; a surname and one or two characters, and nothing guessed. */
export const namesIn = (text: string): readonly string[] =>
  [
    ...new Set(
      [labelled, introduced].flatMap((pattern) =>
        [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []),
      ),
    ),
  ].toSorted((a, b) => b.length - a.length);
