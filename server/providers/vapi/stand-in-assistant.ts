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

/** Whose voices there are. */
const voiceProviders = ["11labs", "azure", "cartesia", "deepgram", "openai", "playht", "rime-ai", "vapi"];

/** The part of Vapi's API that knows assistants: each account has one, which is changed branch by branch. */
export function serveAssistants(app: Hono, { allowed, refuse, missing }: Door): void {
  const changed = new Map<string, JsonObject>();

  function find(context: Context): CallAccount | Response {
    const accounts = allowed(context);
    if (accounts.length === 0) return refuse(context);
    const found = accounts.find(({ credentials }) => credentials["assistant_id"] === context.req.param("id"));
    return found ?? missing(context);
  }

  app.get("/assistant/:id", (context) => {
    const account = find(context);
    return account instanceof Response
      ? account
      : context.json({ ...newAssistant(account), ...changed.get(account.id) });
  });

  app.patch("/assistant/:id", async (context) => {
    const account = find(context);
    if (account instanceof Response) return account;
    const change = objectOf((await context.req.json()) as Json) ?? {};
    const wrong = complaintsOf(change);
    if (wrong.length > 0) return context.json({ message: wrong, error: "Bad Request", statusCode: 400 }, 400);
    changed.set(account.id, { ...changed.get(account.id), ...change, updatedAt: new Date().toISOString() });
    return context.json({ ...newAssistant(account), ...changed.get(account.id) });
  });
}

/** As it is made in the console. */
function newAssistant({ id, webhookUrl }: CallAccount): JsonObject {
  return {
    id,
    name: "Accueil",
    server: { url: webhookUrl },
    firstMessage: "Bonjour ! Que puis-je faire pour vous ?",
    voice: { provider: "11labs", voiceId: "charlotte", stability: 0.5 },
    transcriber: { provider: "deepgram", model: "nova-3", language: "fr" },
    model: {
      provider: "openai",
      model: "gpt-4.1",
      temperature: 0.3,
      messages: [{ role: "system", content: "Tu réponds au téléphone." }],
      tools: [{ type: "endCall" }],
    },
  };
}

function complaintsOf(change: JsonObject): string[] {
  const voice = objectOf(change["voice"]);
  const model = objectOf(change["model"]);
  const isKnown = voice === null || voiceProviders.includes(firstText(voice, "provider") ?? "");
  return [
    ...(isKnown ? [] : [`voice.provider must be one of the following values: ${voiceProviders.join(", ")}`]),
    ...(model && !firstText(model, "provider") ? ["model.provider should not be empty"] : []),
    ...listOf(model?.["tools"]).flatMap((tool) => (firstText(objectOf(tool), "type") ? [] : ["tool.type is missing"])),
  ];
}
