/** In what a target's answers can be other than what was asked for. */
export const mismatches = ["model", "thinking", "effort", "params"] as const;
export type Mismatch = (typeof mismatches)[number];
