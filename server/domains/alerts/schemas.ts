/** What an admin is told of; the interface words each one. */
export const alertKinds = ["channel_failing", "token_expiring", "channel_silent", "ledger_gap"] as const;
export type AlertKind = (typeof alertKinds)[number];
