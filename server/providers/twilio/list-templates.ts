import type { ApiOutcome, ChannelAccess, JsonObject, ProviderTemplate } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { outcomeOf } from "./answers.ts";
import { getProduct } from "./client.ts";
import { channelTypeOf } from "./credentials.ts";

const pageSize = 500;
const mostPages = 20;

/** The account's content with WhatsApp's verdict on each, page by page. A channel of texts needs none. */
export async function listTemplates(channel: ChannelAccess): Promise<ApiOutcome<ProviderTemplate[]>> {
  const found: ProviderTemplate[] = [];
  if (channelTypeOf(channel.credentials) !== "whatsapp") return { outcome: "ok", value: found };
  let path: string | null = `/v1/ContentAndApprovals?PageSize=${pageSize}`;
  for (let page = 0; page < mostPages && path !== null; page++) {
    const answer = outcomeOf(await getProduct(channel, "content", path), channel);
    if (answer.outcome !== "ok") return answer;
    found.push(...listOf(answer.value.contents).flatMap((content) => templateOf(objectOf(content)) ?? []));
    path = pathOf(firstText(objectOf(answer.value.meta), "next_page_url"));
  }
  return { outcome: "ok", value: found };
}

/** Only path and query of the next page are Twilio's to choose: the host stays ours. */
function pathOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { pathname, search } = new URL(url);
  const at = pathname.indexOf("/v1/ContentAndApprovals");
  return at < 0 ? null : pathname.slice(at) + search;
}

/** One content as a template; null for one that has no text of its own. */
export function templateOf(content: JsonObject | null): ProviderTemplate | null {
  const types = objectOf(content?.types) ?? {};
  const [kind, shown] = Object.entries(types).find(([, type]) => textIn(objectOf(type)) !== null) ?? [];
  const sid = firstText(content, "sid");
  const body = textIn(objectOf(shown));
  if (!content || sid === null || kind === undefined || body === null) return null;
  const approval = objectOf(content.approval_requests);
  const reason = firstText(approval, "rejection_reason");
  return {
    externalId: sid,
    name: firstText(content, "friendly_name") ?? sid,
    language: firstText(content, "language") ?? "en",
    category: (firstText(approval, "category") ?? "utility").toLowerCase(),
    status: statusOf(firstText(approval, "status")),
    quality: null,
    statusReason: reason,
    header: firstText(objectOf(shown), "title", "header_text"),
    body,
    footer: firstText(objectOf(shown), "footer", "subtitle"),
    buttons: listOf(objectOf(shown)?.actions)
      .map(objectOf)
      .filter((action) => action !== null),
    variables: variablesOf(body, objectOf(content.variables) ?? {}),
    definition: { type: kind, ...content },
  };
}

function textIn(type: JsonObject | null): string | null {
  return firstText(type, "body", "title");
}

/** Twilio's words for WhatsApp's verdict; `unsubmitted` was never shown to WhatsApp and may not be sent. */
function statusOf(word: string | null): ProviderTemplate["status"] {
  switch (word?.toLowerCase()) {
    case "approved":
      return "approved";
    case "rejected":
      return "rejected";
    case "paused":
      return "paused";
    case "disabled":
    case "unsubmitted":
    case undefined:
      return "disabled";
    default:
      return "pending";
  }
}

const placeholder = /\{\{\s*([\w.-]{1,60})\s*\}\}/g;

/** In the order in which the text names them; those of pictures and buttons follow. */
function variablesOf(body: string, examples: JsonObject): ProviderTemplate["variables"] {
  const named = [...body.matchAll(placeholder)].map(([, name]) => name ?? "");
  const names = new Set([...named, ...Object.keys(examples)]);
  return [...names].slice(0, 100).map((name) => ({ name, example: firstText(examples, name) }));
}
