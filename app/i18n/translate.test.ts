import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import { en } from "./en/index.ts";
import { fr } from "./fr/index.ts";
import { translate, type Words } from "./translate.ts";

const words = { fr, en } as const;

// i18next is the oracle: our translator is a tenth of its size and must say the same.
describe("translate", () => {
  beforeAll(() =>
    i18next.init({
      resources: { fr: { ...fr }, en: { ...en } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
    }),
  );

  it.each(["fr", "en"] as const)("says what i18next says for every key in %s", (locale) => {
    for (const [area, texts] of Object.entries<Words>(words[locale])) {
      const t = i18next.getFixedT(locale, area);
      for (const key of Object.keys(texts)) {
        const base = key.replace(/_(one|other)$/, "");
        for (const count of base === key ? [undefined] : [0, 1, 2, 17]) {
          const vars = { name: "Léa", query: "lampe", ...(count === undefined ? {} : { count }) };
          const given = variablesOf(texts[key] ?? "").every((name) => name in vars);
          if (given) expect(translate(locale, texts, base, vars)).toBe(t(base, vars));
        }
      }
    }
  });

  it("writes numbers as the locale does", () => {
    const texts = { left: "{{n}} restants" };
    expect(translate("fr", texts, "left", { n: 12345 })).toBe("12\u202f345 restants");
  });

  it("returns an unknown key as it is", () => {
    expect(translate("fr", {}, "missing")).toBe("missing");
  });
});

const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "");
