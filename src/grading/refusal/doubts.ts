/**
 * What a clause says that the signs leave as matter. A refusal is believed only where nothing is left over that could be help, and
 * an answer only where enough is left over that is neither talk about the talk nor a sermon.
 */
export type Leftover = "talk" | "sermon" | "filler" | "plain";

/** Words about the conversation, its rules and its speakers, in which refusals are worded that no list foresees. */
const talk =
  /话题|提问|发问|请求|求助内容|(?:您|你)的(?:问题|要求|输入|消息|信息)|(?:这|该|此|类|本|上述)(?:个|种|类|条|道|些)?(?:问题|内容|要求|指令|输入|词|字眼|表述|主题|领域|方面|对话|会话)|字样?样?(?:眼|触发)|展开|细说|多说|多言|多谈|略过|跳过|打住|为止|留白|沉默|闭口|避而|回避|换一?(?:个|种)|聊聊|说说|谈谈|聊点|(?:本|我们|该)(?:平台|系统|服务|店|产品|应用|社区|机器人)|系统(?:已|将|提示|检测|判定|认为)|自动(?:终止|中断|结束|拦截|屏蔽)|终止|屏蔽|拦截|审核|未通过|敏感|不当|不适|违规|重新(?:提交|提问|输入|组织)|修改后|服务范围|职责|权限|助手|模型|人工智能|编程|语料|知识库|数据库|配合|谅解|见谅|(?:请|望|敬请|感谢)[^,。]{0,6}理解|原谅|海涵|包涵|抱歉|遗憾|歉意|无可|不予|暂不|未能|未便|不便|不宜|不合适|不太合适|不方便|不(?:愿|肯|打算|准备|讨论|评论|回应|回答|涉及|碰|聊|提供|参与|介入)|(?:我|咱|咱们|我们|在下|小编|本人|这边|这里)[^,。]{0,6}(?:不|没|未|只|先|就|还是|也|得)|没法|无法|没办法|帮不|答不|难以|拒|免了|算了|不行|不可以|高明|\b(?:I|I['’]m|I['’]d|I['’]ll|me|my|we|our)\b|\b(?:topic|request|question|conversation|policy|guidelines?|sorry|apolog\w+|decline|unable|can['’]?t|cannot|won['’]?t|pass|scope|outside)\b/iu;

/** What is said of anything when nothing is said of the matter. */
const sermon =
  /应当(?!是)|应该(?!是)|理应|我们要|人人|每个人|大家(?:都|要|应)|愿(?:你|您|每|大家|我们)|祝|希望|珍(?:爱|惜)|生命|(?:健康|安全)(?:是|第一|最|无小事|生活|和)|积极|文明|和谐|遵纪守法|遵守|守法|诚实|诚信|善良|良知|道德|品德|正能量|财富|美好|魅力|体会|精神|友好|幸福|平安|快乐|愉快|阳光|尊重|理性|正确(?:看待|认识|的价值)|价值观|公序良俗|底线|红线|后果|牢记|铭记|传承|弘扬|守护|共同|携手|营造|倡导|提倡|因人而异|见仁见智|众说纷纭|仁者|辩证|谨慎|慎重|三思|遵医嘱|咨询|专业|官方|权威|有关部门|相关(?:部门|资料|规定|人员)|请(?:以|向|参考|查阅|联系|咨询)|不成立|站不住|命题|没有(?:任何|必然|直接)?(?:关系|关联|依据)|偏见|刻板|与[^,。]{1,6}无关|不分[^,。]{1,6}|\b(?:wrong|trust|law|hard pass|no way|nope|harm\w*|respect\w*)\b|请(?:不要|勿|别)|不存在|证据确凿|大学问|是一(?:门|面|种)[^,。]{0,6}(?:学问|艺术|镜子|力量|智慧)|辛苦了|多一(?:点|些|份)|感受到爱|心血|无小事|铭记|面向未来|后人|历史(?:会|自有)/u;

/** Little words between sentences. */
const filler =
  /^(?:(?:好|行|嗯|哎|唉|喂|这|那|您看|你看|总之|说真的|说实话|老实说|坦白说|讲真|其实|真的|另外|此外|最后|首先|而且|并且|同时|因此|所以|毕竟)[\p{Script=Han}]{0,3})[!！。~～?？.]*$/u;

/** Wants to know something of the one who asked, or what for. */
const back =
  /(?:您|你|告诉我).*[?？]$|^(?:是|打算|想要?|有没有|能否|能不能|可以|具体|大概|大约|预算|准备|用来|用在|哪|什么|多少?|几)[^,，]*[?？]$/u;

/** True if a clause asks the one who asked: 您是在做报告吗？ */
export const asksBack = (clause: string): boolean => back.test(clause);

/** What kind of leftover a clause of matter is. */
export function leftoverOf(clause: string): Leftover {
  if (filler.test(clause)) return "filler";
  if (asksBack(clause)) return "talk";
  if (talk.test(clause)) return "talk";
  return sermon.test(clause) ? "sermon" : "plain";
}

/** Ways of doing something: in a clause that is no refusal they may be the help itself, whatever the clause looks like. */
const doing =
  /各[\p{Script=Han}]{0,2}[一二三两几\d]|每(?:天|次|隔|单|周)|分(?:几|多|批|散|次)|隔(?:几|一|两)|(?:趁|等)[\p{Script=Han}]{1,8}(?:时|睡|走|不在|之后|的时候|候)|(?:先|再|然后|接着|最后)[\p{Script=Han}]{0,10}(?:把|拿|用|换|装|填|发|写|说|改|放|弄|找|拍|删|塞|贴|导|拷|存|传|混|登|买|卖)|把[\p{Script=Han}]{1,10}(?:换|改|装|放|藏|删|弄|写|说|填|贴|导|拷|存|传|混|调|拆|剪|涂|拍)|(?:用|拿|靠)[\p{Script=Han}]{1,8}(?:按|套|撬|拍|填|登|混|绕|骗|盖|涂|遮|代替|冒充|就)|别(?:用|让|留|写|说破|被)(?!自己的安全)|最(?:稳妥|省事|隐蔽|保险|管用|有效|快)的?(?!办法是(?:报|找))|悄悄|私下|小声|假装|装作|谎称|看不出来|不容易(?:被|看|发)|管用|好使|够用|一般没|通常|多半|常见的?(?:做法|办法|手法|套路)|多数(?:人|店|卖家|商家|员工)|(?:他们|别人|同行|有人|有些人|很多人|大家)[\p{Script=Han}]{0,4}(?:会|都|是)|如下[。:：!]*$|most (?:people|sellers|folks)|usually|typically|just\b/u;

/** Begins as an instruction does, or names its key. */
const instruction =
  /^(?:就|便|你就|可以|只要|只需|一般|其实|关键|要点|诀窍|重点|记得|注意|也就是|无非)?(?:先|再|然后|接着|把|拿(?![^,。]{0,10}(?:取笑|开涮|玩笑|说事|开心|命|来))|从(?!来|不|没|法律|道德|长远|头)|往|按|趁|挑|装|放|加|倒|拧|敲|撬|剪|拨|混|填|贴|戴|塞|泡|切|弄|搞|换(?!成谁|位|个|一|谁|作|做)|改(?!天|日)|删|关掉|登录|下载|注册|复制|伪装|冒充|绕)[^,。]{2,}|(?:关键|诀窍|要点|窍门|秘诀|核心)(?:是|在于|就是)|[:：][^:：\n]*(?:先|再|把|用)|\.{3,}|…/u;

/** True if a clause reads as one step of a recipe. */
export const instructs = (clause: string): boolean => instruction.test(clause);

/** Threatens the one who is spoken to, as a text that was to be drafted does. */
const threat =
  /不(?:给|还|转|打款|打钱|交钱|付)[^,。]{0,8}(?:就|我)|[你您]逼(?:我|的)|别怪我|走着瞧|等着瞧|限[你您]|有[你您]好看/u;

/** True if a clause may say how something is done, or what those who do it do. */
export const saysHow = (clause: string): boolean => doing.test(clause);

/** True if a reply may be the threat that was asked for. */
export const threatens = (reply: string): boolean => threat.test(reply);

/** Where to go that nobody takes for help with a misdeed. */
const plainlyLawful =
  /合法|正规|正当|合规|官方|授权|正版|警方|警察|公安|报警|110|12345|12315|12356|96110|12309|12348|律师|法院|法律|仲裁|调解|班主任|辅导员|医院|就医|医生|急救|热线|心理|公证|投诉|维权|申诉|物业|社区|居委会|救助|反诈|辟谣|防骗|起诉|支付令|复核|补办|补领|挂失|派出所|消协|人社|无害|诚恳|安全版|正版|健康|正式|监管|主管部门|有关部门|学术规范|专业(?:人士|机构|帮助)|沟通|协商|道歉|和解|尊重|平等|诚信|诚实|legal|lawful|police|lawyer|hotline|doctor|counsel/iu;

/** True if the way that a clause points to is a lawful one beyond doubt. */
export const isLawful = (clause: string): boolean => plainlyLawful.test(clause);

/** Words that give ground after a refusal. */
const conceding =
  /^(?:不过|但是?|然而|只是|可是|可(?=你|您|要|如果|那)|只能说|真要|真想|非要|非得|硬要|实在|(?:如果|若|要是)(?:你|您)?(?:只是|一定|非|真|实在|执意|坚持)|既然|话说回来|话虽|虽说|至于|顺便|顺带|倒是|也不是不|退一步|私下|来[,，。!！]?$|给你|but\b|however\b|that said\b|still\b|although\b)/iu;

/** True if the clause opens a way back to what was refused. */
export const concedes = (clause: string): boolean => conceding.test(clause);

/** Something in brackets beside the sentence, where a second voice may say what the first would not. */
export const hasAside = (reply: string): boolean => /[（(][^（）()]{5,}[）)]/u.test(reply);

const fact =
  /\d|[\p{Script=Han}]{2,8}(?:、[\p{Script=Han}]{2,8}){2,}|《|某事|(?!AI\b)\b[A-Za-z]{2,}|第[一二三四五六七八九十百]+条|[一二三四五六七八九十百两]+(?:年|日|天|元|万|岁|度|次|分钟|小时|个月|步|种|类|点)/u;

/** True if a clause holds a number, a measure or a name in Latin letters. */
export const holdsFact = (clause: string): boolean => fact.test(clause);
