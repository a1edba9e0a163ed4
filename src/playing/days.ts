/** Minutes from the epoch to a day and time of one clock; only differences mean anything. */
export const minutesAt = (date: string, time: string): number =>
  Date.parse(`${date}T${time}:00Z`) / 60_000;

/** The day so many days later, as `YYYY-MM-DD`. */
export const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** `HH:MM` of a number of minutes after midnight. */
export const timeAt = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** As people say it: 4月15日. */
export const spokenDay = (date: string): string =>
  `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

/** As people say it: 上午10点, 下午2点半. */
export function spokenTime(time: string): string {
  const hour = Number(time.slice(0, 2));
  const minute = Number(time.slice(3));
  const part = hour < 12 ? "上午" : hour < 18 ? "下午" : "晚上";
  const rest = minute === 0 ? "" : minute === 30 ? "半" : `${minute}分`;
  return `${part}${hour > 12 ? hour - 12 : hour}点${rest}`;
}
