import { describe, expect, test } from "vitest";
import { createAppointment } from "#db/factories-appointments.ts";
import { createCustomer, createTicket } from "#db/factories.ts";
import { assistantVersions } from "#db/schema/assistants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { speakingShop } from "./testing.ts";

await testDatabase();

const tuesday = "mardi 24 novembre à quatorze heures trente";
const booked = `C'est noté : Pose de lustre, ${tuesday}, avec Nadia.`;

describe("check_availability", () => {
  test("says whether a time is free, what is free in a stretch, and what is next where nothing is", async () => {
    const { say } = await speakingShop();
    const free = (when?: string) => say("check_availability", when === undefined ? {} : { when });
    expect(await free("mardi prochain à quatorze heures trente")).toBe(
      `Oui, ${tuesday} est libre pour Pose de lustre.`,
    );
    expect(await free("mardi après-midi")).toBe(
      "Pour Pose de lustre, il y a de la place mardi 24 novembre à quatorze heures, à seize heures ou à dix-sept heures trente.",
    );
    expect(await free("jeudi à dix heures")).toBe(
      "Ce n'est pas libre jeudi 26 novembre à dix heures. Les prochains moments libres sont lundi 30 novembre à neuf heures, à neuf heures trente ou à dix heures.",
    );
    expect(await free("vendredi")).toMatch(/^Rien n'est libre à ce moment-là\. Les prochains .* lundi 30 novembre/);
    expect(await free()).toMatch(/^Pour Pose de lustre, il y a de la place lundi 23 novembre à neuf heures, /);
    expect(await free("mardi ou mercredi")).toBe("Pouvez-vous me donner un seul jour et une seule heure ?");
    expect(await free("un de ces jours")).toBe("Quel jour et à quelle heure ?");
  });

  test("speaks English where the call does, and by the caller's own clock", async () => {
    const { tenant, say } = await speakingShop();
    const ask = { when: "next Tuesday at half past two", language: "en" };
    expect(await say("check_availability", ask)).toBe(
      "Yes, Tuesday, November 24 at 2:30 pm is free for Pose de lustre.",
    );
    await createCustomer(tenant, { displayName: "Awa", timezone: "Europe/London", phone: "+33639980001" });
    const awa = { from: "+33639980001", callId: "londres" };
    expect(await say("check_availability", { ...ask, when: "Tuesday at 1:30 pm" }, awa)).toBe(
      "Yes, Tuesday, November 24 at 1:30 pm, your time is free for Pose de lustre.",
    );
    await say("book_appointment", { ...ask, when: "Tuesday, November 24 at 1:30 pm, your time" }, awa);
    const { startsAt } = (
      await withTenant(tenant, (tx) => tx.raw`select starts_at as "startsAt" from appointments`)
    )[0]!;
    expect(startsAt).toEqual(new Date("2026-11-24T13:30:00Z"));
  });

  test("asks which service is meant, and finds it by what it is called on the phone", async () => {
    const { say } = await speakingShop({ services: ["Pose de lustre", "Devis à domicile"] });
    const when = "mardi à quinze heures";
    expect(await say("check_availability", { when })).toBe(
      "Pour quelle prestation ? Il y a Devis à domicile et Pose de lustre.",
    );
    expect(await say("check_availability", { when, service: "un devis" })).toMatch(/est libre pour Devis à domicile/);
    expect(await say("check_availability", { when, service: "le lustre", member: "Paul" })).toMatch(/Pose de lustre/);
    expect(await say("check_availability", { when, service: "devis", member: "Zoé" })).toBe(
      "Avec qui ? Il y a Nadia et Paul.",
    );
    // The only one there is needs no name, nor a right one.
    const { say: single } = await speakingShop();
    expect(await single("check_availability", { when, service: "un truc" })).toMatch(/est libre pour Pose de lustre/);
    const { say: closed } = await speakingShop({ services: [] });
    expect(await closed("check_availability", {})).toBe("Aucun rendez-vous ne peut être pris pour le moment.");
  });
});

describe("book_appointment", () => {
  test("books for the number that calls, links the call and counts once, however often it is asked for", async () => {
    const { say, ask, rows } = await speakingShop();
    const when = "mardi à 14h30";
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask("book_appointment", { when, name: "Inès Roux" }, { key: "outil-1" })),
    );
    // Models ask again under another name.
    answers.push(await ask("book_appointment", { when: "mardi à 14h30" }, { key: "outil-2" }));
    expect(new Set(answers.map(({ result }) => result))).toEqual(new Set([booked]));
    const [appointment, ...more] = await rows("select * from appointments");
    expect(more).toEqual([]);
    expect(appointment).toMatchObject({ source: "voice_agent", status: "confirmed" });
    const [customer, ...others] = await rows("select * from customers");
    expect([customer?.display_name, customer?.phone, others]).toEqual(["Inès Roux", "+33639981234", []]);
    const [call] = await rows("select * from call_logs");
    expect(call).toMatchObject({ appointment_id: appointment?.id, customer_id: customer?.id });
    expect(call?.actions_performed).toMatchObject([
      { name: "book_appointment", key: "outil-1", result: booked, appointmentId: appointment?.id },
      { name: "book_appointment", key: "outil-2", appointmentId: appointment?.id },
    ]);
    expect(await say("book_appointment", { when: "mardi à 15 h" })).toMatch(/quinze heures, avec Nadia/);
  });

  test("takes the member who is free, then offers the next times; nothing of a refusal stays", async () => {
    const { say, rows } = await speakingShop();
    const book = (callId: string, from: string) =>
      say("book_appointment", { when: "lundi à onze heures trente" }, { callId, from });
    const answers = await Promise.all([
      book("a", "+33639980001"),
      book("b", "+33639980002"),
      book("c", "+33639980003"),
    ]);
    expect(answers.filter((said) => said.startsWith("C'est noté"))).toHaveLength(2);
    const refused = answers.find((said) => !said.startsWith("C'est noté"));
    expect(refused).toBe(
      "Ce moment n'est pas libre. Les prochains moments libres sont mardi 24 novembre à neuf heures, à neuf heures trente ou à dix heures.",
    );
    expect(await rows("select user_id from appointments group by user_id")).toHaveLength(2);
    // Who was refused is nobody's customer yet.
    expect(await rows("select 1 from customers")).toHaveLength(2);
  });

  test("asks a caller without a number who they are, and tells them nothing of whom they name", async () => {
    const { tenant, say, rows } = await speakingShop();
    const sophie = await createCustomer(tenant, { displayName: "Sophie Martin", phone: "+33639987201" });
    const withheld = { from: null, callId: "masqué" };
    const when = "mardi à 14h30";
    expect(await say("book_appointment", { when }, withheld)).toBe(
      "À quel nom, et à quel numéro peut-on vous joindre ?",
    );
    expect(await say("book_appointment", { when, name: "Sophie", phone: "euh, je crois" }, withheld)).toMatch(
      /pas bien compris le numéro/,
    );
    expect(await say("book_appointment", { when, name: "Sophie", phone: "zéro six" }, withheld)).toMatch(/le répéter/);
    const phone = "zéro six trente-neuf quatre-vingt-dix-huit soixante-douze zéro un";
    expect(await say("book_appointment", { when, name: "Sophie", phone }, withheld)).toBe(booked);
    expect(await rows("select customer_id as id from appointments")).toEqual([{ id: sophie.customerId }]);
    expect(await rows("select customer_id as id from call_logs")).toEqual([{ id: sophie.customerId }]);
    expect(await say("find_customer", {}, withheld)).toMatch(/numéro est masqué/);
    // The same call knows by now who it is.
    expect(await say("create_ticket", { subject: "Rappel" }, withheld)).toMatch(/numéro 1/);
    expect(await rows("select 1 from customers")).toHaveLength(1);
  });

  test("wants one time, in a call that is known", async () => {
    const { say, ask, rows } = await speakingShop();
    expect(await say("book_appointment", { when: "mardi après-midi" })).toMatch(/^À quelle heure \? Les prochains/);
    expect(await say("book_appointment", { when: "hier à dix heures" })).toMatch(/Quel jour \?$/);
    expect(await say("book_appointment", {})).toMatch(/^! .*when/);
    expect(await ask("book_appointment", { when: "mardi à 15 h" }, { callId: "" })).toMatchObject({
      result: null,
      error: "Je suis désolé, je ne peux pas faire cela.",
    });
    expect(await rows("select 1 from appointments")).toEqual([]);
  });

  test("that takes too long is not done at all, and stays answered so", async () => {
    const { tenant, ask, rows } = await speakingShop();
    const { customerId } = await createCustomer(tenant, { displayName: "Tom", phone: "+33639981234" });
    const given = new AbortController();
    const asked = () => ask("book_appointment", { when: "mardi à 14h30" }, { key: "lent", tooLate: given.signal });
    const late = await withTenant(tenant, async (tx) => {
      await tx.raw`select from customers where id = ${customerId} for update`;
      const answer = asked();
      await expect.poll(async () => (await rows("select 1 from pg_locks where not granted")).length).toBeGreaterThan(0);
      given.abort(new Error("nobody waits"));
      return { answer };
    });
    expect(await late.answer).toMatchObject({ result: null, error: expect.stringMatching(/trop de temps/) });
    expect(await rows("select 1 from appointments")).toEqual([]);
    expect(await ask("book_appointment", { when: "mardi à 14h30" }, { key: "lent" })).toMatchObject({
      error: expect.stringMatching(/trop de temps/),
    });
    expect(await rows("select actions_performed from call_logs")).toMatchObject([
      { actions_performed: [{ name: "book_appointment", error: expect.stringMatching(/trop de temps/) }] },
    ]);
    expect(await ask("book_appointment", { when: "mardi à 14h30" })).toMatchObject({ result: booked });
  });
});

