/** One thing that happened on the way, in the interface's own words by `kind`. */
export interface FlightStep {
  /** Null: at no moment of its own, right after the step before. */
  at: Date | null;
  kind: FlightKind;
  state: "ok" | "bad" | "wait" | "none";
  /** The event of the log that told us. */
  logId?: string;
  /** What the words need: names, counts, reasons. Never contents. */
  facts?: Record<string, string | number | boolean | null>;
}

export type FlightKind =
  | "received"
  | "log_removed"
  | "repeated"
  | "verified"
  | "refused"
  | "routed"
  | "matched"
  | "conversation"
  | "stored"
  | "ticket"
  | "answered"
  | "written"
  | "tried"
  | "accepted"
  | "delivered"
  | "read"
  | "failed"
  | "unknown"
  | "reacted"
  | "edited"
  | "revoked"
  | "called"
  | "picked_up"
  | "function"
  | "hung_up"
  | "asked_provider"
  | "ticket_change";

export interface Flight {
  /** What the flight is of, for its way back. */
  subject: {
    kind: "message" | "ticket" | "call";
    id: string;
    conversationId: string | null;
    ticketNumber: number | null;
    direction: "in" | "out" | "internal" | null;
    customerName: string | null;
    channelName: string | null;
  };
  /** In the order they happened. */
  steps: FlightStep[];
}

/** In the order they happened; what has no moment of its own stays behind the step it follows. */
export function inOrder(steps: readonly FlightStep[]): FlightStep[] {
  let latest = 0;
  const placed = steps.map((step, place) => {
    if (step.at) latest = step.at.getTime();
    return { step, at: step.at?.getTime() ?? latest, place };
  });
  return placed.toSorted((a, b) => a.at - b.at || a.place - b.place).map(({ step }) => step);
}
