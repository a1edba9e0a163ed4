import type { Outcome } from "../../domain/outcome.ts";

/** What one kind of server says, and what it means. */
export type ServerPhrase = readonly [Outcome, RegExp];

/**
 * What servers and gateways say of a prompt that does not fit. The same engines stand behind many gateways, which pass
 * their words on in envelopes of their own. Read 2026-11 in the sources and issues of the projects named.
 */
export const overflowPhrases: readonly ServerPhrase[] = [
  // OpenAI, vLLM, DeepSeek, OpenRouter, xAI: "maximum context length is 4096 tokens", "maximum prompt length".
  [
    "context-overflow",
    /context[ _](?:length|window|size|limit)|maximum (?:context|prompt|model|input|sequence)[ _](?:length|size)|max(?:imum)?[_ ](?:prompt|input|seq(?:uence)?|model)[_ ](?:len(?:gth)?|tokens?)/i,
  ],
  // Claude, SGLang, llama.cpp, Ollama, Bedrock: "prompt is too long", "input (588 tokens) is longer than …".
  [
    "context-overflow",
    /(?:prompt|input|request|messages?|conversation|text)(?: is| are| was| length(?: is)?)?(?: far| much)? too (?:long|large|big)|too long[^.]{0,20}(?:prompt|input)|input length|token length too long|longer than (?:the (?:model|maximum)|this model)|string too long|(?:provide|use) a shorter (?:input|prompt)/i,
  ],
  // llama.cpp, Xinference, Gemini, Kimi, Doubao, watsonx: so many tokens exceed a limit.
  [
    "context-overflow",
    /exceed(?:s|ed|ing)?[^]{0,80}(?:model limit|model token limit|context|maximum number of tokens|max message tokens|token limit|tokens limit|sequence length|input limit|max_seq|maximum allowed length|kv cache)|tokens?\b[^.]{0,40}(?:cannot|can't|must not|may not) exceed|(?:prompt|input tokens?|token count)[^.]{0,30}exceed|n_ctx\b|context shift/i,
  ],
  // TGI, SiliconFlow, Fireworks: "`inputs` must have less than 1024 tokens", "must be <= 4096".
  [
    "context-overflow",
    /too many (?:input |prompt )?tokens|reduce the (?:length|size|number) of (?:the |your )?(?!stop)|must have less than \d+ tokens|tokens?[`' ][^.]{0,60}must be <=|too large (?:for model|to process)|prompt_tokens must|physical batch size|\d+ tokens?, (?:the )?limit(?: is)? \d+/i,
  ],
  // Alibaba, Baidu, Zhipu, iFLYTEK and gateways in Chinese.
  [
    "context-overflow",
    /(?:上下文|输入|提示词|prompt|消息|文本|对话|问题|内容|请求)(?:的)?(?:长度|token ?数|字数|总长|字符数)?[^。，]{0,6}(?:超长|过长|太长)|上下文[^。]{0,12}(?:超|长度|窗口|限制)|(?:输入|prompt|消息|文本|对话|请求|token)[^。]{0,14}超(?:过|出)[^。]{0,20}(?:长度|上限|限制|最大|窗口|token)|超(?:过|出)[^。]{0,16}(?:最大(?:输入|上下文)?长度|长度限制|token ?(?:数|上限|限制)|上下文)/i,
  ],
];

/** What they say of a model that they do not serve. */
export const notFoundPhrases: readonly ServerPhrase[] = [
  // OpenAI, vLLM, SGLang, Ollama, Xinference, routers of llama.cpp.
  [
    "model-not-found",
    /model\b[^.,;]{0,80}(?:do(?:es)?(?: not|n't) exist|not exist|(?:was |were )?not found|could not be found|is not available|(?:is )?not (?:served|registered|loaded\b(?![^]*context)|deployed|installed|in the (?:list|models?))|has been (?:decommissioned|deprecated|retired|removed|shut ?down)|no longer (?:available|supported|served))|not found the model|no models? (?:are |is )?loaded/i,
  ],
  // LM Studio, transformers serve, LiteLLM: "Invalid model identifier", "Invalid model name passed in model=".
  [
    "model-not-found",
    /\b(?:no such|unknown|invalid|unsupported|unrecognized|nonexistent) model\b|not a valid model|invalid model (?:name|identifier|id)|failed to load model|unexpected endpoint or method/i,
  ],
  // Hosts of many models.
  [
    "model-not-found",
    /model .{1,60}(?:not|isn't) supported\b(?![^.]*(?:parameter|argument|value|with this model))|no endpoints found|no (?:available )?channels?\b|no provider supported|supported by any provider|provider not provided|deployment\b[^.]{0,60}(?:does not exist|not found)|on-demand throughput/i,
  ],
  // one-api, new-api and others in Chinese.
  [
    "model-not-found",
    /模型[^。，]{0,40}(?:不存在|未找到|找不到|已?下线|已?停用|已?废弃|未上线|未部署)|(?:不存在|未知|找不到|没有|不支持)(?:该|此|这个|的|指定的|所请求的)*模型|无可用渠道|没有可用的?渠道|(?:模型|倍率)[^。]{0,40}(?:价格|倍率)未配置/,
  ],
];
