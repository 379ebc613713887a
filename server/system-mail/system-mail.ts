/** A mail of the program itself, to one person. */
export interface SystemMail {
  /** Of this attempt: becomes the Message-ID. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * What became of a mail. `refused`: it was certainly not taken; `passing` refusals may be tried again.
 * `unknown`: the line was lost after the last byte, and the server may have taken it.
 */
export type MailOutcome =
  | { outcome: "sent" }
  | { outcome: "refused"; passing: boolean; words: string }
  | { outcome: "unknown"; words: string };
