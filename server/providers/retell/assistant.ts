import { foundIn, getAgentApi, patchAgentApi } from "../agent-api.ts";
import type { ApiOutcome, ChannelAccess, JsonObject } from "../contract.ts";
import type { AssistantClient, AssistantFunction, AssistantThere, AssistantWanted } from "../contract-assistant.ts";
import { isLanguage, othersTools, transferFunction } from "../contract-assistant.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";

/** Retell's agents: the voice is the agent's, what it says and may do is its model's. Agents that are drawn as a flow are not managed. */
export const assistant: AssistantClient = {
  async read(channel) {
    const parts = await fetchParts(channel);
    if (parts.outcome !== "ok") return parts;
    return { outcome: "ok", value: parts.value && thereOf(parts.value) };
  },

  async write(channel, wanted) {
    const parts = await fetchParts(channel);
    if (parts.outcome !== "ok") return parts;
    if (parts.value === null) return { outcome: "refused", class: "permanent", code: "http_422", text: "HTTP 422" };
    const { agent, llmPath } = parts.value;
    // First what is refused more easily: a voice that there is not changes nothing.
    const change = agentChange(agent, wanted);
    const spoken =
      Object.keys(change).length === 0 ? null : await patch(channel, agentPath(channel, "update-agent"), change);
    if (spoken && spoken.outcome !== "ok") return spoken;
    return patch(channel, llmPath("update-retell-llm"), modelChange(parts.value, wanted));
  },
};

interface Parts {
  agent: JsonObject;
  llm: JsonObject;
  /** The address of the model below an operation, with the version that the agent speaks with. */
  llmPath(operation: string): string;
}

const agentPath = ({ credentials }: ChannelAccess, operation: string) =>
  `${operation}/${encodeURIComponent(credentials["agent_id"] ?? "")}`;

/** Retell answers 422 for an agent that it does not have. */
function foundOrNone(found: ApiOutcome<JsonObject | null>): ApiOutcome<JsonObject | null> {
  return found.outcome === "refused" && found.code === "http_422" ? { outcome: "ok", value: null } : found;
}

async function fetchParts(channel: ChannelAccess): Promise<ApiOutcome<Parts | null>> {
  const agent = foundOrNone(foundIn(await getAgentApi(channel, agentPath(channel, "get-agent")), channel));
  if (agent.outcome !== "ok") return agent;
  if (agent.value === null) return { outcome: "ok", value: null };
  const engine = objectOf(agent.value["response_engine"]);
  const llmId = engine?.["type"] === "retell-llm" ? firstText(engine, "llm_id") : null;
  if (llmId === null) {
    return {
      outcome: "refused",
      class: "permanent",
      code: "cannot_manage",
      text: firstText(engine, "type") ?? "",
    };
  }
  const version = typeof engine?.["version"] === "number" ? `?version=${engine["version"]}` : "";
  const llmPath = (operation: string) => `${operation}/${encodeURIComponent(llmId)}${version}`;
  const llm = foundOrNone(foundIn(await getAgentApi(channel, llmPath("get-retell-llm")), channel));
  if (llm.outcome !== "ok") return llm;
  return { outcome: "ok", value: llm.value && { agent: agent.value, llm: llm.value, llmPath } };
}

async function patch(channel: ChannelAccess, path: string, change: JsonObject): Promise<ApiOutcome<null>> {
  const answered = foundIn(await patchAgentApi(channel, path, change), channel);
  return answered.outcome === "ok" ? { outcome: "ok", value: null } : answered;
}

function thereOf({ agent, llm }: Parts): AssistantThere {
  const tools = toolsOf(llm);
  return {
    prompt: firstText(llm, "general_prompt") ?? "",
    greeting: firstText(llm, "begin_message") ?? "",
    language: firstText(agent, "language") ?? "",
    voice: firstText(agent, "voice_id") ?? "",
    functions: tools.flatMap((tool) => functionOf(tool) ?? []),
    transfers: tools.some(({ type }) => type === "transfer_call"),
  };
}

function toolsOf(llm: JsonObject): JsonObject[] {
  return listOf(llm["general_tools"])
    .map(objectOf)
    .filter((tool) => tool !== null);
}

function functionOf(tool: JsonObject): AssistantFunction | null {
  const name = tool["type"] === "custom" ? firstText(tool, "name") : null;
  if (name === null) return null;
  const parameters = objectOf(tool["parameters"]) ?? {};
  return { name, description: firstText(tool, "description") ?? "", parameters };
}

/** The tool of Retell's that rings where our function says. */
const putThrough = "put_through";

function modelChange({ llm }: Parts, { prompt, greeting, functions, ours, webhookUrl }: AssistantWanted): JsonObject {
  const others = othersTools(toolsOf(llm), (tool) => firstText(tool, "name"), [...ours, putThrough]);
  return {
    ...(prompt === "" ? {} : { general_prompt: prompt }),
    ...(greeting === "" ? {} : { begin_message: greeting, start_speaker: "agent" }),
    general_tools: [...others, ...functions.flatMap((one) => toolsFor(one, webhookUrl))],
  };
}

/** A function is posted to us; the one that puts through keeps the number that it is told for Retell's own tool to ring. */
function toolsFor({ name, description, parameters }: AssistantFunction, url: string): JsonObject[] {
  const tool: JsonObject = {
    type: "custom",
    name,
    description,
    url,
    method: "POST",
    parameters: { properties: {}, ...(parameters as JsonObject), type: "object" },
    speak_during_execution: false,
    speak_after_execution: true,
    timeout_ms: 10_000,
  };
  if (name !== transferFunction) return [tool];
  return [
    { ...tool, response_variables: { transfer_number: "transfer_number" } },
    {
      type: "transfer_call",
      name: putThrough,
      description: `Puts the caller through. Call it right after ${transferFunction} has said that somebody is there, never otherwise.`,
      transfer_destination: { type: "predefined", number: "{{transfer_number}}" },
      transfer_option: { type: "cold_transfer" },
    },
  ];
}

const languages = { fr: "fr-FR", en: "en-US" } as const;

function agentChange(agent: JsonObject, { voice, language }: AssistantWanted): JsonObject {
  const speaks = isLanguage(firstText(agent, "language") ?? "", language);
  return {
    ...(voice === "" || voice === agent["voice_id"] ? {} : { voice_id: voice }),
    ...(speaks ? {} : { language: languages[language] }),
  };
}
