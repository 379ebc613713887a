import type { InboundEvent, JsonObject } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import { templateStatus } from "./list-templates.ts";

type TemplateNews = Pick<Extract<InboundEvent, { kind: "account" }>, "template">;

/** Which template an account event speaks of, and what it says of it. */
export function templateNews(field: string, value: JsonObject): TemplateNews {
  const name = firstText(value, "message_template_name");
  const language = firstText(value, "message_template_language");
  if (name === null || language === null) return {};
  const status = field === "message_template_status_update" ? firstText(value, "event") : null;
  const quality = field === "message_template_quality_update" ? firstText(value, "new_quality_score") : null;
  return {
    template: {
      name: name.slice(0, 512).toWellFormed(),
      language: language.slice(0, 20).toWellFormed(),
      status: status === null ? null : templateStatus(status),
      quality: quality === null || quality === "UNKNOWN" ? null : quality.slice(0, 20).toLowerCase().toWellFormed(),
      reason: reasonOf(value),
    },
  };
}

/** The sentence that explains, where there is one; else Meta's word for it. */
function reasonOf(value: JsonObject): string | null {
  const rejection = objectOf(value.rejection_info);
  const words = [firstText(rejection, "reason"), firstText(rejection, "recommendation")].filter(Boolean).join(" ");
  const other = objectOf(value.other_info);
  const plain = firstText(value, "reason");
  const reason = words || firstText(other, "description", "title") || (plain === "NONE" ? null : plain);
  return reason?.slice(0, 500).toWellFormed() ?? null;
}
