import type { RefusalClass } from "../contract.ts";

const classes: readonly (readonly [RefusalClass, readonly number[]])[] = [
  ["retry", [20429, 20500, 20503, 30001, 63018]],
  ["opted_out", [21610]],
  ["window", [63016]],
  ["template", [63027, 63028, 63040, 63041, 63042]],
  ["permanent", [21211, 21408, 21602, 21612, 21614, 21617, 21620, 21623, 30003, 30004, 30005, 30006, 30007]],
  // No WhatsApp account, a file that WhatsApp refuses, or one that Twilio could not fetch.
  ["permanent", [12300, 11200, 63003, 63019, 63024]],
  // Credentials refused, account suspended or unknown, or a sender that the account does not own.
  ["channel", [20003, 20005, 20404, 21212, 21603, 21606, 21659, 21660, 21705, 30002, 63007]],
];

/** What a refusal of Twilio allows next; the code decides before the HTTP status. */
export function refusalClass(status: number, code: number | null): RefusalClass {
  const listed = classes.find(([, codes]) => code !== null && codes.includes(code));
  if (listed) return listed[0];
  if (status === 429 || status >= 500) return "retry";
  return status === 401 || status === 403 ? "channel" : "permanent";
}
