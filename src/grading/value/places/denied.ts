const denial =
  /^[^“”"「」『』《》]{0,24}?(?:(?<!要|无|莫|岂|难道|能|可)(?:并)?不(?:再?是(?!不)|再|为|叫|填|写|读|选|用|应|算)|并非|绝非|而非|没有)|(?:都|也)?(?:不(?:对|是|正确|成立)|错了?|有误)(?:的)?[。.！!]?$|\b(?:is|was|are|were) not\b|\bisn't\b|\bwasn't\b/u;

/** A clause that says what the answer is not: 不填“厉”, 主人公不是他. */
export const isDenied = (clause: string): boolean => denial.test(clause.trim());
