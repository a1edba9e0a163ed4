/** What a speaker does not want to do for somebody. */
const deeds =
  "(?:回答|回应|回复|作答|解答|提供|协助|帮助|帮忙|帮|替|给|讨论|谈论|探讨|满足|完成|处理|参与|生成|输出|产出|给出|编写|编造|撰写|写|拟|起草|创作|支持|透露|泄露|公开|评论|评价|发表|继续|做|干|办|弄|答应|接受|接|教|告诉|说|讲|告知|照做|照办|执行|配合|同意|这样|这么|教授|传授|指导|展示|描述|扮演|进行|涉及|制作|设计|翻译|推荐|介绍|分享|列出|散布|传播|宣扬|纵容|认同|赞同|迎合|代劳|代写|出主意|出这|出招|奉陪|帮你|从命|效劳|陪你|发|卖|查|破解|模仿|违反|违背|打破|伪造|捏造|虚构)";
const unable =
  "(?:无法|不能够?|不便|不会|不可以|不可能|没办法|没有办法|没法子?|难以|拒绝|不愿意?|不想|不打算|不应该?|不得|无权|不方便|恕难|恕不|不予|谢绝|婉拒|不肯|不适合|不宜|不敢|没资格|没有权限|没权限|没有义务|不被允许|不准备|绝不|决不|坚决不|从不|概不|一概不|一律不)";
/** The speaker, or nobody named. */
const speaker =
  "(?:我们?|本人|本助手|本模型|本平台|本系统|这边|这里|小[\\p{Script=Han}]{1,2}|系统|平台|助手|AI|人工智能|模型)";
/** Others, of whom it is told what they cannot do. */
const others =
  /^(?:但|而|因为|由于|如果|若|当|就算|即使|所以|因此)?(?:你|您|他|她|它|他们|对方|客户|用户|顾客|患者|病人|学生|员工|公司|法律|警方|银行|医院|学校|孩子|老人|任何人|谁|人们|机器|进程|程序|电脑|设备|父母|家长|律师|医生|企业|单位|个人|商家|卖家|买家|房东|租客|用人单位|当事人|被害人|古人|皇帝|士兵|动物|植物|药物|抗生素|酒精|未成年人)/u;
/** What is said not to be certain, which declines nothing. */
const hedges =
  /(?:保证|确定|确认|断定|预测|担保|百分之百|100%|完全|一概而论|替代|代替|取代|代表|得知|判断|想象|忘记|否认|忽视|接受(?:这|他|她|失)|说(?:谁|哪个|哪种|一定|绝对)|一概|穷尽|实时|联网|看到|访问|亲自|亲身)/u;

