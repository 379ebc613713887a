import { z } from "zod";
import { bookAppointment } from "./book-appointment.ts";
import { checkAvailability } from "./check-availability.ts";
import { createTicket } from "./create-ticket.ts";
import { currentTime } from "./current-time.ts";
import type { CallFunction } from "./define-call-function.ts";
import { findCustomer } from "./find-customer.ts";
import { qualifyProspect } from "./qualify-prospect.ts";
import { transferToHuman } from "./transfer-to-human.ts";

/** Everything that a voice agent can ask of us. */
export const callFunctions: readonly CallFunction[] = [
  checkAvailability,
  bookAppointment,
  qualifyProspect,
  createTicket,
  findCustomer,
  transferToHuman,
  currentTime,
];

/** The function of a name, or null: models make names up. */
export function callFunctionNamed(name: string): CallFunction | null {
  return callFunctions.find((one) => one.name === name) ?? null;
}

/** A function as assistants are told of it: parameters in JSON Schema. */
export interface DescribedFunction {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

/** What to paste into an assistant's tools, at Vapi as at Retell. */
export function describeCallFunctions(): DescribedFunction[] {
  return callFunctions.map(({ name, description, parameters }) => {
    const { $schema: _version, ...schema } = z.toJSONSchema(parameters, { io: "input" });
    return { name, description, parameters: schema };
  });
}
