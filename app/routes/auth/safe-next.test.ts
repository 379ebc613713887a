import { expect, test } from "vitest";
import { safeNext } from "./safe-next.ts";

const leadsTo = (next: string) => safeNext(`https://guichet.test/sign-in?${new URLSearchParams({ next })}`);

test.each(["/t/atelier-lumen/tickets?view=mine", "/invitations/abc", "/"])("%s is kept", (next) => {
  expect(leadsTo(next)).toBe(next);
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/.//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "http://[",
])("%j stays here", (next) => {
  const target = new URL(leadsTo(next), "https://guichet.test");
  expect(target.origin).toBe("https://guichet.test");
});

test("nowhere named leads to the start", () => {
  expect(safeNext("https://guichet.test/sign-in")).toBe("/");
});
