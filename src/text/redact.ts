/** Shorter secrets would turn ordinary words into stars. */
const leastSecret = 4;

/**
 * Removes secrets from a vendor's message: the texts in `hide`, and whatever looks like a secret, because some
 * vendors repeat the key in their message.
 */
export function redact(text: string, hide: readonly string[] = []): string {
  return hideKnown(text, hide)
    .replaceAll(/\b(?:sk|ak|pk|AKIA|LTAI|AKID|AIza)[-_]?[\w*.-]{12,}/g, "***")
    .replaceAll(/\b((?:bearer|basic)\s+)[\w.~+/=*-]{8,}/gi, "$1***")
    .replaceAll(/\b((?:api[-_ ]?key|secret|token)["']?\s*[:=]\s*["']?)[\w.~+/=*-]{8,}/gi, "$1***");
}

/** Removes the texts in `hide`, verbatim and as encoded in URLs, JSON or base64. */
export const hideKnown = (text: string, hide: readonly string[]): string => createHider(hide)(text);

/** `hideKnown` for many texts: the encodings of the secrets are computed once. */
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

/** Without padding and last character, so that it is found if something follows it. */
const base64 = (text: string): string =>
  Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1);
