/**
 * Takes secrets out of what a vendor said: the texts in `hide`, and what looks like one, because some
 * vendors repeat the key in their message.
 */
export function redact(text: string, hide: readonly string[] = []): string {
  const known = hide
    .filter((secret) => secret.length >= 4)
    .reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
  return known
    .replaceAll(/\b(?:sk|ak|pk|AKIA|LTAI|AKID|AIza)[-_]?[\w*.-]{12,}/g, "***")
    .replaceAll(/\b(bearer\s+)[\w.~+/=*-]{8,}/gi, "$1***")
    .replaceAll(/\b((?:api[-_ ]?key|secret|token)["']?\s*[:=]\s*["']?)[\w.~+/=*-]{8,}/gi, "$1***");
}
