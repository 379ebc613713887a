import type { Hono, Context } from "hono";
import type { Json, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import type { CallAccount } from "../stand-in-calls.ts";

interface Door {
  /** The accounts that a request's key opens; none: it is refused. */
  allowed(context: Context): CallAccount[];
  refuse(context: Context): Response;
  missing(context: Context): Response;
}

/** The part of Retell's API that knows agents, and the models that they speak with. */
export function serveAgents(app: Hono, { allowed, refuse, missing }: Door): void {
  const agents = new Map<string, JsonObject>();
  const models = new Map<string, JsonObject>();

  function find(context: Context, idOf: (account: CallAccount) => string): CallAccount | Response {
    const accounts = allowed(context);
    if (accounts.length === 0) return refuse(context);
    return accounts.find((account) => idOf(account) === context.req.param("id")) ?? missing(context);
  }
  const agentIdOf = ({ credentials }: CallAccount) => credentials["agent_id"] ?? "";
  const agentOf = (account: CallAccount) => ({ ...newAgent(account), ...agents.get(account.id) });
  const modelOf = (account: CallAccount) => ({ ...newModel(account), ...models.get(account.id) });

  app.get("/get-agent/:id", (context) => {
    const account = find(context, agentIdOf);
    return account instanceof Response ? account : context.json(agentOf(account));
  });
  app.get("/get-retell-llm/:id", (context) => {
    const account = find(context, modelIdOf);
    return account instanceof Response ? account : context.json(modelOf(account));
  });
  app.patch("/update-agent/:id", async (context) => {
    const account = find(context, agentIdOf);
    if (account instanceof Response) return account;
    const change = objectOf((await context.req.json()) as Json) ?? {};
    const voice = firstText(change, "voice_id");
    if (voice !== null && !/^(retell|11labs|openai|cartesia|minimax|custom)[-_]\w+/.test(voice))
      return context.json({ status: "error", message: `Voice ${voice} not found` }, 422);
    agents.set(account.id, { ...agents.get(account.id), ...change });
    return context.json(agentOf(account));
  });
  app.patch("/update-retell-llm/:id", async (context) => {
    const account = find(context, modelIdOf);
    if (account instanceof Response) return account;
    const change = objectOf((await context.req.json()) as Json) ?? {};
    const nameless = listOf(change["general_tools"]).some((tool) => firstText(objectOf(tool), "name") === null);
    if (nameless) return context.json({ status: "error", message: "Tool name is required" }, 400);
    models.set(account.id, { ...models.get(account.id), ...change });
    return context.json(modelOf(account));
  });
}

const modelIdOf = ({ id }: CallAccount) => `llm_${id.replace(/^agent_/, "")}`;

/** As it is made in the console. */
function newAgent(account: CallAccount): JsonObject {
  return {
    agent_id: account.id,
    version: 0,
    agent_name: "Accueil",
    webhook_url: account.webhookUrl,
    voice_id: "retell-Cimo",
    language: "fr-FR",
    response_engine: { type: "retell-llm", llm_id: modelIdOf(account), version: 0 },
    last_modification_timestamp: 0,
  };
}

function newModel(account: CallAccount): JsonObject {
  return {
    llm_id: modelIdOf(account),
    version: 0,
    model: "gpt-4.1",
    general_prompt: "Tu réponds au téléphone.",
    begin_message: "Bonjour ! Que puis-je faire pour vous ?",
    start_speaker: "agent",
    general_tools: [{ type: "end_call", name: "end_call" }],
    last_modification_timestamp: 0,
  };
}
