import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalPhone, internationalPhone, phoneVariants } from "./phones.ts";

test.each([
  ["06 39 98 12 34", undefined, "+33639981234"],
  ["+33 (0)6 39 98 12 34", undefined, "+33639981234"],
  ["0033639981234", undefined, "+33639981234"],
  ["tel:+33639981234", undefined, "+33639981234"],
  ["whatsapp:+33639981234", undefined, "+33639981234"],
  ["0470 12 34 56", "BE", "+32470123456"],
  ["020 7946 0958", "gb", "+442079460958"],
  ["(11) 96123-4567", "BR", "+5511961234567"],
  ["12", undefined, null],
  ["", undefined, null],
  ["pas un numéro", undefined, null],
  ["9".repeat(400), undefined, null],
])("%s in %s is %s", (raw, country, expected) => {
  expect(canonicalPhone(raw, country)).toBe(expected);
});

test("a provider's number needs no plus, and a short code is none", () => {
  expect(internationalPhone("33639981234")).toBe("+33639981234");
  expect(internationalPhone("+33 6 39 98 12 34")).toBe("+33639981234");
  expect(internationalPhone("38000")).toBeNull();
  expect(internationalPhone("BOUTIQUE")).toBeNull();
  expect(internationalPhone("0639981234")).toBeNull();
});

test.each([
  ["+5511961234567", ["+5511961234567", "+551161234567"]],
  ["+551161234567", ["+551161234567", "+5511961234567"]],
  ["+551131234567", ["+551131234567"]],
  ["+5491123456789", ["+5491123456789", "+541123456789"]],
  ["+541123456789", ["+541123456789", "+5491123456789"]],
  ["+5215512345678", ["+5215512345678", "+525512345678"]],
  ["+525512345678", ["+525512345678", "+5215512345678"]],
  ["+33639981234", ["+33639981234"]],
])("the variants of %s", (phone, variants) => {
  expect(phoneVariants(phone)).toEqual(variants);
});

test("variants are symmetric: whoever has B as a variant is a variant of B", () => {
  const digits = (length: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
  const numbers = fc
    .tuple(fc.constantFrom("+55", "+54", "+52", "+33"), fc.integer({ min: 8, max: 12 }))
    .chain(([prefix, length]) => digits(length).map((rest) => prefix + rest));
  fc.assert(
    fc.property(numbers, (phone) => {
      const variants = phoneVariants(phone);
      for (const variant of variants) {
        expect(new Set(phoneVariants(variant))).toEqual(new Set(variants));
      }
    }),
  );
});

test("canonicalPhone never throws and is a fixed point", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("FR", "US", "xx", ""), (raw, country) => {
      const phone = canonicalPhone(raw, country);
      if (phone !== null) expect(canonicalPhone(phone)).toBe(phone);
    }),
  );
});
