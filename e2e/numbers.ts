import { test } from "@playwright/test";

/** Those below are of the demo's own people. */
const first = 1_000;
const ofFiction = 10_000;
/** More than one worker takes in a run. */
const perWorker = 400;
/** Another run on the same program begins elsewhere. */
const began = Number(process.env.GUICHET_TEST_RUN ?? 0);
let taken = 0;

/**
 * Four digits that nobody else has in this run, whichever worker asks and on whichever attempt. With `+33 6 39 98` before
 * them they are a telephone number set aside for fiction.
 */
export function newDigits(): string {
  const at = began + test.info().workerIndex * perWorker + taken++;
  return String(first + (at % (ofFiction - first))).padStart(4, "0");
}

/** The telephone of somebody who never wrote before. */
export const newPhone = (): string => `+3363998${newDigits()}`;
