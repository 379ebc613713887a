import { Hono } from "hono";
import { html } from "hono/html";
import { standInPage } from "../stand-in-page.ts";
import type { FakeAccount, FakeAccounts } from "./fake-accounts.ts";

/**
 * The stand-in's console, in the language of Twilio's own: where the account's owner renews the token or
 * has the posts of a number sent elsewhere, so that a channel breaks as channels do.
 */
export function createFakeConsole(accounts: FakeAccounts): Hono {
  const app = new Hono();
  app.get("/:sid", (context) => {
    const owned = ownedBy(context.req.param("sid"));
    return owned.length === 0 ? context.notFound() : context.html(consolePage(owned, null));
  });
  app.post("/:sid", async (context) => {
    const sid = context.req.param("sid");
    if (ownedBy(sid).length === 0) return context.notFound();
    const form = new URLSearchParams(await context.req.text());
    const [number, address] = [form.get("number"), form.get("address")];
    const token = form.get("do") === "renew" ? accounts.renewToken(sid) : null;
    if (number !== null && address !== null && URL.canParse(address)) accounts.postTo(number, address);
    return context.html(consolePage(ownedBy(sid), token));
  });

  function ownedBy(sid: string): FakeAccount[] {
    return accounts.all().filter(({ credentials }) => credentials.account_sid === sid);
  }

  return app;
}

function consolePage(owned: readonly FakeAccount[], token: string | null) {
  return standInPage(
    "Twilio (simulator)",
    html`<h1>Twilio (simulator)</h1>
      <p>Account <code>${owned[0]?.credentials.account_sid}</code></p>
      <form method="post">
        ${
          token === null
            ? html`<p>The auth token opens the API and signs what is posted to you.</p>`
            : html`<p>The former token is void. The new one: <code id="token">${token}</code></p>`
        }
        <button name="do" value="renew">Renew the auth token</button>
      </form>
      ${owned.map(
        ({ id, address, channelType, webhookUrl }) =>
          html`<form method="post">
            <input type="hidden" name="number" value="${id}" />
            <label>
              ${address}: ${channelType === "phone" ? "a call comes in" : "a message comes in"}
              <input type="url" name="address" value="${webhookUrl}" required size="36" />
            </label>
            <button>Save the address of ${address}</button>
          </form>`,
      )}`,
    "en",
  );
}
