import { foundIn, getAgentApi, patchAgentApi } from "../agent-api.ts";
import type { ApiOutcome, ChannelAccess, Json, JsonObject } from "../contract.ts";
import type { AssistantClient, AssistantFunction, AssistantThere, AssistantWanted } from "../contract-assistant.ts";
import { isLanguage, othersTools, transferFunction } from "../contract-assistant.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";

/** What an assistant thinks and hears with where it has nothing yet. */
const usualModel: JsonObject = { provider: "openai", model: "gpt-4.1" };
const usualTranscriber: JsonObject = { provider: "deepgram", model: "nova-3" };

/** Vapi's assistants: one object, of which whole branches are replaced. What is not managed goes back as it came. */
export const assistant: AssistantClient = {
  async read(channel) {
    const found = await fetchAssistant(channel);
    if (found.outcome !== "ok") return found;
    return { outcome: "ok", value: found.value && thereOf(found.value) };
  },

  async write(channel, wanted) {
    const found = await fetchAssistant(channel);
    if (found.outcome !== "ok") return found;
    if (found.value === null) return { outcome: "refused", class: "permanent", code: "http_404", text: "HTTP 404" };
    const change = changeOf(found.value, wanted);
    const answered = foundIn(await patchAgentApi(channel, pathOf(channel), change), channel);
    return answered.outcome === "ok" ? { outcome: "ok", value: null } : answered;
  },
};

const pathOf = ({ credentials }: ChannelAccess) => `assistant/${encodeURIComponent(credentials["assistant_id"] ?? "")}`;

async function fetchAssistant(channel: ChannelAccess): Promise<ApiOutcome<JsonObject | null>> {
  return foundIn(await getAgentApi(channel, pathOf(channel)), channel);
}

function thereOf(found: JsonObject): AssistantThere {
  const model = objectOf(found["model"]);
  const tools = toolsOf(model);
  return {
    prompt: firstText(systemMessage(model), "content") ?? "",
    greeting: firstText(found, "firstMessage") ?? "",
    language: firstText(objectOf(found["transcriber"]), "language") ?? "",
    voice: voiceOf(objectOf(found["voice"])),
    functions: tools.flatMap((tool) => functionOf(tool) ?? []),
    transfers: tools.some(({ type }) => type === "transferCall"),
  };
}

function systemMessage(model: JsonObject | null): JsonObject | null {
  return (
    listOf(model?.["messages"])
      .map(objectOf)
      .find((message) => message?.["role"] === "system") ?? null
  );
}

function toolsOf(model: JsonObject | null): JsonObject[] {
  return listOf(model?.["tools"])
    .map(objectOf)
    .filter((tool) => tool !== null);
}

/** `provider:voice`, for a voice is one of its provider's. */
function voiceOf(voice: JsonObject | null): string {
  const id = firstText(voice, "voiceId");
  return id === null ? "" : `${firstText(voice, "provider") ?? ""}:${id}`;
}

function functionOf(tool: JsonObject): AssistantFunction | null {
  const described = tool["type"] === "function" ? objectOf(tool["function"]) : null;
  const name = firstText(described, "name");
  if (name === null) return null;
  const parameters = objectOf(described?.["parameters"]) ?? {};
  return { name, description: firstText(described, "description") ?? "", parameters };
}

function changeOf(found: JsonObject, { greeting, voice, ...wanted }: AssistantWanted): JsonObject {
  const transcriber = objectOf(found["transcriber"]);
  const hears = isLanguage(firstText(transcriber, "language") ?? "", wanted.language);
  return {
    model: modelWith(objectOf(found["model"]), wanted),
    ...(greeting === "" ? {} : { firstMessage: greeting }),
    ...(voice === "" ? {} : { voice: voiceWith(objectOf(found["voice"]), voice) }),
    ...(hears ? {} : { transcriber: { ...(transcriber ?? usualTranscriber), language: wanted.language } }),
  };
}

function modelWith(
  model: JsonObject | null,
  { prompt, functions, ours }: Pick<AssistantWanted, "prompt" | "functions" | "ours">,
): JsonObject {
  const others = othersTools(toolsOf(model), ourNameOf, ours);
  const messages = listOf(model?.["messages"]);
  const at = messages.findIndex((message) => objectOf(message)?.["role"] === "system");
  const instructions: Json = { ...objectOf(messages[at]), role: "system", content: prompt };
  return {
    ...(model ?? usualModel),
    ...(prompt === "" ? {} : { messages: at < 0 ? [instructions, ...messages] : messages.with(at, instructions) }),
    tools: [...others, ...functions.map(toolOf)],
  };
}

function ourNameOf(tool: JsonObject): string | null {
  // Without destinations it asks us where to: only such a one is ours.
  if (tool["type"] === "transferCall") return listOf(tool["destinations"]).length === 0 ? transferFunction : null;
  return functionOf(tool)?.name ?? null;
}

/** Answered at the assistant's own server. Putting through is a tool of Vapi's, whose destination it has from us. */
function toolOf({ name, description, parameters }: AssistantFunction): JsonObject {
  if (name === transferFunction) return { type: "transferCall", destinations: [] };
  return { type: "function", function: { name, description, parameters: parameters as JsonObject } };
}

/** A voice that is written without its provider is one of the present provider's. */
function voiceWith(voice: JsonObject | null, wanted: string): JsonObject {
  const [first = "", ...rest] = wanted.split(":");
  const provider = rest.length > 0 ? first : (firstText(voice, "provider") ?? "vapi");
  const voiceId = rest.length > 0 ? rest.join(":") : first;
  return firstText(voice, "provider") === provider ? { ...voice, voiceId } : { provider, voiceId };
}
