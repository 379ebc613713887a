import { expect, it } from "vitest";

import { initials } from "./avatar.tsx";

it.each([
  ["Sophie Martin", "SM"],
  ["Marie de la Tour", "MT"],
  ["@lea.interiors", "LI"],
  ["Harlow", "HA"],
  ["élodie", "ÉL"],
  ["+33612345678", "78"],
  ["", "?"],
])("the initials of %j are %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
