const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

/** A moment whose UTC fields are those of Beijing's clock. */
export const beijingClock = (at: Date): Date => new Date(at.getTime() + offsetMs);

/** The Beijing calendar day, such as 2026-11-29. */
export const beijingDate = (at: Date): string => beijingClock(at).toISOString().slice(0, 10);

/** Whole days from one day to another; negative where the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
