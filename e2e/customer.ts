import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { newPhone } from "./numbers.ts";

/** Somebody who never wrote before, on a number set aside for fiction. */
export interface Customer {
  name: string;
  phone: string;
}

export function newCustomer(firstName: string): Customer {
  const word = Math.random()
    .toString(36)
    .replace(/[^a-z]/g, "")
    .slice(0, 6);
  return {
    name: `${firstName} ${word}`,
    phone: newPhone(),
  };
}

/** Takes a customer's phone on the simulator's page, to write to a business. */
export async function takePhone(page: Page, customer: Customer, line: RegExp): Promise<void> {
  await page.goto("/simulator");
  await page
    .getByRole("navigation", { name: "Choisir une entreprise et son numéro" })
    .getByRole("link", { name: line })
    .click();
  // Until the line is there, the form is the one of the line before.
  await page.waitForURL(/line=/);
  await page.getByText("Autre téléphone").click();
  await page.getByLabel("Nom du client").fill(customer.name);
  await page.getByLabel(/^(Téléphone|Identifiant Instagram) du client$/).fill(customer.phone);
  await page.getByRole("button", { name: "Prendre ce téléphone" }).click();
  await expect(page.getByRole("region", { name: `Téléphone de ${customer.name}` })).toBeVisible();
}

/** By what the business knows them where their provider tells numbers and no names. */
export function knownAs({ name, phone }: Customer): RegExp {
  const number = phone.replace("+33", "").replaceAll(/(?=(?:\d\d)+$)/g, "\\s?");
  return new RegExp(`${name}|${number}`);
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
  // The time beside it may bear the same figure.
  await expect(page.getByRole("log").getByText(text, { exact: true })).toBeVisible();
}

/** Somebody's mail address, as new as their telephone. */
export const mailOf = ({ name }: Customer) => `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}@client.example`;

/** Takes a customer's mailbox on the simulator's page, to write to a business by mail. */
export async function takeMailbox(page: Page, customer: Customer, line: RegExp): Promise<void> {
  await page.goto("/simulator");
  await page
    .getByRole("navigation", { name: "Choisir une entreprise et son numéro" })
    .getByRole("link", { name: line })
    .click();
  await page.waitForURL(/line=/);
  await page.getByText("Autre boîte mail").click();
  await page.getByLabel("Nom du client").fill(customer.name);
  await page.getByLabel("Adresse mail du client").fill(mailOf(customer));
  await page.getByRole("button", { name: "Prendre cette boîte mail" }).click();
  await expect(page.getByRole("region", { name: `Boîte mail de ${customer.name}` })).toBeVisible();
}

/** Turns a switch of the provider's console on the simulator's page, and waits until the provider has it so. */
export async function changeAtProvider(page: Page, label: string): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().postData()?.includes("changeAtProvider") ?? false);
  await page.getByRole("switch", { name: label }).click();
  await answered;
}