test("create_ticket opens one in a call; what is said later is a note to it", async () => {
  const { say, rows } = await speakingShop();
  const args = { subject: "Lustre en panne", description: "Il ne s'allume plus.", priority: "high" };
  expect(await say("create_ticket", args)).toBe(
    "C'est noté sous le numéro 1. Quelqu'un s'en occupe et vous recontacte.",
  );
  expect(await say("create_ticket", { subject: "À rappeler le soir" })).toBe(
    "Je l'ai ajouté à votre demande numéro 1.",
  );
  const [ticket, ...more] = await rows("select * from tickets");
  expect(more).toEqual([]);
  expect(ticket).toMatchObject({
    subject: "Lustre en panne",
    priority: "high",
    source: "voice_agent",
    channel_type: "phone",
  });
  expect(await rows("select ticket_id, customer_id from call_logs")).toEqual([
    { ticket_id: ticket?.id, customer_id: ticket?.customer_id },
  ]);
  expect(await rows("select data from ticket_events where type = 'note'")).toEqual([
    { data: { text: "À rappeler le soir" } },
  ]);
  expect(await say("create_ticket", { subject: "" })).toMatch(/^! .*subject/);
});

test("qualify_prospect keeps what is said of them, and adds what is said later", async () => {
  const { say, rows } = await speakingShop();
  const first = { interest: "Un lustre ancien", place: "Lyon", budget: "entre deux et trois mille", name: "Hugo" };
  expect(await say("qualify_prospect", first)).toBe("C'est noté.");
  expect(
    await say("qualify_prospect", { follow_up: "jeudi à dix heures", score: 70, budget: "trois mille euros" }),
  ).toBe("C'est noté, on vous rappelle jeudi 26 novembre à dix heures.");
  expect(await rows("select * from prospects")).toMatchObject([
    {
      interest: "Un lustre ancien",
      place: "Lyon",
      budget_min_cents: 200_000,
      budget_max_cents: 300_000,
      score: 70,
      next_follow_up_at: new Date("2026-11-26T09:00:00Z"),
      source: "voice_agent",
    },
  ]);
  expect(await rows("select prospect_id is not null as linked from call_logs")).toEqual([{ linked: true }]);
  expect(await say("qualify_prospect", { budget: "je ne sais pas" })).toMatch(/^Quel est votre budget/);
  expect(await say("qualify_prospect", { follow_up: "un jour" })).toMatch(/\?$/);
});

