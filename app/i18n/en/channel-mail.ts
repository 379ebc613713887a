import type { Same } from "../translate.ts";
import type { channelMail as french } from "../fr/channel-mail.ts";

/** Mailboxes: what sets them up, what they run into, how their mails are signed; part of `channels`. */
export const channelMail: Same<typeof french> = {
  "error.mailbox_login_refused":
    "The mail server refuses the user name or password for reading (IMAP). Replace the password below; many hosts ask for an app password.",
  "error.host_not_found": "There is no server of this name. Check the IMAP and SMTP servers below.",
  "error.host_private":
    "This server is in a private network, which Guichet does not reach. Write the public name that your mail host gives.",
  "error.connection_refused":
    "The mail server does not accept the connection. Check the port; otherwise it is probably down, and we try again.",
  "error.certificate_expired":
    "The mail server’s certificate has expired. Tell your mail host: nothing is read or sent until it is renewed.",
  "error.certificate_untrusted":
    "The mail server’s certificate is signed by no known authority. Ask your mail host for the right server name.",
  "error.certificate_name":
    "The server’s certificate bears another name. Enter the name your mail host gives you, not your own domain.",
  "error.tls_failed": "The encrypted connection could not be made. Check that port and security belong together.",
  "error.folder_missing": "The folder to read does not exist in this mailbox. Correct its name below.",
  "error.mailbox_full": "The mailbox is full, or nearly so: new mails will be turned away. Make room in it.",
  "error.smtp_login_refused":
    "The server for sending (SMTP) refuses the user name or password. Replace it below; many hosts ask for an app password.",
  "error.smtp_host_not_found": "There is no server for sending (SMTP) of this name. Correct it below.",
  "error.smtp_host_private":
    "The server for sending (SMTP) is in a private network, which Guichet does not reach. Write the public name that your mail host gives.",
  "error.smtp_connection_refused":
    "The server for sending (SMTP) does not accept the connection. Check its port; otherwise it is probably down, and we try again.",
  "error.smtp_certificate":
    "The certificate of the server for sending (SMTP) is not valid. Tell your mail host, or check the server’s name: nothing leaves before.",
  "error.smtp_tls_failed":
    "The encrypted connection to the server for sending (SMTP) could not be made. Check that port and security belong together.",
  "why.smtp_login_refused":
    "The server for sending (SMTP) refuses the user name or password. Replace it; many hosts ask for an app password.",
  "why.mailbox_login_refused":
    "The mail server refuses the user name or password for reading (IMAP). Replace the password below; many hosts ask for an app password.",
  "why.host_not_found": "There is no server of this name. Check the IMAP and SMTP servers below.",
  "why.host_private":
    "This server is in a private network, which Guichet does not reach. Write the public name that your mail host gives.",
  "why.connection_refused":
    "The mail server does not accept the connection. Check the port; otherwise it is probably down, and we try again.",
  "why.certificate_expired":
    "The mail server’s certificate has expired. Tell your mail host: nothing is read or sent until it is renewed.",
  "why.certificate_untrusted":
    "The mail server’s certificate is signed by no known authority. Ask your mail host for the right server name.",
  "why.certificate_name":
    "The server’s certificate bears another name. Enter the name your mail host gives you, not your own domain.",
  "why.tls_failed": "The encrypted connection could not be made. Check that port and security belong together.",
  "why.folder_missing": "The folder to read does not exist in this mailbox. Correct its name below.",
  "why.credentials_refused": "The provider refuses these credentials. Replace them.",
  "why.rate_limited": "The server asks us to slow down: too many connections at once. Run it again in a few minutes.",
  "why.mailbox_full": "The mailbox is full. Make room in it, then run it again.",
  "why.no_sent_folder": "No folder of sent mails was found: your answers go out, but no copy is kept in the mailbox.",
  "check.imap_login": "The mailbox accepts the login for reading (IMAP)",
  "check.smtp_login": "The server accepts the login for sending (SMTP)",
  "check.certificate": "The servers’ certificates are valid",
  "check.folder": "The folder to read exists",
  "check.room": "There is room left in the mailbox",
  "check.sent_copy": "A copy of your answers is kept in the mailbox",
  "provider.email": "Mailbox (IMAP and SMTP)",
  "provider.email.body": "A mail address of your own, with any mail host: its password is usually enough.",
  "field.email.address": "Mail address",
  "field.email.address.hint": "The one your customers write to.",
  "field.email.display_name": "Display name",
  "field.email.display_name.hint": "What your customers read beside the address.",
  "field.email.imap_password": "Password",
  "field.email.imap_password.hint": "The mailbox’s own. With Google, Apple and Yahoo: an app password.",
  "field.email.imap_host": "Incoming server (IMAP)",
  "field.email.imap_host.hint": "Empty for well-known hosts (Gmail, Orange, Free, iCloud…).",
  "field.email.imap_port": "IMAP port",
  "field.email.imap_port.hint": "Empty: 993, or 143 with STARTTLS.",
  "field.email.imap_security": "IMAP security",
  "field.email.imap_security.hint": "Always encrypted, and the certificate is always checked.",
  "field.email.imap_user": "IMAP user name",
  "field.email.imap_user.hint": "Empty where it is the address itself.",
  "field.email.folder": "Folder to read",
  "field.email.folder.hint": "Empty: the inbox (INBOX).",
  "field.email.smtp_host": "Outgoing server (SMTP)",
  "field.email.smtp_host.hint": "Empty for well-known hosts.",
  "field.email.smtp_port": "SMTP port",
  "field.email.smtp_port.hint": "Empty: 465, or 587 with STARTTLS.",
  "field.email.smtp_security": "SMTP security",
  "field.email.smtp_security.hint": "Always encrypted, and the certificate is always checked.",
  "field.email.smtp_user": "SMTP user name",
  "field.email.smtp_user.hint": "Empty where it is the same as for reading.",
  "field.email.smtp_password": "SMTP password",
  "field.email.smtp_password.hint": "Empty where it is the same as for reading.",
  "field.email.plus_addressing": "Addresses with “+”",
  "field.email.plus_addressing.hint":
    "If name+word@ arrives at name@: answers find their thread even when the customer’s program forgets it.",
  "options.email.imap_security.auto": "Automatic",
  "options.email.imap_security.tls": "TLS",
  "options.email.imap_security.starttls": "STARTTLS",
  "options.email.smtp_security.auto": "Automatic",
  "options.email.smtp_security.tls": "TLS",
  "options.email.smtp_security.starttls": "STARTTLS",
  "options.email.plus_addressing.auto": "As the mail host does",
  "options.email.plus_addressing.yes": "Yes",
  "options.email.plus_addressing.no": "No",
  mailSignature: "Signature",
  mailSignatureHint:
    "Added below every mail that your team writes. {{agent.name}} becomes the writer’s name, {{business.name}} that of the business.",
  mailSignatureExample: "{{agent.name}}\n{{business.name}}",
};
