import type { Outcome } from "../../domain/outcome.ts";

/**
 * Codes, types and exception names of all vendors and of the gateways and servers in front of them, compared without
 * case and separators: `DataInspectionFailed` and `data_inspection_failed` are one. A code that means different things at
 * two vendors is in none of these rows. Sources are those of the vendors' files; for new-api and one-api their
 * `types/error.go` and `relay` folders, for LiteLLM `litellm/exceptions.py` (all read 2026-11).
 */
const words: readonly (readonly [Outcome, RegExp])[] = [
  [
    "context-overflow",
    /context(?:length|window|size)|outofcontext|(?:characters|tokens|prompt|input)toolong|stringabovemaxlength|tokenlimiterror|requesttoolarge$/,
  ],
  [
    "filtered-output",
    /^output(?:text|image|video|audio|unsafe|audit|sensitive|blocked)|responsefiltered/,
  ],
  [
    "filtered-input",
    /datainspection|content(?:filter|policy|violation|moderation|blocked|existsrisk)|^contentunsafe|censorship|sensitive(?:content|words?)|^input(?:text|image|video|audio)(?:sensitive|risk)|(?:text|image)illegaldetected|unsafe(?:request)?$|responsibleaipolicy|prompt(?:blocked|flagged)|^invalidprompt$|inputaudit|moderation|prohibitedcontent|guardrail/,
  ],
  [
    "quota",
    /insufficient(?:user|token)?(?:quota|balance|funds|credits?)|arrear|overdue|billing|budget(?:limit)?exceeded|exceeded(?:token)?budget|balance(?:notenough|insufficient)|lowbalance|exceededcurrentquota|preconsumetokenquota|freequota|freetieronly|quotaexhausted|quotaexceeded|creditexhausted|notpurchased|packexhausted|servicestop|chargeresourceexhaust|stopusing|setlimitexceeded|spendlimit|usagelimit|paymentrequired/,
  ],
  [
    "overloaded",
    /overload|overcapacity|(?:server|service|system|model)busy|serviceunavailable|modelunavailable|engineserverlimit|notready|availablekey|insufficientsystemresource|^unavailable(?:error)?$/,
  ],
  [
    "rate-limited",
    /ratelimit|toomanyrequests?|throttl|requestlimitexceeded|^limitexceeded|limit(?:requests?|burst)|toofast|inflightbatchsize|qps(?:over|limit)|concurren(?:t|cy)\w*(?:limit|exceed)|resourceexhausted/,
  ],
  [
    "model-not-found",
    /(?:model|deployment)not(?:found|exist)|nosuchmodel|(?:unknown|invalid|unsupported)model|invalidendpoint|modeldecommissioned|notfound(?:error)?$/,
  ],
  [
    "auth",
    /(?:invalid|incorrect|expired|missing)(?:iam|api|access)?(?:key|token|apikey|authentication|appid|signature)|authentication|unauthorized|unauthenticated|notauthenticated|authfailure|apikey(?:invalid|expired|missing)|signaturedoesnotmatch|unrecognizedclient|accountdeactivated/,
  ],
  [
    "permission",
    /permission|accessdenied|^forbidden(?:error)?$|unauthorizedoperation|operationdenied|modelnotopen|unsupportedcountry|notactivated/,
  ],
  ["bad-request", /^unsupported(?:parameter|value)$/],
];

/** Numbers, by vendor. */
const numbers: ReadonlyMap<string, Outcome> = new Map(
  (
    [
      // 智谱 https://docs.bigmodel.cn/cn/api/api-code (2026-11). 1002 is left out: it means two things.
      ["filtered-input", "1300 1301"],
      ["context-overflow", "1261"],
      ["quota", "1113 1304 1308 1309 1310 1313"],
      ["rate-limited", "1302 1303 1305"],
      ["overloaded", "1312"],
      ["model-not-found", "1211 1221 1222"],
      ["permission", "1110 1111 1112 1121 1220 1311"],
      ["auth", "1003"],
      // MiniMax
      ["filtered-input", "1026"],
      ["filtered-output", "1027"],
      ["quota", "1008 2056"],
      ["auth", "1004 2049"],
      ["rate-limited", "1039 1041"],
      // 讯飞星火
      ["filtered-input", "10013 10019 10021"],
      ["filtered-output", "10014"],
      ["context-overflow", "10907"],
      ["quota", "10016 11200 11201"],
      ["rate-limited", "10006 10007 11202 11203"],
      ["overloaded", "10008 10110"],
      // 百度 V1
      ["context-overflow", "336007 336103"],
      ["rate-limited", "336501 336502"],
      ["overloaded", "336100"],
      // SiliconFlow
      ["model-not-found", "20012"],
      ["quota", "30001"],
      ["overloaded", "50505 50603"],
      // 腾讯 TokenHub
      ["filtered-input", "451001"],
      ["quota", "401007 401008 403004"],
      ["rate-limited", "429001"],
      // 华为 ModelArts, without its prefix
      ["filtered-input", "81011 81013"],
      ["quota", "81005 81014"],
      ["permission", "81004 81006"],
      ["model-not-found", "81009"],
      ["rate-limited", "81101 81103"],
    ] as const
  ).flatMap(([outcome, codes]) => codes.split(" ").map((code) => [code, outcome] as const)),
);

/** Kinds so general that the words beside them say more. */
const general: readonly (readonly [Outcome, RegExp])[] = [
  ["timeout", /timeout|timedout|deadlineexceeded/],
  ["server", /^(?:internal|server|api)\w*error$|servererror/],
  ["bad-request", /invalidrequest|badrequest|invalid(?:parameter|argument|params)|validation/],
];

/** The outcome that these codes stand for, or null. */
export function outcomeOfCodes(codes: readonly string[]): Outcome | null {
  const number = codes.map((code) => numbers.get(code.replace(/^modelarts\./i, "")));
  return number.find((outcome) => outcome !== undefined) ?? firstOf(words, codes);
}

/** What a general code stands for, where nothing else says anything. */
export const outcomeOfGeneralCodes = (codes: readonly string[]): Outcome | null =>
  firstOf(general, codes);

/** The order of the rows decides, not that of the codes. */
function firstOf(
  rows: readonly (readonly [Outcome, RegExp])[],
  codes: readonly string[],
): Outcome | null {
  const bare = codes.map((code) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, ""));
  return rows.find(([, row]) => bare.some((code) => row.test(code)))?.[0] ?? null;
}
