import type { Stem } from "../question/stem.ts";

/**
 * What a clause says of an option.
 * - picked: chosen or ruled out, whatever the question asks
 * - truth: right or wrong in itself
 * - member: is or is not what the question speaks of
 */
export type OptionJudgement = {
  readonly scale: "picked" | "truth" | "member";
  readonly value: boolean;
  /** A mark such as ✗ directly behind the option, which other words only explain. */
  readonly isMark?: true;
};

const groups = {
  pickedNo:
    "排除|(?<=^[^\\p{L}]*)out(?![a-z])|so no(?![a-z])|(?<![A-Za-z])(?:pass|PASS|Pass)(?![a-z])|(?:is|are) out(?![a-z])|不(?:适用|合题)|淘汰|出局|剔除|划[掉去]|[去刷筛刨][掉除]|舍[去弃]|落选|(?:不|别|没|勿)(?:能|应该?|该|可以?|予|宜|会|建议|用|必|要)?(?:入?选(?!项|手|举)|考虑|采纳|采用)|(?:不|没)(?:太|很|大|够|完全|怎么|甚|再)?(?:有)?(?:符合|合|满足|切合|契合|扣|切)(?:本题|题目|题干)?的?(?:题[意目干]|情[境景]|语境|设问)|(?:与|和|跟)(?:本|此)?(?:题[意目干]?|问题|设问|题目要求|要求)[^,]{0,4}(?:不符|无关|不合|相悖)|答非所问|文不对题|不(?:是|算|作)(?:本题|正确|我们)?的?(?:答案|首选|选项)|[Rr]ul(?:ed?|es|ing) out|[Ee]liminat(?:ed?|es|ing)|[Ee]xclud(?:ed?|es|ing)|[Dd]iscard(?:ed)?|(?:do|does|did)(?:n't| not) (?:fit|qualify|apply|match|work)|(?:is|are)(?:n't| not) (?:the|an?) (?:answers?|right|correct)",
  pickedYes:
    "当选|(?<!不)适用(?=[^\\p{L}]*$)|入选|中选|胜出|(?<![不非])(?:符合|切合|契合|扣|切|正?合)(?:本题|题目|题干)?的?题[意目干]|(?:应|该|就|需|要|得|予|可|必)(?:当|该|以|须)?(?:被)?[选選](?=[它这此]|上|[^\\p{L}]*$)|选它|选这[个项]|就是它|非它莫属|(?<!不)(?:是|为|即|作)(?:本题|正确|最终|最佳|唯一|所选|我们要找)?的?(?:正确|最佳)?(?:答案|正解|选项)(?!之)|(?:而|正|才|恰恰?)是(?=[^\\p{L}]*$)|(?<=^[^\\p{L}]*(?:选?项|这[个项]?|它|那|们)?)才(?:是|对|算|符合|能|会|叫|最|真正|属于|[谈称]得上|配)|(?:全部?|都|均|皆)(?:应该?|要|该|可|入|当|得|被)*选(?!项|择|手)|(?<!未必)最(?:佳|优|好|为?合适|为?恰当|为?符合|为?贴切|为?妥当|为?准确|为?合理|为?稳妥|为?得体|为?适合|适宜|有可能|可能|贴近|接近|到位|直接|关键|全面|重要|规范|科学|严谨|理想|可取)|更胜一筹|甩开|碾压|完胜|远超|遥遥领先|夺魁|领跑|exactly (?:what|the one)|(?:is )?what (?:is|was|we|you)(?:'re| are)? (?:asked|looking|after|want)|so yes|当之无愧|独占鳌头|拔得头筹|(?:就|已经?)(?:足?够)了|更?(?:为)?(?:妥帖|在理|靠谱|占优)(?=[^\\p{L}]*$)|[占更]优|(?<![前后]的?)为准(?=[^\\p{L}]*$)|(?<![并]不|未必)更(?:优|好|佳|合适|恰当|妥当?|得体|可取|贴切|准确|合理|合适|规范|专业)(?=[^\\p{L}]*$)|完全吻合|(?<=^[^\\p{L}]*)it (?:is|must be|has to be)(?=[^\\p{L}]*$)|(?:is|was) the (?:answer|one|best|only|right|correct|(?!other|wrong|incorrect|first|second|third|last)[a-z]{3,14} one(?![a-z]))|(?:fits?|meets|qualif(?:y|ies))(?![a-z])",
  memberNo:
    "(?:与|和|跟)[^,]{1,14}(?:毫?无关系?|不沾边|没有?(?:任何)?关系)|无关(?=[^\\p{L}]*$)|找不到|没出现|未出现|没有出现|不在(?:其中|其列|内|此列|之列|列|范围)|查无此",
  truthNo:
    "过头|过火|(?:与|和|跟)[^,]{1,16}(?:矛盾|冲突|相悖|相抵触)|(?:换|改)[成为作][^,。]{1,14}[就才](?:对|正确|行)|一[假错]到底|(?<![虚])假(?=[^\\p{L}]*$)|不(?:太|够|完全|是很?|怎么|甚|尽|大)?(?:符合[^,]{0,4}(?:要求|条件)|满足|达到|正确|准确|恰当|合理|成立|妥当?|严谨|科学|属实|规范|真实|可信|通顺|合适|得体|一致|相符|吻合|可取|可行|合法|行(?=[^\\p{L}]*$|[,了])|符合?|符|当(?=[^\\p{L}]*$)|对(?=[的了]?[^\\p{L}]*$))|并不是(?=[^\\p{L}]*$)|错误|有错|应(?:该是|当是|为|写[成作为]|改[成为作]|作|读作?)|(?:说|写|标|搞|弄|记|讲|读|用|算)(?:错|反|倒)|错(?=了|的|在|[^\\p{L}]|$)|有误|失实|(?:与|和|跟)(?:事实|史实|原文|实际|材料|文意|定义|规定)[^,]{0,3}(?:不符|不合|相反|相悖|矛盾|不一致|有出入)|颠倒|混淆|混为一谈|张冠李戴|偷换|(?:太|过于|说得)绝对|以偏概全|无中生有|没听说过|闻所未闻|子虚乌有|无稽|曲解|说不通|站不住脚?|(?:有|存在)(?:明显|很大)?的?(?:语病|问题|毛病|漏洞|错)|👎|✗|✘|(?<![\\d)a-z] ?)×(?! ?\\(?[\\da-z])|❌|❎|[Ww]rong|[Ii]ncorrect|[Ff]alse|(?:not|n't) (?:true|correct|right|accurate|valid)|[Ii]naccurate|[Uu]ntrue",
  truthYes:
    "恰到好处|(?<![不])(?:与|和|跟)[^,]{1,20}(?:一致|相符|吻合)(?=[^\\p{L}]*$)|恰如其分|(?<![逼纯传认天])真(?=[^\\p{L}]*$)|(?:所言|说得|所说|此言)?甚(?:是|确|当)|所言极是|(?:没有?(?:写|说)?|并?无|挑不出|不存在|不含)(?:任何|什么|明显)?(?:错误?|问题|毛病|语病|误|不妥)|(?<![不])(?:符合[^,]{0,4}(?:要求|条件)|满足|正确|准确|恰当|属实|成立|合理|合适|妥当|得[体当]|可取|相符|吻合|合法|通顺)|(?<![不])错不了|不错|说得通|站得住脚?|(?<![不])对(?=[的了]?[^\\p{L}]*$)|👍|✓|✔|√(?!\\(?[\\da-z])|✅|☑|(?<!in)[Cc]orrect|(?<!un)[Tt]rue(?![a-z])|[Rr]ight(?![a-z])|(?<!in)[Aa]ccurate",
} as const;

