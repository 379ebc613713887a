import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../app.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
);

const grounds = ["surface", "sunken", "raised", "hover", "active"];
const tones = ["neutral", "info", "warn", "wait", "ok", "bad"];
const texts = [
  ...["fg", "dim", "faint", "accent", "bad"].flatMap((text) => grounds.map((ground) => [text, ground])),
  ...tones.map((tone) => [tone, `${tone}-soft`]),
  ...tones.map((tone) => ["fg", `${tone}-soft`]),
  ...["fg", "dim", "faint"].map((text) => [text, "note"]),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-bad", "bad-solid"],
];
const edges = [...grounds.map((ground) => ["control", ground]), ["accent", "surface"], ["bad", "surface"]];

describe.each(["light", "dark"] as const)("contrast in the %s theme (WCAG 2.2 AA)", (theme) => {
  it.each(texts)("%s on %s is at least 4.5:1", (text, ground) => {
    expect(contrast(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)("the edge %s on %s is at least 3:1", (edge, ground) => {
    expect(contrast(token(edge, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

function token(name: string | undefined, theme: "light" | "dark"): string {
  const value = tokens.get(name)?.[theme];
  if (!value) throw new Error(`no colour is named --${name}`);
  return value;
}

// WCAG 2.2, "contrast ratio" and "relative luminance".
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
