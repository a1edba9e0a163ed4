/** Shorter ones would turn ordinary words into stars. */
const leastSecret = 4;

/**
 * Takes secrets out of what a vendor said: the texts in `hide`, and what looks like one, because some
 * vendors repeat the key in their message.
 */
export function redact(text: string, hide: readonly string[] = []): string {
  return hideKnown(text, hide)
    .replaceAll(/\b(?:sk|ak|pk|AKIA|LTAI|AKID|AIza)[-_]?[\w*.-]{12,}/g, "***")
    .replaceAll(/\b((?:bearer|basic)\s+)[\w.~+/=*-]{8,}/gi, "$1***")
    .replaceAll(/\b((?:api[-_ ]?key|secret|token)["']?\s*[:=]\s*["']?)[\w.~+/=*-]{8,}/gi, "$1***");
}

/** Takes the texts in `hide` out, as they are and as a URL, JSON or base64 shows them. */
export const hideKnown = (text: string, hide: readonly string[]): string => createHider(hide)(text);

/** `hideKnown` for many texts: what stands for a secret is worked out once. */
export function createHider(hide: readonly string[]): (text: string) => string {
  const shapes = hide
    .filter((secret) => secret.length >= leastSecret)
    .flatMap(shapesOf)
    .toSorted((left, right) => right.length - left.length);
  return (text) =>
    shapes.reduce((shown, secret) => (shown === "" ? "" : shown.replaceAll(secret, "***")), text);
}

const shapesOf = (secret: string): readonly string[] => [
  ...new Set([
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    ...(secret.length < 8 ? [] : [base64(secret)]),
  ]),
];

/** Without padding, so that it is found where something follows it. */
const base64 = (text: string): string =>
  Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1);
