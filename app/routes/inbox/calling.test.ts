import { describe, expect, it } from "vitest";

import { callingAt, peopleCalled } from "./calling.ts";

const people = [{ name: "Hélène Roux" }, { name: "Nadia Ferrand" }, { name: "Hugo Lenoir" }];
const named = (written: string) => peopleCalled(people, written).map(({ name }) => name);

describe("calling somebody", () => {
  it("begins with an @ before the caret that no address holds", () => {
    expect(callingAt("voir @hu", 8)).toEqual({ from: 5, name: "hu" });
    expect(callingAt("@", 1)).toEqual({ from: 0, name: "" });
    expect(callingAt("@hu, puis", 9)).toBeNull();
    expect(callingAt("contact@atelier", 15)).toBeNull();
    expect(callingAt("voir @hu", 4)).toBeNull();
  });

  it("finds whose name begins so, whatever the accents, and nobody once the name stands", () => {
    expect(named("")).toHaveLength(3);
    expect(named("hel")).toEqual(["Hélène Roux"]);
    expect(named("len")).toEqual(["Hugo Lenoir"]);
    expect(named("H")).toEqual(["Hélène Roux", "Hugo Lenoir"]);
    expect(named("Hugo Lenoir ")).toEqual([]);
    expect(named("zoé")).toEqual([]);
  });
});
