import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

interface Line {
  channelId: string;
  channelType: string;
  tenantSlug: string;
}

interface View {
  seen: { messages: { author: string; text: string }[] };
}

/** A customer's phone on the shop's WhatsApp number; nobody else's test writes from it. */
export async function customerPhone(page: Page, origin = "") {
  const ask = async <T>(path: string, json: unknown, verb: "post" | "get" = "post"): Promise<T> => {
    const query = new URLSearchParams({ input: JSON.stringify({ json }) });
    const answer =
      verb === "post"
        ? await page.request.post(`/trpc/simulator.${path}`, { data: { json }, headers: { origin } })
        : await page.request.get(`/trpc/simulator.${path}?${query}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { result: { data: { json: T } } }).result.data.json;
  };
  const lines = await ask<Line[]>("lines", null, "get");
  const line = lines.find((one) => one.tenantSlug === "atelier-lumen" && one.channelType === "whatsapp");
  if (!line) throw new Error("the demo has no WhatsApp line");
  const { channelId } = line;
  const unique = String(Date.now()).slice(-5) + String(Math.floor(Math.random() * 10));
  const address = `+33639${unique}`;
  const name = `Agathe ${unique}`;
  return {
    name,
    write: (text: string) => ask("write", { channelId, address, name, text }),
    read: () => ask("read", { channelId, address }),
    /** Everything that arrived on it, in its order. */
    transcript: async () => {
      const { seen } = await ask<View>("view", { channelId, address }, "get");
      return seen.messages.filter(({ author }) => author === "business").map(({ text }) => text);
    },
  };
}

export const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
export const said = (page: Page, text: string) => thread(page).locator(".bubble").filter({ hasText: text });
