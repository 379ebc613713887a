import type { JsonObject } from "../contract.ts";
import { firstText } from "../read-json.ts";

/** Fields that SNS signs, in its order; which of them depends on the kind of message. */
const signedFields = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;

/** The text that SNS signs: name and value of each field that is there, line by line. Null for a message of no known kind. */
export function signedText(message: JsonObject): string | null {
  const type = firstText(message, "Type") ?? "";
  if (!Object.hasOwn(signedFields, type)) return null;
  return signedFields[type as keyof typeof signedFields]
    .flatMap((name) => (typeof message[name] === "string" ? [`${name}\n${message[name]}\n`] : []))
    .join("");
}

const snsHost = /^sns\.[a-z]{2}(?:-[a-z]+)+-\d\.amazonaws\.com(?:\.cn)?$/;

/** Whether an address is SNS's own: nothing else is fetched, whatever a message says. */
export function isSnsAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "https:" && url.port === "" && url.username === "" && snsHost.test(url.hostname);
}

/** Whether it is a certificate of SNS's: its host, and the file's name. */
export function isCertificateAddress(address: string): boolean {
  return isSnsAddress(address) && /^\/SimpleNotificationService-[\w-]{1,100}\.pem$/.test(new URL(address).pathname);
}
