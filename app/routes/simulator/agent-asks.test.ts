import { expect, test } from "vitest";

import { argumentsFrom } from "./agent-asks.ts";

test.each([
  ["book_appointment", "une pose, mardi à 14 h", { service: "une pose, mardi à 14 h", when: "une pose, mardi à 14 h" }],
  [
    "qualify_prospect",
    "un lustre ancien, deux mille euros",
    { interest: "un lustre ancien", budget: "deux mille euros" },
  ],
  ["qualify_prospect", "un lustre ancien", { interest: "un lustre ancien" }],
  ["create_ticket", " Facture ", { subject: "Facture" }],
  ["find_customer", "moi", {}],
  ["check_availability", " ", {}],
])("%s of « %s »", (name, words, expected) => {
  expect(argumentsFrom(name, words)).toEqual(expected);
});
