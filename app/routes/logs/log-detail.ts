import type { Reason, Status } from "./log-address.ts";
import type { LogRow } from "./log-table.tsx";

/** One event with everything that is known of it. */
export interface LogDetail extends LogRow {
  channelId: string | null;
  account: string | null;
  externalMessageId: string | null;
  customerId: string | null;
  conversationId: string | null;
  messageId: string | null;
  ticketNumber: number | null;
  errorMessage: string | null;
  occurredAt: Date | null;
  processedAt: Date | null;
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
  related: readonly { id: string; type: string; status: Status; receivedAt: Date }[];
}
