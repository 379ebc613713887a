import type { APIRequestContext } from "@playwright/test";
import { providerNames } from "#server/providers/contract.ts";
import type { Place } from "./pages.ts";

export interface Setups {
  /** Each step of each provider's set-up, and the channel's page once it is done, by the name of its picture. */
  pages: Record<string, Place>;
  /** Takes the channels away that were made for them. */
  close(): Promise<void>;
}

/** Channels of every provider, carried by the simulator, that stand at the last step: each earlier one opens. `word` ends their names. */
export async function openSetups(
  request: APIRequestContext,
  origin: string,
  slug: string,
  word: string,
): Promise<Setups> {
  const headers = { origin, "x-guichet-tenant": slug };
  const call = async (method: string, path: string, data?: object) => {
    const answer = await request.fetch(`${origin}/api/v1/channels${path}`, { method, headers, data });
    if (!answer.ok()) throw new Error(`${method} ${path} was answered ${answer.status()}: ${await answer.text()}`);
    return answer;
  };
  const made: string[] = [];
  const open = async (provider: string, name: string, setupStep: "routing" | "done") => {
    const answer = await call("POST", "", { provider, name, simulated: true });
    const { channelId } = (await answer.json()) as { channelId: string };
    made.push(channelId);
    await call("PATCH", `/${channelId}`, { setupStep });
    return `/t/${slug}/settings/channels/${channelId}`;
  };
  const pages: Record<string, Place> = {};
  for (const provider of providerNames) {
    const inSetup = await open(provider, `Essai ${provider} ${word}`, "routing");
    pages[`setup-${provider}-credentials`] = `${inSetup}?step=credentials`;
    if (provider !== "email") pages[`setup-${provider}-webhook`] = `${inSetup}?step=webhook`;
    const at = `${inSetup}?step=test`;
    pages[`setup-${provider}-test`] = at;
    pages[`setup-${provider}-tested`] = { at, press: /Lancer le test/, until: /Tout est en ordre|à corriger/ };
    pages[`setup-${provider}-routing`] = `${inSetup}?step=routing`;
    pages[`channel-${provider}`] = await open(provider, `Canal ${provider} ${word}`, "done");
  }
  return {
    pages,
    close: async () => {
      for (const channelId of made.splice(0)) await call("DELETE", `/${channelId}`);
    },
  };
}
