import type { JsonObject } from "../contract.ts";

/** What every parser of one Twilio post is given, and where it notes what it did not understand. */
export interface Reading {
  form: JsonObject;
  /** The form with what the query of our own callback said. */
  payload: JsonObject;
  /** Our message id, from the query of our status callback. */
  tracking: string | null;
  occurredAt: Date;
  unknowns: string[];
}
