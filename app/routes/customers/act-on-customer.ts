import { redirect } from "react-router";

import { refusalOf, type Refusal } from "#app/context.ts";
import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { centsOf } from "./cents-of.ts";
import { channels, segments } from "./customer-words.ts";

export type CustomerAnswer =
  | { ok: true; intent: string }
  | ({ ok: false; intent: string; holder: { id: string; name: string } | null } & Refusal);
interface Asked {
  api: Caller;
  customerId: string;
  form: FormData;
  path: string;
}

/** Carries out what a form of the customer's page asks for, by its `intent`. */
export async function actOnCustomer(asked: Asked) {
  const { api, form } = asked;
  const intent = String(form.get("intent") ?? "");
  if (intent === "update") return update(asked);
  try {
    await perform(asked, intent);
    return { ok: true, intent } satisfies CustomerAnswer;
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found" || refusal.code === "unauthenticated") throw thrown;
    const taken = Object.values(refusal.fields).flat().includes("identity_taken");
    const kind = writtenKind(form);
    const holder = taken && kind ? await api.customers.holder({ kind, value: String(form.get("value")) }) : null;
    return { ok: false, intent, holder, ...refusal } satisfies CustomerAnswer;
  }
}

const writtenKind = (form: FormData) =>
  (["phone", "email", "handle"] as const).find((known) => known === form.get("kind"));
const logged = ["call", "visit", "email", "order", "other"] as const;

async function perform({ api: { customers }, customerId, form }: Asked, intent: string): Promise<void> {
  const word = (name: string) => String(form.get(name) ?? "");
  switch (intent) {
    case "add-identity":
      await customers.identities.create({ customerId, kind: writtenKind(form) ?? "phone", value: word("value") });
      return;
    case "primary-identity":
      await customers.identities.makePrimary({ customerId, identityId: word("identityId") });
      return;
    case "remove-identity":
      await customers.identities.delete({ customerId, identityId: word("identityId") });
      return;
    case "add-tag":
      await customers.tags.create({ customerId, tag: word("tag") });
      return;
    case "remove-tag":
      await customers.tags.delete({ customerId, tag: word("tag") });
      return;
    case "add-note":
      await customers.notes.create({ customerId, content: word("content") });
      return;
    case "edit-note":
      await customers.notes.update({ customerId, noteId: word("noteId"), content: word("content") });
      return;
    case "delete-note":
      await customers.notes.delete({ customerId, noteId: word("noteId") });
      return;
    case "log": {
      const type = logged.find((known) => known === word("type")) ?? "other";
      const amountCents = type === "order" ? (centsOf(word("amount")) ?? Number.NaN) : undefined;
      await customers.activities.create({
        customerId,
        type,
        description: word("description"),
        ...(amountCents === undefined ? {} : { amountCents }),
      });
      return;
    }
    case "preferences": {
      const on = (name: string) => form.get(name) !== null;
      await customers.preferences.update({
        customerId,
        emailEnabled: on("emailEnabled"),
        smsEnabled: on("smsEnabled"),
        whatsappEnabled: on("whatsappEnabled"),
        phoneEnabled: on("phoneEnabled"),
        instagramEnabled: on("instagramEnabled"),
        marketingConsent: on("marketingConsent"),
      });
      return;
    }
    default:
      throw new Response(null, { status: 400 });
  }
}

function update({ api, customerId, form, path }: Asked) {
  return answerForm(form, async ({ displayName = "", segment, preferredChannel, language, country, ...words }) => {
    await api.customers.update({
      customerId,
      displayName,
      segment: segments.find((known) => known === segment),
      preferredChannel: channels.find((known) => known === preferredChannel) ?? null,
      language: language === "en" ? "en" : "fr",
      ...(country ? { country } : {}),
      firstName: words["firstName"] ?? "",
      lastName: words["lastName"] ?? "",
      address: words["address"] ?? "",
      city: words["city"] ?? "",
      postalCode: words["postalCode"] ?? "",
    });
    return redirect(path);
  });
}
