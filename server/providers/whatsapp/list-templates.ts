import type { ApiOutcome, ChannelAccess, JsonObject, ProviderTemplate } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { outcomeOf } from "./answers.ts";
import { getGraph } from "./client.ts";
import { variablesOf } from "./template-variables.ts";

const fields = "id,name,language,status,category,components,rejected_reason,quality_score,parameter_format";
const pageSize = 100;
/** An account may hold 6,000 templates. */
const mostPages = 60;

/** Every template of the channel's business account, page by page. */
export async function listTemplates(channel: ChannelAccess): Promise<ApiOutcome<ProviderTemplate[]>> {
  const path = `${channel.credentials.business_account_id ?? ""}/message_templates`;
  const found: ProviderTemplate[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const query: Record<string, string> = { fields, limit: String(pageSize), ...(after === null ? {} : { after }) };
    const answer = outcomeOf(await getGraph(channel, path, query), channel);
    if (answer.outcome !== "ok") return answer;
    found.push(...listOf(answer.value.data).flatMap((entry) => templateOf(objectOf(entry)) ?? []));
    const paging = objectOf(answer.value.paging);
    after = firstText(objectOf(paging?.cursors), "after");
    if (firstText(paging, "next") === null || after === null) break;
  }
  return { outcome: "ok", value: found };
}

/** A template of Meta's list; null for one without a name, language or text. */
export function templateOf(definition: JsonObject | null): ProviderTemplate | null {
  const [name, language] = [firstText(definition, "name"), firstText(definition, "language")];
  const parts = new Map(
    listOf(definition?.components)
      .map(objectOf)
      .map((part) => [firstText(part, "type")?.toUpperCase(), part] as const),
  );
  const body = firstText(parts.get("BODY") ?? null, "text");
  if (!definition || name === null || language === null || body === null) return null;
  const reason = firstText(definition, "rejected_reason");
  const header = parts.get("HEADER") ?? null;
  return {
    externalId: firstText(definition, "id"),
    name,
    language,
    category: (firstText(definition, "category") ?? "utility").toLowerCase(),
    status: templateStatus(firstText(definition, "status")),
    quality: qualityOf(definition),
    statusReason: reason === "NONE" ? null : reason,
    header: firstText(header, "text") ?? mediaSign(firstText(header, "format")),
    body,
    footer: firstText(parts.get("FOOTER") ?? null, "text"),
    buttons: listOf(parts.get("BUTTONS")?.buttons)
      .map(objectOf)
      .filter((button) => button !== null),
    variables: variablesOf(definition),
    definition,
  };
}

/** Meta's words for a template's state; one that we do not know may not be sent. */
export function templateStatus(word: string | null): ProviderTemplate["status"] {
  switch (word?.toUpperCase()) {
    case "APPROVED":
    case "FLAGGED":
    case "REINSTATED":
      return "approved";
    case "REJECTED":
      return "rejected";
    case "PAUSED":
      return "paused";
    case "DISABLED":
    case "DELETED":
    case "PENDING_DELETION":
    case "LIMIT_EXCEEDED":
    case "ARCHIVED":
      return "disabled";
    default:
      return "pending";
  }
}

function qualityOf(definition: JsonObject): string | null {
  const score = firstText(objectOf(definition.quality_score), "score")?.toLowerCase() ?? null;
  return score === "unknown" ? null : score;
}

function mediaSign(format: string | null): string | null {
  const signs: Readonly<Record<string, string>> = { IMAGE: "📷", VIDEO: "🎞️", DOCUMENT: "📄", LOCATION: "📍" };
  return format === null ? null : (signs[format.toUpperCase()] ?? null);
}
