import type { JsonObject } from "./contract-events.ts";
import type { ApiOutcome, ChannelAccess } from "./contract-sending.ts";

/** A function of ours as a voice agent is told of it: parameters in JSON Schema. */
export interface AssistantFunction {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

/** What is managed of a voice agent, as its provider has it now. What else the provider keeps of it is nobody's business here. */
export interface AssistantThere {
  prompt: string;
  /** What it says first. */
  greeting: string;
  /** The provider's word, such as `fr-FR`; empty where none is set. */
  language: string;
  voice: string;
  /** Functions that it calls over HTTP, whoever they belong to. */
  functions: AssistantFunction[];
  /** The provider's own tool that puts callers through is among its tools. */
  transfers: boolean;
}

/** What is to be so. An empty text is left as the provider has it. */
export interface AssistantWanted {
  prompt: string;
  greeting: string;
  language: "fr" | "en";
  voice: string;
  /** Those that it may call, and the names of all that are ours: of these, the others are taken away. */
  functions: readonly AssistantFunction[];
  ours: readonly string[];
  /** Where functions that need an address of their own are answered. */
  webhookUrl: string;
}

/** How the definition of a vendor's voice agents is read and written. */
export interface AssistantClient {
  /** null: the provider has no such agent. Refused with `cannot_manage` where it is of a kind that is built elsewhere. */
  read(channel: ChannelAccess): Promise<ApiOutcome<AssistantThere | null>>;
  /** Changes what differs and nothing else. */
  write(channel: ChannelAccess, wanted: AssistantWanted): Promise<ApiOutcome<null>>;
}

/** Whether two of the provider's words or ours mean one language: `fr`, `fr-FR`, `fr_CA`. */
export function isLanguage(said: string, wanted: "fr" | "en"): boolean {
  return said.toLowerCase().split(/[-_]/)[0] === wanted;
}

/** The name of the function that puts callers through: vendors do that with tools of their own. */
export const transferFunction = "transfer_to_human";

/** An agent's tools without those that are ours. */
export function othersTools<Tool extends JsonObject>(
  tools: readonly Tool[],
  nameOf: (tool: Tool) => string | null,
  ours: readonly string[],
): Tool[] {
  return tools.filter((tool) => {
    const name = nameOf(tool);
    return name === null || !ours.includes(name);
  });
}
