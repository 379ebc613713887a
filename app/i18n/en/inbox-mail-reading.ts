import type { inboxMailReading as french } from "../fr/inbox-mail-reading.ts";
import type { Same } from "../translate.ts";

export const inboxMailReading: Same<typeof french> = {
  "mail.layout": "Original layout",
  "mail.plain": "Text only",
  "mail.quoted": "Quoted text and signature",
  "mail.quotedOnly": "Quoted text",
  "mail.details": "Details",
  "mail.from": "From",
  "mail.toLabel": "To",
  "mail.ccLabel": "Copy to",
  "mail.automatic": "Automatic reply",
  "mail.automaticHint": "Sent by a program: nobody waits for an answer.",
  "mail.loading": "Opening the mail…",
  "mail.notThere": "This mail could not be opened. Try again.",
  "mail.imagesBlocked_one": "{{count}} remote picture was not loaded: its sender would learn that you read this.",
  "mail.imagesBlocked_other": "{{count}} remote pictures were not loaded: their sender would learn that you read this.",
  "mail.showImages": "Show the pictures",
};
