/** Begins the reason of a param that the vendor itself refused, not our table of its dialect. */
export const refusedByVendor = "refused by the vendor";

/** True if the vendor said that it does not take the param. */
export const isVendorsWord = (reason: string): boolean => reason.startsWith(refusedByVendor);
