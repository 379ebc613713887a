import type { InboundEvent } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import type { Reading } from "./reading.ts";

/** A group was made, changed, suspended or deleted, or its participants changed. */
export function parseGroup({ item, occurredAt }: Reading): InboundEvent {
  const type = firstText(item, "type") ?? "group_update";
  const errors = listOf(item.errors).length > 0;
  const severity = errors || type === "group_suspend" ? "warning" : "info";
  const people = ["added_participants", "removed_participants", "failed_participants"]
    .map((key) => ({ key, count: listOf(item[key]).length }))
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => `${key.replace("_participants", "")} ${count}`);
  const subject = firstText(objectOf(item.subject), "text") ?? firstText(item, "subject");
  const words = [type.replaceAll("_", " "), subject ?? firstText(item, "group_id"), ...people];
  return {
    kind: "account",
    topic: `group.${type.replace(/^group_/, "")}`.slice(0, 64).toWellFormed(),
    severity,
    text: words.filter(Boolean).join(" · ").slice(0, 500).toWellFormed(),
    occurredAt,
  };
}
