import type { Outcome } from "../../domain/outcome.ts";

import { notFoundPhrases, overflowPhrases } from "./server-phrases.ts";

type Sentence = readonly [Outcome, RegExp];

/**
 * Sentences that stand above any code, because the code beside them is used for two things: a limit of a minute and one
 * of a month, an empty account and a full minute.
 */
const decisive: readonly Sentence[] = [
  // Groq and OpenAI: larger than a whole minute's tokens, so no wait helps.
  ["bad-request", /request too large\b[^]*(?:per min|tpm)/i],
  ["rate-limited", /trial key[^]*?(?:\/|per|an?) ?minute/i],
  ["quota", /trial key[^]*?(?:\/|per|an?) ?month/i],
  [
    "quota",
    /free (?:allocated )?quota|free tier[^]{0,40}exhausted|免费(?:额度|配额|资源包)[^。]{0,12}(?:用|耗|不足|超|到期|过期)/i,
  ],
  // DashScope: tokens of a minute, with the code insufficient_quota.
  ["rate-limited", /allocated quota exceeded/i],
  [
    "quota",
    /per[- _]?day\b|PerDay|\b[RT]PD\b|\bdaily (?:request |token |usage )?(?:limit|quota)|(?:今日|当日|当天|每日|每天)[^。]{0,14}(?:上限|限额|限制|额度|次数|配额)|(?:当月|本月|每月)[^。]{0,14}(?:上限|限额|限制|额度|配额)/i,
  ],
  [
    "rate-limited",
    /quota[^]{0,160}(?:per[- _]?minute|PerMinute|per min\b|\b[RT]PM\b|\bQPS\b|retry in \d)|(?:每分钟|每秒|[RT]PM|QPS|并发)[^。]{0,10}(?:额度|配额|限额|quota)/i,
  ],
  // Azure: the sentence names the response, and means the prompt.
  ["filtered-input", /filtered due to the prompt/i],
  [
    "context-overflow",
    /max_tokens must be at least 1, got -|max_tokens[^]{0,60}maximum context length/i,
  ],
];

