import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { newDigits } from "./numbers.ts";

interface Line {
  channelId: string;
  channelType: string;
  tenantSlug: string;
  name: string;
}

interface View {
  seen: { messages: { author: string; text: string }[] };
}

type Ask = <T>(path: string, json: unknown, verb?: "post" | "get") => Promise<T>;

/** A customer's phone on a line, the shop's WhatsApp number unless told; nobody else's test writes from it. */
export async function customerPhone(page: Page, origin = "", isLine = onType("whatsapp")) {
  const ask = simulator(page, origin);
  return phoneOn(ask, await findLine(ask, isLine), newSomebody());
}

/** One customer with a telephone for WhatsApp and SMS, who writes to the shop's numbers. */
export async function customerOnTwoLines(page: Page, origin = "") {
  const ask = simulator(page, origin);
  const somebody = newSomebody();
  const [whatsapp, sms] = [await findLine(ask, onType("whatsapp")), await findLine(ask, onType("sms"))];
  return { name: somebody.name, whatsapp: phoneOn(ask, whatsapp, somebody), sms: phoneOn(ask, sms, somebody) };
}

/** The line that bears a name. */
export const named = (name: string) => (line: Line) => line.name === name;

/** The first of a type that a business has. */
export const onType =
  (type: string, slug = "atelier-lumen") =>
  (line: Line) =>
    line.channelType === type && line.tenantSlug === slug;

/** Asks the simulator's procedures as its page does. */
function simulator(page: Page, origin: string): Ask {
  return async <T>(path: string, json: unknown, verb: "post" | "get" = "post"): Promise<T> => {
    const query = new URLSearchParams({ input: JSON.stringify({ json }) });
    const answer =
      verb === "post"
        ? await page.request.post(`/trpc/simulator.${path}`, { data: { json }, headers: { origin } })
        : await page.request.get(`/trpc/simulator.${path}?${query}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { result: { data: { json: T } } }).result.data.json;
  };
}

async function findLine(ask: Ask, isLine: (line: Line) => boolean): Promise<Line> {
  const lines = await ask<Line[]>("lines", null, "get");
  const line = lines.find(isLine);
  if (!line) throw new Error("there is no such line");
  return line;
}

function newSomebody() {
  const digits = newDigits();
  return { name: `Agathe ${digits}`, address: `+3363998${digits}` };
}

function phoneOn(ask: Ask, { channelId, name: line }: Line, { name, address }: { name: string; address: string }) {
  return {
    name,
    line,
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
