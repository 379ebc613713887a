import { foldQuoted } from "#server/mail/fold-quoted.ts";
import { textOfHtml } from "#server/mail/text-of-html.ts";

/** Bodies of replies without a mail around them: what must be read in them is the new part, and it alone. */
export function isReplyBody(file: string): boolean {
  return /^(?:replies_.*\.txt|talon_html_replies_.*\.html)$/.test(file);
}

/** Written between the quoted lines, or quoting nothing: these stay whole. */
const whole = /replies_email_(?:1_1|1_8|sent_from_my_not_signature)\.txt$/;

/** What is wrong with how a reply is folded, or null: its quotation is found, folded away, and not lost. */
export function foldFault(file: string, text: string): string | null {
  const source = file.endsWith(".html") ? textOfHtml(text) : text;
  const folded = foldQuoted(source);
  if (folded.text.trim() === "") return "nothing left to read";
  if (whole.test(file)) return folded.quoted === null ? null : "folded what is new";
  if (folded.quoted === null) return "nothing folded";
  if (/^\s*>/m.test(folded.text)) return "quoted lines among the new ones";
  const words = (one: string) => one.split(/\s+/).filter(Boolean).length;
  const kept = [folded.text, folded.quoted, folded.signature ?? ""].map(words).reduce((sum, count) => sum + count);
  return kept === words(source) ? null : "words were lost";
}
