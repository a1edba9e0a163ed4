/**
 * Prompts that come with baimo, for questions on given material. A task names one as `prompt: "@cited"`, and so may its
 * wordings. They are part of every prompt's digest, so a change asks anew.
 */
export const builtinPrompts: Readonly<Record<string, string>> = {
  material: [
    "请只根据下面的资料回答问题，不要使用资料以外的知识。资料里没有答案时，直接说资料中没有提到，不要猜测。",
    "",
    "资料：",
    "{{passages}}",
    "",
    "问题：{{question}}",
    "{{options}}",
  ].join("\n"),
  cited: [
    "请只根据下面编了号的资料回答问题，不要使用资料以外的知识。",
    "要求：",
    "1. 每句话末尾用方括号写明依据的资料编号，如 [1]；一句话依据几段资料，就写 [1][3]。",
    "2. 只引用确实写了这件事的资料，不引用无关的。",
    "3. 资料里没有答案时，直接说资料中没有提到，不要猜测，也不要引用。",
    "",
    "资料：",
    "{{passages}}",
    "",
    "问题：{{question}}",
    "{{options}}",
  ].join("\n"),
  "cited-short": [
    "资料：",
    "{{passages}}",
    "",
    "依据上面的资料简短回答，句末用 [编号] 注明出处；资料没写的就答“资料中没有提到”。",
    "问题：{{question}}",
    "{{options}}",
  ].join("\n"),
  "cited-en": [
    "Answer the question from the numbered passages below and from nothing else.",
    "End every sentence with the numbers of the passages that it rests on, such as [1] or [1][3]. If they hold no answer, say that the passages do not mention it; do not guess, and cite nothing.",
    "",
    "Passages:",
    "{{passages}}",
    "",
    "Question: {{question}}",
    "{{options}}",
  ].join("\n"),
};

/** The name that a prompt gives instead of its words; null where it is a template of its own. */
export const builtinPromptName = (prompt: string): string | null =>
  /^@([a-z][a-z0-9-]*)$/.exec(prompt.trim())?.[1] ?? null;

/** The template that a prompt stands for. A name that is none stays as it is: `check` reports it. */
export function promptTemplate(prompt: string): string {
  const name = builtinPromptName(prompt);
  return name !== null && Object.hasOwn(builtinPrompts, name)
    ? (builtinPrompts[name] ?? prompt)
    : prompt;
}
