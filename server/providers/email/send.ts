import type { ChannelAccess, OutboundMessage, SendOutcome } from "../contract.ts";
import { composeMail } from "./compose-mail.ts";
import { keepSentCopy } from "./sent-folder.ts";
import { isSimulated, mailServer, secretsOf } from "./servers.ts";
import { sendToStandIn } from "./simulated-mailbox.ts";
import { handOver } from "./smtp.ts";
import { failedSend, refusalOf } from "./smtp-refusals.ts";

/**
 * Sends a mail over SMTP and keeps a copy in the folder of sent mails, where the server does not do so
 * itself. The Message-ID is ours, so that an answer or a bounce finds it whatever became of this call.
 */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  if (message.to.kind !== "email") {
    return {
      outcome: "refused",
      class: "permanent",
      code: "no_such_address",
      text: `no mail address: ${message.to.kind}`,
    };
  }
  const mail = composeMail(channel, message);
  if (isSimulated(channel)) return sendToStandIn(channel, mail);
  const secrets = secretsOf(channel.credentials);
  const handed = await handOver(mailServer(channel.credentials, "smtp"), mail);
  if (handed.outcome === "failed") return failedSend(handed.error, handed.handedOver, secrets);
  const own = handed.refusedRecipients.find(({ address }) => address === message.to.value.toLowerCase());
  // The copies went out all the same: nothing is sent again by itself.
  if (own) return { ...refusalOf(own.status, own.words, false, secrets), class: "permanent" };
  await keepSentCopy(channel, mail);
  return { outcome: "accepted", providerMessageId: mail.messageId };
}
