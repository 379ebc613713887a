import type { Page } from "@playwright/test";
import { pageOf } from "#db/seed/page-of.ts";
import { connectChannel } from "./connect-channel.ts";
import { changeAtProvider, newCustomer, takePhone } from "./customer.ts";
import { customerPhone } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";
import { picture } from "./picture.ts";

const inbox = "/t/atelier-lumen/inbox";
const admin = "Atelier Lumen, admin";

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const quote = (name = "devis.pdf"): Given => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from(pageOf("Devis", ["Une lampe"])),
});

/** What a phone records: the first page of an Opus stream. */
function voiceNote(): Given {
  const head = Buffer.from("OggS\0\u0002", "latin1");
  const page = Buffer.concat([head, Buffer.alloc(20), Buffer.from("\u0001\u0013OpusHead", "latin1"), Buffer.alloc(64)]);
  return { name: "message-vocal.ogg", mimeType: "audio/ogg", buffer: page };
}

const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
const shown = (phone: Page, text: string | RegExp) =>
  phone.getByRole("log").getByRole("article").filter({ hasText: text });

/** The customer sends a file, with or without words. */
async function send(phone: Page, file: Given, words = ""): Promise<void> {
  await phone.getByLabel("Joindre un fichier").setInputFiles(file);
  await phone.getByRole("textbox", { name: "Message", exact: true }).fill(words);
  await phone.getByRole("button", { name: "Envoyer" }).click();
  await expect(phone.getByRole("button", { name: `Retirer ${file.name}` })).toHaveCount(0);
}

/** Hands files over as a person does who drags or pastes them. */
async function give(page: Page, how: "drop" | "paste", file: Given): Promise<void> {
  const { name, mimeType, buffer } = file;
  const event = await page.evaluateHandle(
    ({ bytes, type, fileName, kind }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], fileName, { type }));
      const shared = { bubbles: true, cancelable: true };
      return kind === "drop"
        ? new DragEvent("drop", { ...shared, dataTransfer: data })
        : new ClipboardEvent("paste", { ...shared, clipboardData: data });
    },
    { bytes: buffer.toString("base64"), type: mimeType, fileName: name, kind: how },
  );
  await page
    .getByRole("textbox", { name: /Répondre/ })
    .evaluate((field, happening) => field.dispatchEvent(happening), event);
}

