import fc from "fast-check";
import { expect, test } from "vitest";

import { proxyFor, isExempt } from "./network.ts";
test.each<[list: string, url: string, exempt: boolean]>([
  ["", "https://api.example.com", false],
  ["*", "https://api.example.com", true],
  ["example.com", "https://example.com", true],
  ["example.com", "https://api.example.com/v1", true],
  [".example.com", "https://api.example.com", true],
  [".example.com", "https://example.com", true],
  ["*.example.com", "https://api.example.com", true],
  ["example.com", "https://badexample.com", false],
  ["api.example.com", "https://example.com", false],
  ["EXAMPLE.com", "https://Api.Example.COM", true],
  ["example.com.", "https://example.com", true],
  ["example.com", "https://example.com.", true],
  ["a.test, b.test", "http://b.test", true],
  ["a.test b.test", "http://b.test", true],
  ["example.com:8443", "https://example.com:8443", true],
  ["example.com:8443", "https://example.com", false],
  ["example.com:443", "https://example.com", true],
  ["example.com:443", "http://example.com", false],
  ["10.0.0.0/8", "http://10.20.30.40:8000/v1", true],
  ["10.0.0.0/8", "http://11.0.0.1", false],
  ["192.168.1.0/25", "http://192.168.1.200", false],
  ["10.0.0.0/8", "http://ten.example", false],
  ["10.0.0.0/99", "http://10.0.0.1", false],
  ["example.com/8", "http://example.com", false],
  ["10.1.2.3", "http://10.1.2.3", true],
  ["10.1.2.3:8000", "http://10.1.2.3:8000", true],
  ["1.2.3", "http://0.1.2.3", false],
  ["[fd00::1]", "http://[fd00::1]:8000", true],
  ["fd00::1", "http://[fd00::1]:8000", true],
  ["[fd00::1]:8000", "http://[fd00::1]:8000", true],
  ["[fd00::1]:8001", "http://[fd00::1]:8000", false],
  ["fd00::/8", "http://[fdab::7]/", true],
  ["fd00::/8", "http://[fe80::7]/", false],
  [",, ,", "https://example.com", false],
  [".", "https://example.com", false],
])("NO_PROXY=%s and %s: %s", (list, url, exempt) => {
  expect(isExempt(new URL(url), list)).toBe(exempt);
});

test("a domain covers itself and its subdomains, nothing else", () => {
  fc.assert(
    fc.property(fc.domain(), fc.domain(), (domain, other) => {
      expect(isExempt(new URL(`https://${domain}`), domain)).toBe(true);
      expect(isExempt(new URL(`https://x.${domain}`), domain)).toBe(true);
      expect(isExempt(new URL(`https://x${domain}`), domain)).toBe(false);
      expect(isExempt(new URL(`https://${other}`), domain)).toBe(
        other === domain || other.endsWith(`.${domain}`),
      );
    }),
  );
});

const [http, https] = ["http://h:1/", "http://s:2/"];

test.each<[url: string, no_proxy: string, proxy: string | null]>([
  ["http://vendor.example", "", http],
  ["https://vendor.example", "", https],
  ["https://vendor.example", "vendor.example", null],
  ["http://localhost:8000", "", null],
  ["http://127.0.0.53", "", null],
  ["https://[::1]:8000", "", null],
  ["http://sim.localhost", "", null],
])("environment proxies: %s", (url, no_proxy, proxy) => {
  expect(proxyFor(new URL(url), { proxies: { http, https, no_proxy } })?.href ?? null).toBe(proxy);
});

test("a named proxy applies to every address, including loopback", () => {
  expect(proxyFor(new URL("http://127.0.0.1"), { proxies: { named: http } })?.href).toBe(http);
});
