import { describe, expect, it } from "vitest";

import { localeOf, preferenceCookie, themeOf } from "./negotiate.ts";

const asking = (headers: Record<string, string>) => new Request("http://guichet.test/", { headers });

describe("the language of a request", () => {
  it("is the member's own choice before all else", () => {
    expect(localeOf(asking({ cookie: "locale=fr", "accept-language": "fr" }), "en")).toBe("en");
  });

  it("is the cookie's before the browser's", () => {
    const request = asking({ cookie: "a=b; locale=en; c=d", "accept-language": "fr" });
    expect(localeOf(request, null)).toBe("en");
  });

  it.each([
    ["en-GB,en;q=0.9,fr;q=0.8", "en"],
    ["de,fr;q=0.3,en;q=0.7", "en"],
    ["de,en;q=0,fr;q=0.1", "fr"],
    ["de", "fr"],
    ["", "fr"],
  ])("is the best that Accept-Language %j names: %s", (header, locale) => {
    expect(localeOf(asking({ "accept-language": header }), null)).toBe(locale);
  });

  it("ignores cookies of another kind", () => {
    const request = asking({ cookie: "xlocale=en; locale=zz; theme=neon", "accept-language": "fr" });
    expect(localeOf(request, undefined)).toBe("fr");
    expect(themeOf(request, undefined)).toBe("system");
  });
});

it("preferences are remembered for a year, unread by scripts", () => {
  expect(preferenceCookie("theme", "dark")).toBe("theme=dark; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
});