const sentences: readonly Sentence[] = [
  [
    "quota",
    /预扣费?(?:额度|费用)?失败|(?:余额|额度|配额|积分|点数|算力包|资源包|套餐|费用)[^。，]{0,8}(?:不足|已?用[完尽]|已?耗尽|为 ?0|已?到期|已?过期|不够|超限|透支)|(?:没有|无)可用(?:的)?(?:余额|额度|资源包)|欠费|请(?:先|及时|尽快)?充值|充值后/,
  ],
  [
    "quota",
    /insufficient[_ ](?:user[_ ]|account[_ ])?(?:balance|credits?|quota|funds)|balance (?:is )?(?:insufficient|not enough|too low|exhausted)|credit balance|not enough (?:balance|credits?|quota|funds)|(?:out of|no(?: more| remaining)?) credits?\b|quota (?:is |has been )?(?:not enough|insufficient|exhausted|used up|depleted)|exceeded your current quota|credits? (?:limit exceeded|(?:have been |are |is |has been )?(?:depleted|exhausted|used up|run out))|(?:monthly|included) credits|(?:monthly )?spend(?:ing)? limit|budget (?:limit )?(?:has been |was |is )?exceeded|no quota left|quota check|exceeded ?(?:token ?)?budget|over budget|\bbilling\b|past due|overdue|in arrears|payment required|please (?:recharge|top[- ]?up)|usage limits? (?:have been |has been |was |is )?(?:reached|exceeded|exhausted)|reached your[^.]{0,30}usage limits?|key limit exceeded|set inference limit|requires? more credits|account is in good standing|total request limit reached/i,
  ],
  [
    "overloaded",
    /overload|over capacity|at capacity|(?:system |server )?capacity (?:limits?|constraints?|exceeded)|tier capacity exceeded|(?:server|service|system|model|engine|upstream)(?: is)?(?: currently| too)? busy|service (?:is )?(?:temporarily |currently )?unavailable|(?:temporarily|currently) unavailable|no (?:healthy|available) (?:deployments?|upstreams?|workers?|instances?|servers?)|queue is full|pending requests exceeded|(?:loading|warming up) (?:the )?model|model is (?:currently |still )?loading|is currently loading|unable to handle additional requests|high (?:demand|load|traffic)|load is too high/i,
  ],
  [
    "overloaded",
    /负载[^。，]{0,6}(?:高|饱和|过大|过载)|过载|繁忙|拥挤|拥堵|访问量(?:过|太|较)大|(?:计算|系统|服务器|算力)?资源(?:不足|紧张)|算力(?:不足|紧张)|服务(?:暂时)?不可用|暂时无法(?:提供服务|处理)/,
  ],
  [
    "rate-limited",
    /rate[- _]?limit|too many requests|(?:request|call) (?:rate|frequency)|throttl|slow down|too (?:frequent|fast|quickly)\b|parallel request|rpm exhausted|qps request limit|\b[RTIO]{1,2}PM\b|\bQPS\b|concurren(?:t|cy)[^.]{0,60}(?:limit|exceed|reach|max)|(?:max|exceed|reach|limit)[^.]{0,60}concurren|(?:limit|exceed|quota)[^.]{0,60}(?:per|\/) ?(?:min(?:ute)?|sec(?:ond)?)\b|per[- ](?:minute|second) (?:rate |request |token )?limit|please wait before trying again/i,
  ],
  [
    "rate-limited",
    /(?:过于|太过?|较为)频繁|(?:请求|访问|调用|操作)(?:频率|频次|速率|速度|次数|数|量)?(?:过[高快多]|太[快多高]|超)|(?:频率|频次|速率|限速|并发)(?:数|量|度)?[^。，]{0,10}(?:超|达到|过高|过大|限制|上限|限流)|超(?:过|出|限)[^。]{0,12}(?:并发|频率|频次|速率|每分钟|每秒)|(?:触发|受到|正在|已被)?限流|限速/,
  ],
  [
    "filtered-input",
    /content (?:management )?polic|content[ _-]?filter|safety (?:system|filter|policy|policies|check)|usage (?:policy|policies|guidelines)|inappropriate content|sensitive (?:content|information|words?|data)|\bnew_sensitive|(?:input|output) sensitive|considered high risk|content exists risk|\bmoderation\b|flagged (?:as|for|by)|prohibited (?:content|use)|PROHIBITED_CONTENT|violat(?:es?|ed|ing|ion)[^.]{0,50}(?:policy|policies|guidelines|safety)|(?:unsafe|harmful|illegal) content|content (?:safety|security)|blocked (?:input|output|content|prompt)|(?:content|prompt|input|output|outputted)[^.]{0,30}(?:is|was|been) (?:blocked|filtered|rejected)|responsible ai|guardrail (?:checks?|polic)/i,
  ],
  [
    "filtered-input",
    /(?<!大小写)敏感|(?<!参数|格式|频率|操作)违规|违禁|不(?:合规|安全)[^。，]{0,4}(?:内容|信息|文本|言论)|不(?:当|良|适宜)[^。，]{0,4}(?:内容|信息|言论)|有害(?:内容|信息)|风险(?:内容|信息|提示词)|(?:输入|输出|文本|内容)[^。，]{0,6}(?:存在|涉及|包含)[^。，]{0,6}风险|内容[^。，]{0,8}(?:高风险|存在风险|不合规|违反)|内容安全|安全(?:审核|策略|检测|检查|护栏)|审[核查][^。，]{0,6}(?:未|不|失败|拦截|拒绝)|(?:未|不)(?:能)?通过[^。，]{0,8}(?:审核|审查|检测)|违反[^。]{0,20}(?:法律|法规|政策|规定|规范|条款)|(?:内容|输入|输出|提示词|提问|回复|问题)[^。，]{0,12}(?:拦截|屏蔽)|风控/,
  ],
  ...notFoundPhrases,
  [
    "auth",
    /\b(?:invalid|incorrect|wrong|expired|missing|malformed) (?:(?:api|access|auth|authentication|authorization|bearer|proxy|server|iam|jwt|security|x-api)[- ])*(?:key|token|credentials?|authentication|authorization|signature|secret)\b|api[- _]?key[^.]{0,40}(?:is |was )?(?:invalid|incorrect|expired|not valid|not found|not exist|missing|required|disabled|revoked|wrong)|authentication (?:fails?|failed|error|required)|unauthorized(?! consumer)|unauthenticated|not authenticated|no (?:api key|auth|authorization|cookie auth)|n't provide an api key|login fail|hmac signature|token (?:is |has )?(?:invalid|expired)|security token|valid api key/i,
  ],
  [
    "auth",
    /(?:密钥|令牌|api[- _]?key|token|凭证|凭据|签名|鉴权|认证|身份验证|授权)[^。，]{0,10}(?:无效|错误|失败|不正确|不存在|已?过期|非法|未提供|缺失|不合法|失效|不可用|有误|为空)|(?:无效|错误|非法|过期)的? ?(?:令牌|密钥|token|api)|未(?:登录|提供(?:令牌|密钥|api))/i,
  ],
  [
    "permission",
    /permission (?:denied|error)|(?:not (?:allowed|authorized|authorised|permitted|entitled)) to (?:access|use|call|invoke|sample|perform)|(?:don't|do not|doesn't|does not|has no|have no|no) (?:have )?(?:access|permission) (?:to|for)|access (?:is |was )?(?:denied|forbidden)|\bforbidden\b|not (?:supported|available) in your|(?:location|region|country|territory)[^.]{0,30}not (?:supported|available)|must be verified|has(?: not|n't) (?:been )?activated|not enabled for|account[^.]{0,40}(?:suspended|banned|disabled|deactivated)/i,
  ],
  [
    "permission",
    /无权|没有权限|权限不足|未授权|未开通|未订阅|未实名|(?:禁止|拒绝)访问|(?:账号|账户|用户|令牌)[^。，]{0,8}(?:封禁|冻结|锁定|停用|禁用)|白名单|(?:地区|区域)[^。，]{0,6}不支持/,
  ],
  ...overflowPhrases,
  ["timeout", /timed? ?out\b|\btimeout\b|deadline exceeded|超时/i],
];

/** About output parameters, which no shorter prompt mends. */
const aboutParameter = /max_(?:completion_|new_|output_)?tokens/i;
const aboutPrompt = /input|prompt|context|messages|输入|上下文|提示词/i;

export const outcomeOfDecisiveWords = (text: string): Outcome | null => firstOf(decisive, text);

/** The outcome that a vendor's sentence in English or Chinese stands for, or null. */
export function outcomeOfWords(text: string): Outcome | null {
  const outcome = firstOf(sentences, text);
  if (outcome === "filtered-input" && isAboutOutput(text)) return "filtered-output";
  if (outcome === "context-overflow" && aboutParameter.test(text) && !aboutPrompt.test(text)) {
    return null;
  }
  return outcome;
}

/** A filter that says nothing of the prompt, and something of the reply. */
export const isAboutOutput = (text: string): boolean =>
  /\boutput|\b(?:the|your|model'?s?) (?:response|completion|reply)|generated|输出|生成|(?<!无法|拒绝|不能)(?:回复|回答)|响应内容/i.test(
    text,
  ) &&
  !/input|prompt|you (?:provided|sent)|your (?:message|text|question)|输入|提问|问题|提示词|用户/i.test(
    text,
  );

const firstOf = (rows: readonly Sentence[], text: string): Outcome | null =>
  rows.find(([, row]) => row.test(text))?.[0] ?? null;