const lexicon = new RegExp(
  Object.entries(groups)
    .map(([name, words]) => `(?<${name}>${words})`)
    .join("|"),
  "yu",
);

/** The characters with which one of these words can begin; the pattern is tried at no other. */
const beginnings = new Set(
  Array.from(
    "更排pPiaq查不找没未出淘剔划去刷筛刨舍落别勿与和跟答RrEeDddui当适入中胜符切契扣正合应该就需要得予可选是非为即作而才恰全都均皆最完换改一假并错说写标搞弄记讲读用算有失颠独拔已占必甩碾远遥夺领esow混张偷太过以无曲站存闻子👎✗✘×❌❎WwIiFfnUu所此甚真挑准属成妥通相吻对✓✔√✅☑CcTtRrAam",
    (char) => char.charCodeAt(0),
  ),
);

const bareYes =
  /^[^\p{L}\p{N}]*(?:它|这|也|都|均|皆|就|则|当然|显然|确实|的确|自然|明显|同样|全|亦|正好)*(?:是|属于|属|能|可以|可|会|有|算|行|符合|满足|包括|包含|具备|在列|在[其此]列|在其中|在内|没问题|yes|does|do|is|are)(?:的|了|其中|之一)?[^\p{L}\p{N}]*$/iu;
const bareNo =
  /^[^\p{L}\p{N}]*(?:它|这|也|都|均|皆|就|则|当然|显然|并|同样|全|亦|现在|如今|目前|早)*(?:不(?:是|属于|属|能|可以|可|会|行|算|符合|满足|包括|包含|具备|在(?:列|其中|内|此列|其列)?)|没有?|否|非|无|no|(?:does|do|is|are)(?:n't| not))(?:的|了|其中|之一)?[^\p{L}\p{N}]*$/iu;

/** Turns what follows it round: 不能说 B 不对. */
const turned = /不能(?:说|算|认为)|不是说|谁说|怎么能说|并非|绝非|谈不上|说不上|算不上|称不上|哪里/;
const unsure = /未必|不一定|不见得|难说|可能|也许|或许|似乎|好像|maybe|perhaps|might/;

/** A mark directly behind the option is the judgement, whatever words explain it: 🙅（这条是对的：不许带）. */
const firstMark =
  /^[^\p{L}\p{N}]{0,6}?(?:([✓✔√☑✅👍👌🙆💯⭕🆗]|○(?=[^\p{L}\p{N}]*$))|[✗✘❌❎✖✕👎🙅🚫⛔]|×(?! ?\(?[\da-z]))/u;

/** What the words of a clause say of its option; the last judgement counts. */
export function judgementIn(words: string, before = ""): OptionJudgement | null {
  const sign = /^[^\p{L}\p{N}]*([TFYN])[^\p{L}\p{N}]*$/u.exec(words)?.[1];
  if (sign !== undefined) return { scale: "truth", value: sign === "T" || sign === "Y" };
  const mark = firstMark.exec(words);
  if (mark !== null) return { scale: "truth", value: mark[1] !== undefined, isMark: true };
  const bare = bareNo.test(words) ? false : bareYes.test(words) ? true : null;
  if (bare !== null) return { scale: "member", value: bare };
  let last: OptionJudgement | null = null;
  let from = 0;
  for (let at = 0; at < words.length; at++) {
    if (!beginnings.has(words.charCodeAt(at))) continue;
    lexicon.lastIndex = at;
    const match = lexicon.exec(words);
    if (match === null) continue;
    at = Math.max(at, lexicon.lastIndex - 1);
    const { pickedNo, pickedYes, memberNo, truthNo } = match.groups ?? {};
    const value = (pickedNo ?? memberNo ?? truthNo) === undefined;
    if (memberNo !== undefined) last = { scale: "member", value };
    else last = { scale: (pickedNo ?? pickedYes) === undefined ? "truth" : "picked", value };
    from = match.index;
  }
  if (last === null) return null;
  const lead = before + words.slice(0, from);
  if (unsure.test(lead)) return null;
  return turned.test(lead) ? { ...last, value: !last.value } : last;
}

/** Whether a judgement makes its option the asked one; null where it tells nothing of that. */
export function asked({ scale, value }: OptionJudgement, stem: Stem): boolean | null {
  if (scale === "picked" || stem === "unknown") return value;
  if (stem === "right") return value;
  if (scale === "truth") return stem === "wrong" ? !value : null;
  return stem === "not" ? !value : null;
}
