import type { Reason, Status } from "./log-address.ts";
import type { LogRow } from "./log-table.tsx";

/** One event with everything that is known of it. */
export interface LogDetail extends LogRow {
  channelId: string | null;
  /** How the channel is set today; null where there is none any more. */
  channelState: { enabled: boolean; observes: boolean; configured: boolean } | null;
  account: string | null;
  externalMessageId: string | null;
  customerId: string | null;
  /** What the customer was recognised by, and whether the event made them. */
  matchedBy: { kind: string; isNew: boolean } | null;
  /** Who goes by the event's identifier today, where it was never read. */
  knownPerson: { customerId: string; name: string } | null;
  conversationId: string | null;
  messageId: string | null;
  callId: string | null;
  ticketNumber: number | null;
  files: readonly { id: string; kind: string; name: string | null }[];
  /** Of a duplicate: the delivery that was applied. */
  firstId: string | null;
  errorMessage: string | null;
  occurredAt: Date | null;
  processedAt: Date | null;
  /** When its contents were taken away with its customer. */
  erasedAt: Date | null;
  nextAttemptAt: Date | null;
  attemptLog: readonly {
    at: string;
    ms: number;
    outcome: string;
    error?: string | undefined;
    by?: string | undefined;
  }[];
  /** The event in the provider's words; null where the role may not see it. */
  payload: unknown;
  /** The post that carried it: null when it is no longer kept, or was not this tenant's alone. */
  delivery: {
    method: string;
    path: string;
    headers: Readonly<Record<string, string>>;
    /** As text; null where the role may not see it. */
    body: string | null;
    bodyBytes: number;
    verified: boolean;
    reason: Reason | null;
    truncated: boolean;
  } | null;
  /** Whether the member's role shows contents. */
  masked: boolean;
}

/** Events of the same message, conversation or call, the newest first, and where the list goes on. */
export interface RelatedEvents {
  rows: readonly { id: string; type: string; status: Status; reason: Reason | null; receivedAt: Date }[];
  newer: string | null;
  older: string | null;
}
