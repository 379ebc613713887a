import type { RuleAction, RuleCondition } from "#db/schema/automation.ts";
import type { TenantTx } from "#db/tenant.ts";
import { invalid } from "#server/core/errors.ts";
import { readKnown } from "./read-known.ts";

/** Refuses, beside the condition or action, an id that names nothing of the business. */
export async function refuseUnknown(
  tx: TenantTx,
  { conditions, actions }: { conditions: readonly RuleCondition[]; actions: readonly RuleAction[] },
): Promise<void> {
  const known = await readKnown(tx);
  const channels = new Set(
    (
      await tx.raw.unsafe<{ id: string }[]>(
        "select id from channel_configurations where tenant_id = $1",
        [tx.tenantId],
        { prepare: true },
      )
    ).map(({ id }) => id),
  );
  const lists: Record<string, { has(id: string): boolean }> = {
    channel: channels,
    category: known.categories,
    team: known.teams,
    assignee: known.members,
    notify: known.members,
    label: known.labels,
    add_label: known.labels,
    remove_label: known.labels,
    quick_reply: known.quickReplies,
  };
  const isUnknown = (list: string, value: string) =>
    list in lists && value !== "none" && value !== "assignee" && !lists[list]!.has(value);
  const fields = [
    ...conditions.flatMap(({ field, values }, at) =>
      values.some((value) => isUnknown(field, value)) ? [[`conditions.${at}`, "no_longer_there"] as const] : [],
    ),
    ...actions.flatMap(({ do: what, value }, at) =>
      isUnknown(what, value) ? [[`actions.${at}`, "no_longer_there"] as const] : [],
    ),
  ];
  if (fields.length > 0) throw invalid(Object.fromEntries(fields));
}
