declare module "opencc-js/dict/STCharacters" {
  /** Pairs such as `万 萬`, parted by bars: a simplified character and its first traditional form. */
  const pairs: string;
  export default pairs;
}