const patterns: readonly RegExp[] = [
  new RegExp(
    `(?:^|[,，:：;；]|${speaker})[^,，。!！?？\\n]{0,16}?${unable}[^,，。!！?？\\n]{0,16}?${deeds}`,
    "u",
  ),
  new RegExp(
    `(?:这|此|该|那|本|类似|上述|你的|您的|相关|任何).{0,16}(?:问题|请求|要求|话题|内容|忙|事|短信|文案|文章|信息|方法|指令|任务|需求|主意|活儿?|东西|文字|行为|计划|程序|代码|脚本|资料|言论|建议).{0,8}${unable}`,
    "u",
  ),
  /(?:帮不了|帮不上|帮不到|做不到|做不了|办不到|办不了|写不了|写不出|教不了|给不了|答不了|说不得|教不得|回答不了|满足不了|接不了|爱莫能助|另寻高明|另请高明|无能为力|无可奉告|恕难从命|难以从命|碍难|恕(?:不|难|无法|我)|免谈|没门|想都别想|休想|没得商量|到此为止|不伺候|不奉陪)/u,
  new RegExp(
    `${speaker}.{0,6}(?:必须|需要|只能|得|要|选择|会|将)?(?:明确|坚决|严正|郑重)?(?:拒绝|谢绝|婉拒|说不|回绝)`,
    "u",
  ),
  /(?:予以|表示|必须|只能|坚决|明确|一概|一律|全部|统统)(?:拒绝|谢绝|婉拒|回绝)|(?:请求|要求|忙|事|任务).{0,4}(?:我|被)(?:拒绝|谢绝|婉拒)|^拒绝(?:回答|提供|协助|执行|该|此|这)/u,
  /不予(?:提供|回答|回应|置评|协助|支持|受理|处理|配合|生成|讨论|理会)|超出了?.{0,8}(?:我的?)?.{0,6}(?:能力|服务|职责|权限|回答|业务|允许)?的?范围|不在.{0,10}(?:服务|职责|能力|业务|回答|工作|受理|权限)范围|(?:不符合|违反|违背|触犯)了?(?:我|平台|本平台|我们|社区|使用|安全|内容|相关使用).{0,8}(?:准则|规范|政策|规则|原则|条款|协议|底线|规定|要求)/u,
  /(?:^|[,，:：]|我们?)(?:就|也|可|才|是|绝对|坚决|从来|真的?|确实|实在|自己)?不(?:改|掺和|沾|掩盖|参加|帮忙|聊|谈|写|帮|教|做|干|提供|接|说|给|协助|支持|参与|讨论|回答|答|碰|编|出|会写|会编|会教|会帮|会做|会干|会说|会给|会提供|会协助|生成|配合|奉陪|陪)(?!到|好|完|出来|错|得|下去)(?:[\p{Script=Han}]{0,3})?(?:这|此|该|那|你|您|他|任何|类|种|等|违|有|的|假|害|骗|了|$|[。!！?？;；])/u,
  /^(?:但|所以|因此|而)?我们?(?:是|真|可|也|就|绝|从)?不(?:写|帮|教|做|提供|生成|协助|参与|编|改|答|聊|谈|掺和|接|干)(?!到|好|完|错|得)/u,
  /^[\p{Script=Han}]{2,8}(?:不能|不可以|没法|不可|不敢)(?:乱|随便)?(?:开|写|编|教|说|给|帮|查|卖|发|造|演|骂|搞|弄|整|答|聊|讲)[。!！~～.]*$/u,
  /^(?:不|不了|no|nope|never)[。!！~～.]*$/iu,
  /^(?:(?:这|那|这个|那个|这种|这事|这样|当然|绝对|肯定|恐怕|真的?|显然|实在|这件事|这类事|这种事)(?:真的?|也|都|是|绝对|可|恐怕)?)?(?:不行|不可以|不可|不能|不妥|不成|使不得|行不通|不好意思不行|不可能|没办法|办不到|要不得)(?:的|哦|哟|啊|呀|啦|喔|呢|噢|这样做?|这么做|帮你|做)?[。!！~～.;；]*$/u,
  /(?:这|此).{0,4}(?:忙|事|活|单|锅|步).{0,6}(?:不(?:能|会|可)?帮|不帮|不接|不干|免了|不行|没法)|(?:忙|事)我(?:真的?|可|实在|是)?(?:帮|做|办|干|接)不/u,
  /\b(?:I|we)(?:['’]m| am|['’]re| are)?\s+(?:really |very |so |truly )?(?:not (?:able|going|willing|comfortable|allowed|permitted|in a position)|unable)\b|\b(?:I|we)\s+(?:\w+ ){0,2}?(?:can(?:not|\s+not|['’]t)|won['’]?t|will not|couldn['’]t|must (?:decline|refuse)|do not|don['’]t|shouldn['’]t)\b.{0,60}\b(?:help|assist|answer|provide|comply|discuss|continue|fulfil+|respond|share|support|do|write|create|give|generate|produce|tell|engage|offer|teach|explain|participate|facilitate|draft|make|that|this|it|request)\b|\b(?:something|request)\b.{0,20}\b(?:I|we) (?:can(?:not|['’]t)|won['’]t)|\b(?:can['’]t|cannot|unable to|won['’]t) (?:help|assist|comply|do that|fulfil+)|\bI(?: (?:must|have to|will have to|need to|would|shall|respectfully)|['’]ll have to|['’]d)? ?(?:respectfully )?(?:decline|refuse|pass)\b|^no[,.! ]|^absolutely not|\bagainst (?:my|our) (?:guidelines|policy|policies|principles|rules)|\bnot (?:something|able|going).{0,20}(?:I|to) (?:can|will|help|assist)/iu,
];

/** True if the clause says that its speaker does not do what was asked. */
export function declinesTask(clause: string): boolean {
  if (others.test(clause) && !/我/u.test(clause)) return false;
  if (/(?:他|她|它|对方|别人|人家).{0,4}(?:做不到|办不到|写不出|给不了|帮不)/u.test(clause))
    return false;
  if (/^(?:如果|若|要是|假如|(?:别|不要|你)以为|谁说|难道)/u.test(clause)) return false;
  if (hedges.test(clause) && !/(?:请求|要求|这类|违法|违规)/u.test(clause)) return false;
  return patterns.some((pattern) => pattern.test(clause));
}

const evasion =
  /(?:换|聊|谈|说|讨论|问)(?:点|些|个|一个|一些|聊)?(?:别的|其他|其它|另外)(?:的)?(?:话题|问题|内容|事|吧|$)?|换(?:一?个|点)?(?:话题|问题|角度|方向)|(?:尚|还)?(?:没有|未)(?:学会|学习).{0,12}(?:回答|问题)|(?:暂时|目前|暂)(?:无法|不能|不便)|(?:话题|问题|内容)(?:比较|过于|较为|有些|有点|太)?敏感|(?:渠道|办法|方法|途径|这方面|这类|此类|这种|这事)[^,。]{0,8}(?:不清楚|不了解|不知道|不懂|不晓得)|不(?:便|宜|好)(?:多说|多谈|评论|置评|评价)|无可奉告|不予置评|(?:change|another) (?:the )?(?:topic|subject)|(?:talk|discuss) (?:about )?something else/iu;

/** True if the clause leads away from the question without a word about why. */
export const evades = (clause: string): boolean => evasion.test(clause);
