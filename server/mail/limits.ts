/** Bounds of reading a mail. What is longer is cut and said to be, or the mail is refused as malformed. */
export const mailLimits = {
  /** The whole mail, bytes. */
  bytes: 40 * 1024 * 1024,
  /** MIME parts, and so the deepest nesting. */
  parts: 200,
  /** Headers of one part, bytes. */
  headerBytes: 256 * 1024,
  /** Characters of text that are kept. */
  text: 200_000,
  /** Characters of HTML that are kept. */
  html: 1_000_000,
  addresses: 100,
  references: 100,
  /** Bytes of all mails being read at once, in one process. */
  together: 96 * 1024 * 1024,
} as const;
