import type { RefusalClass } from "../contract.ts";

const classes: readonly (readonly [RefusalClass, readonly number[]])[] = [
  ["retry", [4, 80007, 130429, 131056, 133016, 131016, 131000]],
  ["slow", [131048]],
  ["window", [131047]],
  ["permanent", [131026, 131051, 131008, 131009, 131049, 131050, 130472]],
  ["channel", [190, 0, 10, 131031, 131042, 368]],
];

/**
 * What a refusal of Meta allows next. The code decides before the HTTP status, because Meta answers
 * 400 to what will pass later and 500 to what is throttled.
 */
export function refusalClass(status: number, code: number | null, isTransient: boolean): RefusalClass {
  if (code !== null) {
    const listed = classes.find(([, codes]) => codes.includes(code));
    if (listed) return listed[0];
    if (code >= 200 && code <= 299) return "channel";
    if (code >= 132000 && code <= 132999) return "template";
  }
  if (status === 429 || status >= 500 || isTransient) return "retry";
  return status === 401 || status === 403 ? "channel" : "permanent";
}

/** How long to leave one person alone after 131056, milliseconds: about one message per 6 s. */
export const pairPauseMs = 6000;
