import { newId } from "#server/core/ids.ts";
import { assistantVersions } from "../schema/assistants.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness } from "./shape.ts";
import type { SeededBusiness } from "./write-business.ts";

/** What the business wants its voice agent to be; nobody has sent it yet. */
export async function writeAssistant(
  tx: TenantTx,
  { assistant, members }: DemoBusiness,
  { channels, memberIds }: SeededBusiness,
  now: Date,
): Promise<void> {
  if (!assistant) return;
  const admin = members.find(({ role }) => role === "admin");
  await tx.insert(assistantVersions).values({
    tenantId: tx.tenantId,
    id: newId(),
    channelId: channels.phone.id,
    number: 1,
    definition: assistant,
    createdBy: (admin && memberIds.get(admin.key)) ?? null,
    createdAt: now,
  });
}
