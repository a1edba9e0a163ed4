/** 2023年4月5日, of days since 1970-01-01. */
export function dateText(day: number): string {
  const date = new Date(day * 86_400_000);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}
