type Status = "active" | "expired" | "revoked";
export type Standing = Status | "disconnected";

/** How a connection is shown. What we ended ourselves is no loss: the platform had nothing to say about it. */
export function standingOf({ status, lastError }: { status: Status; lastError: string | null }): Standing {
  return status === "revoked" && lastError === null ? "disconnected" : status;
}
