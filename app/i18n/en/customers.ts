import type { customers as french } from "../fr/customers.ts";
import type { Same } from "../translate.ts";

export const customers: Same<typeof french> = {
  title: "Customers",
};
