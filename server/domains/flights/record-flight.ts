import type { Ctx } from "#server/core/context.ts";
import { flightOfCall } from "./flight-of-call.ts";
import { flightOfMessage } from "./flight-of-message.ts";
import { flightOfTicket } from "./flight-of-ticket.ts";
import type { Flight } from "./flight-step.ts";
import type { FlightInput } from "./schemas.ts";

const flights = { message: flightOfMessage, ticket: flightOfTicket, call: flightOfCall };

/** Everything that happened to one message, ticket or call, from the raw event to the last effect. */
export function recordFlight(ctx: Ctx, { subject, id }: FlightInput): Promise<Flight> {
  return flights[subject](ctx, id);
}