test("find_customer says what is theirs to whoever calls from their number", async () => {
  const { tenant, nadia, services, say } = await speakingShop();
  expect(await say("find_customer")).toBe("Personne n'est connu sous ce numéro.");
  const { customerId } = await createCustomer(tenant, { displayName: "Sophie Martin", phone: "+33639981234" });
  await createAppointment(services[0]!, {
    userId: nadia.userId,
    customerId,
    startsAt: new Date("2026-11-24T13:30:00Z"),
  });
  await createTicket(tenant, { customerId });
  expect(await say("find_customer")).toBe(
    `La personne s'appelle Sophie Martin. Son prochain rendez-vous : Pose de lustre, ${tuesday}. Une demande est en cours.`,
  );
  expect(await say("find_customer", {}, { from: "+33639980009", callId: "autre" })).toMatch(/^Personne/);
});

describe("the business's own rules for its agent", () => {
  const define = async (
    { tenant, channel }: Awaited<ReturnType<typeof speakingShop>>,
    more: { functions?: string[]; language?: "fr" | "en" },
  ) =>
    withTenant(tenant, (tx) =>
      tx.insert(assistantVersions).values({
        tenantId: tenant.tenantId,
        id: newId(),
        channelId: channel.channelId,
        number: 1,
        definition: {
          prompt: "",
          greeting: "",
          language: "fr",
          voice: "",
          functions: ["transfer_to_human", "create_ticket"],
          transferTo: "+33199001235",
          ...more,
        },
      }),
    );

  test("put through to their number in opening hours; else a call back is offered", async () => {
    const shop = await speakingShop();
    expect(await shop.say("transfer_to_human")).toMatch(/^Personne ne peut prendre l'appel\. Je peux noter/);
    await define(shop, {});
    expect(await shop.say("transfer_to_human")).toMatch(/^Nous sommes fermés/);
    shop.clock.advance(25 * 3_600_000);
    const through = { result: "Je vous passe quelqu'un, ne quittez pas.", transferTo: "+33199001235" };
    expect(await shop.ask("transfer_to_human", {}, { key: "passer" })).toMatchObject(through);
    // Asked again at night, the provider hears what it heard.
    shop.clock.advance(12 * 3_600_000);
    expect(await shop.ask("transfer_to_human", {}, { key: "passer" })).toMatchObject(through);
    expect(await shop.say("transfer_to_human")).toMatch(/^Nous sommes fermés/);
  });

  test("functions that it does not have are not there, and it speaks its language", async () => {
    const shop = await speakingShop();
    await define(shop, { language: "en" });
    expect(await shop.say("book_appointment", { when: "mardi à 15 h" })).toBe("! I am sorry, I cannot do that.");
    expect(await shop.say("create_ticket", { subject: "A lamp" })).toMatch(/^It is noted under number 1\./);
  });
});
