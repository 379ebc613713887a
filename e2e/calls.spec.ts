import type { Page } from "@playwright/test";
import { connectChannel } from "./connect-channel.ts";
import type { ConnectedChannel } from "./connect-channel.ts";
import { changeAtProvider, newCustomer } from "./customer.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";

/** The customer's telephone, as the simulator has it, on a page of its own. */
async function takeTelephone(page: Page, { channelId }: ConnectedChannel, vendor: { names: boolean }) {
  const { name, phone } = newCustomer("Appel");
  await page.goto(`/simulator?${new URLSearchParams({ line: channelId, phone, name }).toString()}`);
  const status = page.getByRole("status");
  const number = phone.replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "+33 $1 $2 $3 $4 $5");
  return {
    /** How the business comes to know the caller: in its inbox, and on the page of the call. */
    caller: vendor.names ? { listed: name, named: name } : { listed: phone, named: number },
    ring: async (heard: "En ligne" | "Appel terminé" = "En ligne") => {
      await page.getByRole("button", { name: "Appeler" }).click();
      await expect(status.filter({ hasText: heard })).toBeVisible();
    },
    say: async (text: string) => {
      await page.getByRole("textbox", { name: "Dites quelque chose" }).fill(text);
      await page.getByRole("button", { name: "Dire" }).click();
      await expect(page.getByRole("log", { name: "Ce qui se dit" })).toContainText(text);
    },
    askTime: () => page.getByRole("button", { name: "Demander l’heure" }).click(),
    hangUp: async () => {
      await page.getByRole("button", { name: "Raccrocher" }).click();
      await expect(status.filter({ hasText: "Appel terminé" })).toBeVisible();
    },
    change: async (fault: string, on: boolean) => {
      await changeAtProvider(page, fault);
      await expect(page.getByRole("switch", { name: fault })).toBeChecked({ checked: on });
    },
  };
}

const vendors = [
  { provider: "vapi", title: "Vapi", names: true },
  // Retell tells numbers and no names.
  { provider: "retell", title: "Retell", names: false },
] as const;

for (const vendor of vendors) {
  const { provider, title } = vendor;
  test.describe(title, () => {
    // The second journey goes on with the channel of the first.
    test.describe.configure({ mode: "serial", timeout: 120_000 });
    let channel: ConnectedChannel;
    test.beforeEach(({ signIn }) => signIn("Atelier Lumen, admin"));

    test("is connected from nothing; a call is read as it is spoken, and whole once it is over", async ({
      page,
      otherPage,
    }) => {
      channel = await connectChannel(page, { provider, name: `Accueil ${title} ${Date.now().toString(36)}` });
      const telephone = await takeTelephone(await otherPage("Atelier Lumen, admin"), channel, vendor);
      await page.goto(inbox);
      await telephone.ring();
      await page.getByRole("link", { name: telephone.caller.listed }).click();
      const call = page.getByRole("region", { name: "Messages échangés" }).locator(".bubble").last();
      await expect(call).toContainText("En ligne");
      await expect(call).toContainText("Que puis-je faire pour vous ?");
      await telephone.say("Mon lustre ne s’allume plus.");
      await expect(call).toContainText("Mon lustre ne s’allume plus.");
      await telephone.askTime();
      await expect(call).toContainText(/Il est \d+ heures?/);
      await telephone.hangUp();
      await expect(call).toContainText("Appel reçu");
      await expect(call).toContainText("La personne a dit : « Mon lustre ne s’allume plus. »");
      await expect(call).toContainText("Ton neutre");
      await expect(call).toContainText("0,07");

      const player = call.locator("audio");
      await expect(player).toBeVisible();
      const recording = (await player.getAttribute("src"))!;
      const played = await page.request.get(recording);
      expect([played.status(), played.headers()["content-type"]]).toEqual([200, "audio/wav"]);
      const stranger = await otherPage("Harlow Studio, owner");
      expect((await stranger.request.get(recording)).status()).toBe(404);

      await call.getByRole("link", { name: "Ouvrir l’appel" }).click();
      await expect(page.getByRole("heading", { name: `Appel avec ${telephone.caller.named}` })).toBeVisible();
      await expect(page.getByRole("list", { name: "Ce qui s’est dit" })).toContainText("Mon lustre ne s’allume plus.");
      await expect(page.getByRole("complementary").getByText("A demandé l’heure")).toBeVisible();
      expect((await stranger.request.get(new URL(page.url()).pathname)).status()).toBe(404);
    });

    test("what breaks it is explained: another address, another secret, a key that was taken back", async ({
      page,
      otherPage,
    }) => {
      const telephone = await takeTelephone(await otherPage("Atelier Lumen, admin"), channel, vendor);
      await telephone.ring();

      // Its events go elsewhere: the end of the call never arrives, and is asked for.
      await telephone.change("Saisir une autre adresse", true);
      await telephone.hangUp();
      await page.goto(inbox);
      await page.getByRole("link", { name: telephone.caller.listed }).click();
      await expect(page.locator(".bubble").last()).toContainText("En ligne");
      await page.getByRole("link", { name: "Ouvrir l’appel" }).click();
      await page.getByRole("button", { name: "Demander au fournisseur" }).click();
      await expect(page.getByText("n’est pas arrivée d’elle-même")).toBeVisible();
      await expect(page.getByText("Appel reçu")).toBeVisible();

      await page.goto(channel.path);
      const test = page.getByRole("button", { name: /Lancer le test|Relancer le test/ });
      await test.click();
      await expect(page.getByText("Une autre adresse est enregistrée.")).toBeVisible();
      await telephone.change("Saisir une autre adresse", false);

      await telephone.change("Révoquer le jeton d’accès", true);
      await test.click();
      await expect(page.getByText("La clé d’API est refusée")).toBeVisible();
      await telephone.change("Révoquer le jeton d’accès", false);

      await telephone.change("Renouveler le secret", true);
      await telephone.ring("Appel terminé");
      await page.goto(channel.path);
      await expect(page.getByText("avec une signature fausse. Vérifiez le secret enregistré ici.")).toBeVisible();
    });
  });
}
