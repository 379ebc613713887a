import { join } from "node:path";
import { currentConfig } from "#server/core/config.ts";
import { writeWhole } from "#server/core/write-whole.ts";
import { addressOf, composeSystemMail } from "./compose-system-mail.ts";
import { handOver } from "./hand-over.ts";
import type { MailOutcome, SystemMail } from "./system-mail.ts";

/**
 * The one door by which mails of the program itself leave. Never throws; what was not taken is the
 * caller's to send again, who knows whether it is still worth it.
 */
export async function sendSystemMail(mail: SystemMail): Promise<MailOutcome> {
  const { mail: config } = currentConfig();
  if (!config) return { outcome: "refused", passing: true, words: "MAIL_URL is not set" };
  const bytes = await composeSystemMail(config.from, mail);
  if (config.server) return handOver(config.server, { from: addressOf(config.from), to: mail.to }, bytes);
  return layDown(config.folder, mail.id, bytes);
}

async function layDown(folder: string, id: string, bytes: Buffer): Promise<MailOutcome> {
  try {
    await writeWhole(join(folder, `${id}.eml`), bytes);
    return { outcome: "sent" };
  } catch (error) {
    return { outcome: "refused", passing: true, words: error instanceof Error ? error.message : String(error) };
  }
}
