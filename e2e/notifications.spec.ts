import { customerPhone, said, thread } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";

test("a colleague called in a note hears of it at once, goes there, and has seen it", async ({
  page,
  signIn,
  otherPage,
  baseURL,
}) => {
  await signIn("agent");
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour");
  const other = await otherPage("admin");
  await other.goto("/t/atelier-lumen/notifications");
  await page.goto(inbox);
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "Bonjour")).toBeVisible();
  await page.keyboard.press("n");
  const note = page.getByRole("textbox", { name: "Note" });
  await note.pressSequentially("Peux-tu regarder @cam");
  await expect(page.getByRole("option", { name: /Camille/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(note).toHaveValue(/@Camille \S+ $/);
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Peux-tu regarder").getByText(/note interne/)).toBeVisible();

  const told = other.getByRole("listitem").filter({ hasText: phone.name });
  await expect(told).toContainText("Nadia");
  await expect(told).toContainText("vous a mentionné");
  await expect(other.getByRole("link", { name: /Notifications.*pas encore vue/ })).toBeVisible();
  await told.getByRole("button").click();
  await expect(thread(other).getByText("Peux-tu regarder")).toBeVisible();
  await other.getByRole("link", { name: /^Notifications/ }).click();
  await expect(told).not.toContainText("pas encore vue");
});

test("one chooses of what one hears, and when one rests", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/t/atelier-lumen/settings/notifications");
  await page.getByRole("checkbox", { name: "un client répond dans une conversation à moi : Appareil" }).uncheck();
  await page.getByRole("button", { name: "Enregistrer ces choix" }).click();
  await expect(page.getByText("Vos réglages sont enregistrés.")).toBeVisible();
  await page.getByLabel("Chaque jour, de").fill("21:00");
  await page.getByLabel("à", { exact: true }).fill("07:30");
  await page.getByRole("button", { name: "Enregistrer ces heures" }).click();
  const again = page.getByRole("button", { name: "Me prévenir à nouveau" });
  // An attempt before may have ended while nobody was to be told.
  if (await again.isVisible()) await again.click();
  await page.getByRole("button", { name: "1 heure" }).click();
  await expect(page.getByText(/Rien ne vous réveille jusqu’à/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Chaque jour, de")).toHaveValue("21:00");
  await expect(
    page.getByRole("checkbox", { name: "un client répond dans une conversation à moi : Appareil" }),
  ).not.toBeChecked();
  await again.click();
  await expect(page.getByRole("button", { name: "4 heures", exact: true })).toBeVisible();
});
