import { AxeBuilder } from "@axe-core/playwright";
import { customerPhone, said, thread } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";
const agent = "agent";

test.beforeEach(({ signIn }) => signIn(agent));

test("a message arrives, is answered once however often one presses, and its ticks go on without a reload", async ({
  page,
  baseURL,
}) => {
  const phone = await customerPhone(page, baseURL);
  await page.goto(inbox);
  await phone.write("Bonjour, ma lampe grésille.");
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "grésille")).toBeVisible();
  await phone.write("C’est le modèle Oberkampf.");
  await expect(said(page, "Oberkampf")).toBeVisible();

  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: "Répondre" }).fill("Nous regardons cela.");
  await page.getByRole("button", { name: "Envoyer" }).dblclick();
  await expect(said(page, "Nous regardons cela.").getByText(/distribué/)).toBeVisible();
  await expect(said(page, "Nous regardons cela.")).toHaveCount(1);
  await phone.read();
  await expect(said(page, "Nous regardons cela.").getByText(/· lu/)).toBeVisible();

  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).fill("Voir avec l’atelier");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Voir avec l’atelier").getByText(/note interne/)).toBeVisible();

  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await expect(thread(page).getByText(/Résolue par Nadia/)).toBeVisible();
  await phone.write("Merci !");
  await expect(thread(page).getByText(/Rouverte par un nouveau message/)).toBeVisible();
});

test("a message that the thread shows before its send is answered is there once", async ({ page, baseURL }) => {
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour");
  await page.goto(inbox);
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "Bonjour")).toBeVisible();

  let answer = () => {};
  const told = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/inbox\/[^/]+\/outgoing$/, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const response = await route.fetch();
    await told;
    await route.fulfill({ response });
  });
  await page.getByRole("textbox", { name: "Répondre" }).fill("Une seule fois");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Une seule fois").getByText(/distribué/)).toBeVisible();
  await expect(said(page, "Une seule fois")).toHaveCount(1);
  answer();
  await expect(page.getByText("envoi…")).toHaveCount(0);
  await expect(said(page, "Une seule fois")).toHaveCount(1);
});

test("a colleague's assignment shows at once; a quick reply comes filled in", async ({ page, baseURL, otherPage }) => {
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour");
  await page.goto(inbox);
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "Bonjour")).toBeVisible();
  const other = await otherPage("admin");
  await other.goto(page.url());
  await other.getByRole("button", { name: "Attribuer" }).click();
  await other.getByRole("menuitemcheckbox", { name: /Nadia/ }).click();
  await expect(thread(page).getByText(/a attribué la conversation à Nadia/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Attribuée à Nadia/ })).toBeVisible();

  await page.getByRole("textbox", { name: "Répondre" }).fill("/bonj");
  await page.getByRole("option", { name: /\/bonjour/ }).click();
  await expect(page.getByRole("textbox", { name: "Répondre" })).toHaveValue(/Bonjour Agathe/);
});

test("what is being read stays in place while more arrives", async ({ page, baseURL }) => {
  const phone = await customerPhone(page, baseURL);
  for (let i = 1; i <= 60; i++) await phone.write(`Ligne ${i}.`);
  await page.goto(inbox);
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "Ligne 60.")).toBeInViewport();
  await thread(page).evaluate((box) => (box.scrollTop = -1_000));
  // One element all along: what plays in it, is opened or selected would end with it.
  const read = (await said(page, "Ligne 45.").elementHandle())!;
  const topOf = () => read.evaluate((bubble) => (bubble.isConnected ? bubble.getBoundingClientRect().top : Number.NaN));
  const before = await topOf();
  const expectInPlace = async () => expect(Math.abs((await topOf()) - before)).toBeLessThan(3);
  await phone.write("Une de plus.");
  await expect(page.getByRole("button", { name: "1 nouveau message" })).toBeVisible();
  await expectInPlace();
  // Pressed where it is: pointing at it would scroll there.
  await page.getByRole("link", { name: "Messages plus anciens" }).evaluate((link: HTMLElement) => link.click());
  await expect(page.getByRole("link", { name: "Messages plus anciens" })).toHaveCount(0);
  await expectInPlace();
  await expect(thread(page).locator("ol[data-long]")).toBeVisible();
  await expectInPlace();
  await page.getByRole("button", { name: "1 nouveau message" }).click();
  await expect(said(page, "Une de plus.")).toBeInViewport();
  await thread(page).evaluate((box) => (box.scrollTop = -box.scrollHeight));
  await expect(said(page, "Ligne 1.")).toBeInViewport();
});

test("the inbox is readable before any script, explains a closed window, and holds up to axe", async ({
  page,
  browser,
  baseURL,
  context,
}) => {
  // It stands behind all that was written today.
  await page.goto(`${inbox}?${new URLSearchParams({ view: "open", q: "Karim Benali" })}`);
  await page.getByRole("link", { name: "Karim Benali" }).click();
  await expect(page.getByText("Ce client n’a pas écrit depuis plus de 24 h")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Note" })).toBeVisible();
  for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }] as const) {
    await page.emulateMedia(look);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("link", { name: "Retour à la liste" })).toBeVisible();
  await page.getByRole("link", { name: "Fiche du client" }).click();
  await expect(page.getByRole("link", { name: "Revenir aux messages" })).toBeVisible();

  const plain = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    locale: "fr-FR",
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  });
  const reader = await plain.newPage();
  await reader.goto(page.url().replace(/[?&]customer=1/, ""));
  await expect(reader.getByText("Super clair, je commande ce week-end.").first()).toBeVisible();
  await plain.close();
});