test("a picture, a voice message and a document, both ways; shown to members of the business alone", async ({
  page,
  signIn,
  otherPage,
  baseURL,
}) => {
  await signIn(admin);
  const customer = newCustomer("Ombeline");
  const phone = await otherPage(admin);
  await takePhone(phone, customer, /WhatsApp boutique/);
  await send(phone, picture("lampe.png"), "La voici");
  await send(phone, voiceNote());
  await send(phone, quote("facture.pdf"));

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  const image = thread(page)
    .getByRole("link", { name: /^Agrandir/ })
    .getByRole("img");
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
  await expect(thread(page).locator("audio")).toHaveAttribute("src", /\/files\//);
  const download = page.waitForEvent("download");
  await thread(page).getByRole("link", { name: "Télécharger facture.pdf" }).click();
  expect((await download).suggestedFilename()).toBe("facture.pdf");

  await image.click();
  const viewer = page.getByRole("dialog");
  await expect(viewer.getByRole("img")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();

  const address = (await image.getAttribute("src")) ?? "";
  const stranger = await otherPage("Harlow Studio, owner");
  expect((await stranger.request.get(address)).status()).toBe(404);
  expect((await stranger.request.get(address.replace("atelier-lumen", "harlow-studio"))).status()).toBe(404);
  expect((await fetch(new URL(address, baseURL))).status).toBe(401);

  const attached = page.getByRole("list", { name: "Fichiers joints" });
  await give(page, "paste", picture("croquis.png"));
  await give(page, "drop", quote());
  await page.getByTestId("attach").setInputFiles({ ...voiceNote(), name: "réponse.ogg" });
  await expect(attached.getByRole("listitem")).toHaveCount(3);
  await expect(attached.getByRole("progressbar")).toHaveCount(0);
  await page.getByRole("textbox", { name: /Répondre/ }).fill("Tout est là.");
  await page.keyboard.press("Control+Enter");
  await expect(shown(phone, "Tout est là.")).toContainText("croquis.png");
  await expect(shown(phone, "devis.pdf")).toBeVisible();
  await expect(shown(phone, "réponse.ogg")).toBeVisible();
  await expect(thread(page).getByRole("link", { name: "Télécharger devis.pdf" })).toBeVisible();
});

test("a file that is too large, or not what it says, has its own words; nothing else is lost", async ({
  page,
  signIn,
  otherPage,
}) => {
  // 27 MB on their way through a browser's form.
  test.slow();
  await signIn(admin);
  const customer = newCustomer("Barnabé");
  const phone = await otherPage(admin);
  await takePhone(phone, customer, /WhatsApp boutique/);
  const huge = Buffer.alloc(27 * 1024 * 1024);
  picture("x").buffer.copy(huge);
  await send(phone, { name: "affiche.png", mimeType: "image/png", buffer: huge });
  await send(phone, { ...quote("photo.png"), mimeType: "image/png" }, "Regardez !");

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await expect(thread(page).getByText("Trop volumineux : ce fichier n’a pas été gardé.")).toBeVisible();
  await expect(thread(page).getByText("Ce fichier n’est pas ce qu’il dit être : il n’a pas été gardé.")).toBeVisible();
  await expect(thread(page).getByText("Regardez !")).toBeVisible();

  const attached = page.getByRole("list", { name: "Fichiers joints" });
  await page.getByTestId("attach").setInputFiles([{ ...quote("image.png"), mimeType: "image/png" }, picture("ok.png")]);
  await expect(attached.getByRole("listitem").filter({ hasText: "image.png" })).toContainText(
    "Ce fichier n’est pas ce que son nom annonce.",
  );
  await expect(page.getByRole("button", { name: "Envoyer" })).toBeDisabled();
  const discarded = page.waitForResponse((answer) => answer.request().method() === "DELETE");
  await page.getByRole("button", { name: "Retirer image.png" }).click();
  await page.getByRole("button", { name: "Retirer ok.png" }).click();
  expect((await discarded).status()).toBe(204);
  await expect(attached).toHaveCount(0);
});

test("what is sent while its file is still on its way leaves with it, unless one goes on writing", async ({
  page,
  signIn,
  baseURL,
}) => {
  await signIn(admin);
  const phone = await customerPhone(page, baseURL);
  await phone.write("Vous m’envoyez le plan ?");
  await page.goto(inbox);
  await page.getByRole("link", { name: phone.name }).click();
  const words = page.getByRole("textbox", { name: /Répondre/ });
  const button = page.getByRole("button", { name: "Envoyer" });
  await expect(words).toBeVisible();
  const { promise: released, resolve: letGo } = Promise.withResolvers<void>();
  await page.route(/\/files\?name=/, async (route) => {
    await released;
    await route.continue();
  });
  await page.getByTestId("attach").setInputFiles(picture("plan.png"));
  await words.fill("Le voici");
  await page.keyboard.press("Control+Enter");
  await expect(button).toHaveAttribute("aria-busy", "true");
  await words.pressSequentially(", à l’échelle.");
  await expect(button).not.toHaveAttribute("aria-busy", "true");
  await button.click();
  await expect(button).toHaveAttribute("aria-busy", "true");
  await expect(words).toHaveValue("Le voici, à l’échelle.");
  letGo();
  await expect(words).toHaveValue("");
  await expect.poll(phone.transcript).toEqual(["Le voici, à l’échelle."]);
  await expect(thread(page).getByRole("link", { name: /^Agrandir/ })).toBeVisible();
});

test("a file that the provider refused to hand over says why, and comes when it is asked for again", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = newCustomer("Philippine");
  const name = `WhatsApp ${customer.name}`;
  await connectChannel(page, { provider: "whatsapp", name });
  const phone = await otherPage(admin);
  await takePhone(phone, customer, new RegExp(name));
  const revoke = phone.getByRole("switch", { name: "Révoquer le jeton d’accès" });
  await changeAtProvider(phone, "Révoquer le jeton d’accès");
  await expect(revoke).toBeChecked();
  await send(phone, picture("lampe.png"), "Elle clignote.");

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await expect(thread(page).getByText("WhatsApp a refusé notre accès.")).toBeVisible();
  await changeAtProvider(phone, "Révoquer le jeton d’accès");
  await expect(revoke).not.toBeChecked();
  await page.getByRole("button", { name: "Redemander le fichier" }).click();
  await expect(thread(page).getByRole("link", { name: /^Agrandir/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Redemander le fichier" })).toHaveCount(0);
});
