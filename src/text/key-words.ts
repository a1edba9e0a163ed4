/** What a question asks with rather than about; text is cut there, as at marks. */
const glue =
  /(?:什么|怎么|怎样|为什么|多少|哪(?:一个|些|个|里)?|几(?:个)?|谁|请问|请|您好|下列|下面|其中|如果|那么|因为|所以|的|了|是|在|和|与|把|被|也|都|就|吗|呢|吧|应当|可以|不许|必须|只|写成|回答|答案|以|对|从|到|有|这|那|用|为)|[^\p{L}\p{N}%]+/gu;

/**
 * The words of a question that carry its subject, in order and each once: what stands between marks and the commonest function
 * words. Needs no dictionary, so a word may be cut; it serves replies that parrot a question.
 */
export const keyWords = (question: string): readonly string[] => [
  ...new Set(question.split(glue).filter((word) => word !== "")),
];
