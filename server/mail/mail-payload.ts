import type { JsonObject } from "#server/providers/contract.ts";

export type MailAddress = { address: string; name: string | null };

/** A file of a mail: what it says of itself, and where it is among the mail's files. */
export type MailFile = {
  index: number;
  name: string | null;
  type: string;
  bytes: number;
  sha256: string;
  contentId: string | null;
  /** Shown inside the text, not below it. */
  inline: boolean;
};

/** What a program reports of an earlier mail: that it could not be delivered, or was called spam. */
export type MailReport = {
  kind: "delivery" | "feedback";
  /** The machine's own fields, as they came. */
  fields: string;
};

/**
 * A mail as the log keeps it: read, not yet understood. Its files are named, their bytes are in the
 * mail itself, which storage keeps under `raw.sha256`.
 */
export type MailPayload = {
  /** `<id@host>`, or `sha256:…` of the bytes where the sender gave none. */
  messageId: string;
  from: MailAddress[];
  sender: MailAddress[];
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  subject: string | null;
  inReplyTo: string[];
  /** Oldest first. */
  references: string[];
  /** ISO 8601; null where it was missing or no date. */
  date: string | null;
  text: string | null;
  html: string | null;
  /** Those that decide something, by lower-case name. */
  headers: { [name: string]: string };
  files: MailFile[];
  report: MailReport | null;
  /** Headers of the mail that a report is about. */
  original: string | null;
  raw: { sha256: string; bytes: number };
  /** What was longer than we keep: `text`, `html`, `files` … */
  cut: string[];
};

/** A payload is JSON: this is where the compiler holds us to it. */
export const asJson = (payload: MailPayload): JsonObject => payload;
