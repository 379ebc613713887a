import type { RefusalClass } from "../contract.ts";

const classes: readonly (readonly [RefusalClass, readonly number[]])[] = [
  ["retry", [20429, 63018]],
  ["opted_out", [21610]],
  ["window", [63016]],
  ["permanent", [21211, 21614, 21408, 30003, 30004, 30005, 30006]],
  // Credentials refused, account suspended, or a sender that the account does not own.
  ["channel", [20003, 20005, 21212, 21606, 21659, 30002]],
];

/** What a refusal of Twilio allows next; the code decides before the HTTP status. */
export function refusalClass(status: number, code: number | null): RefusalClass {
  const listed = classes.find(([, codes]) => code !== null && codes.includes(code));
  if (listed) return listed[0];
  if (status === 429 || status >= 500) return "retry";
  return status === 401 || status === 403 ? "channel" : "permanent";
}
