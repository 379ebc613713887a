import type { inboxMail as french } from "../fr/inbox-mail.ts";
import type { Same } from "../translate.ts";

export const inboxMail: Same<typeof french> = {
  "mail.to": "To {{to}}",
  "mail.copies": "Copy to {{cc}}",
  "mail.subject": "Subject",
  "mail.noSubject": "No subject",
  "mail.cc": "Copy to (Cc)",
  "mail.ccHint": "Several addresses: set apart by commas.",
  "mail.signature": "Signature, added when it is sent",
  "fail.mail.no_such_address": "This address does not exist, or not any more. Check it with the customer.",
  "fail.mail.recipient_mailbox_full": "The customer’s mailbox is full: it can take no more. Try again later.",
  "fail.mail.mail_too_large": "The mail is too large for the customer’s server. Send fewer files.",
  "fail.mail.refused_as_unwanted":
    "The customer’s server refused this mail as unwanted. The technical detail says why.",
  "fail.mail.not_delivered": "The mail could not be delivered to the customer. The technical detail says why.",
  "fail.mail.host_not_found":
    "There is no server for sending of the name that is kept. An admin has to correct it under Settings › Channels.",
  "fail.mail.host_private":
    "The sending server is in a private network, which Guichet does not reach. An administrator must correct it under Settings › Channels.",
  "fail.mail.connection_refused": "The server for sending did not accept the connection, after several tries.",
  "fail.mail.certificate":
    "The certificate of the server for sending is not valid: nothing was sent. An admin has to tell the mail host.",
  "fail.mail.tls_failed":
    "The encrypted connection to the server for sending failed: nothing was sent. An admin has to check port and security.",
  "fail.mail.provider_unreachable": "The server for sending did not answer, after several tries.",
  "fail.mail.loop_brake":
    "Too many automatic replies to this address within an hour: another program was probably answering.",
};
