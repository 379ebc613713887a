import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createService } from "#db/factories-appointments.ts";
import { createMember, createTenant, testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { useConfig } from "#server/core/config.ts";
import { beginChannel } from "#server/domains/channels/index.ts";
import { startDraining } from "#server/domains/webhook-logs/jobs.ts";
import { answerWebhook, isWebhook, stopIntake } from "#server/webhooks/index.ts";
import { behave, viewLine } from "./play-line.ts";
import { callFunctionAsAgent, hangUpAsCustomer, ringAsCustomer, sayAsCustomer } from "./play-call.ts";
import { createSimulator, useSimulator } from "./simulator.ts";
import type { Relay } from "./testing-relay.ts";
import { pass, startRelay } from "./testing-relay.ts";

await testDatabase();
useConfig(testConfig({ simulator: true }));
const drain = startDraining();
const app = new Hono();
const listener = getRequestListener(app.fetch);
const server = createServer(
  (request, response) => void (isWebhook(request) ? answerWebhook(request, response) : listener(request, response)),
);
let relay: Relay;
const ours = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
beforeAll(async () => {
  const simulator = createSimulator();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  relay = await startRelay(ours);
  useConfig(testConfig({ simulator: true, publicUrl: relay.url }));
  useSimulator(simulator);
  app.route("/simulator/api", simulator.api);
});
afterAll(async () => {
  useSimulator(undefined);
  await relay.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await stopIntake();
  await drain.stop();
});

const allDay = [{ from: "00:00", to: "24:00" }];
const everyDay = { "1": allDay, "2": allDay, "3": allDay, "4": allDay, "5": allDay, "6": allDay, "7": allDay };

/** Every table that a call may write to. */
const tables = [
  "appointment_events",
  "appointments",
  "audit_log",
  "call_functions",
  "call_logs",
  "conversations",
  "customer_activities",
  "customer_identities",
  "customer_tags",
  "customers",
  "messages",
  "prospect_events",
  "prospects",
  "ticket_events",
  "tickets",
];

async function shop(provider: "vapi" | "retell") {
  const tenant = await createTenant({ demo: true, businessHours: everyDay });
  const { ctx } = await createMember(tenant, "admin");
  const nadia = await createMember(tenant, "agent", { name: "Nadia" });
  await createService(tenant, [nadia.userId], { name: "Pose" });
  const { channelId } = await beginChannel(ctx, { provider, name: "Accueil", simulated: true });
  const rows = (statement: string) =>
    withTenant(tenant, async ({ raw }) => [...(await raw.unsafe<Record<string, unknown>[]>(statement))]);
  /** All rows with all they hold. */
  const everything = async () => {
    const all: Record<string, unknown[]> = {};
    for (const table of tables)
      all[table] = await rows(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`);
    return all;
  };
  const waiting = async () =>
    (await rows("select 1 from webhook_logs where status in ('received', 'processing', 'retrying')")).length;
  return { ...tenant, channelId, rows, everything, waiting };
}

test.each(["vapi", "retell"] as const)(
  "%s: a caller books, is qualified and leaves a request, from ring to report; all of it told twice more and shuffled changes nothing",
  async (provider) => {
    const { channelId, rows, everything, waiting } = await shop(provider);
    const seen = relay.posts.length;
    await behave(null, { channelId, duplicate: true });
    const { callId } = await ringAsCustomer(null, { channelId, address: "+33639984501", name: "Inès Roux" });
    const call = { channelId, callId };
    const status = async () => {
      const { seen: line } = await viewLine(null, { channelId, address: "+33639984501" });
      return line.kind === "call" ? line.calls.at(-1)?.status : null;
    };
    await expect.poll(status).toBe("in_progress");
    const ask = async (name: string, args: Record<string, string>) =>
      (await callFunctionAsAgent(null, { ...call, name, arguments: args })).result;
    await sayAsCustomer(null, { ...call, text: "Je voudrais un rendez-vous pour mon lustre." });
    const when = "dans deux jours à quatorze heures trente";
    expect(await ask("check_availability", { when })).toMatch(
      /^Oui, .* à quatorze heures trente est libre pour Pose\.$/,
    );
    expect(await ask("book_appointment", { when, notes: "Troisième étage" })).toMatch(
      /^C'est noté : Pose, .*, avec Nadia\.$/,
    );
    expect(
      await ask("qualify_prospect", { interest: "Lustre ancien", budget: "deux mille cinq cents", score: "80" }),
    ).toBe("C'est noté.");
    expect(await ask("create_ticket", { subject: "Facture à envoyer" })).toMatch(/^C'est noté sous le numéro 1\./);
    await hangUpAsCustomer(null, call);
    await expect
      .poll(() => rows("select 1 from call_logs where summary is not null and status = 'completed'"))
      .toHaveLength(1);
    await expect.poll(waiting).toBe(0);
    await behave(null, { channelId, duplicate: false });

    const [found] = await rows("select * from call_logs");
    const [appointment, ...appointments] = await rows("select * from appointments");
    const [prospect, ...prospects] = await rows("select * from prospects");
    const [ticket, ...tickets] = await rows("select * from tickets");
    expect([appointments, prospects, tickets]).toEqual([[], [], []]);
    expect(await rows("select 1 from customers")).toHaveLength(1);
    expect(found).toMatchObject({
      appointment_id: appointment?.id,
      prospect_id: prospect?.id,
      ticket_id: ticket?.id,
      actions_performed: ["check_availability", "book_appointment", "qualify_prospect", "create_ticket"].map(
        (name) => ({
          name,
          error: null,
        }),
      ),
    });
    expect(appointment).toMatchObject({
      source: "voice_agent",
      notes: "Troisième étage",
      customer_id: found?.customer_id,
    });
    expect(prospect).toMatchObject({ budget_max_cents: 250_000, score: 80, customer_id: found?.customer_id });
    expect(ticket).toMatchObject({ source: "voice_agent", customer_id: found?.customer_id });

    const told = relay.posts.slice(seen);
    expect(told.length).toBeGreaterThan(8);
    const before = await everything();
    // Two more of each, spread over all of them.
    const again = [...told, ...told].map((post, place) => ({ post, at: (place * 7_919) % (told.length * 2 + 1) }));
    for (const { post } of again.toSorted((a, b) => a.at - b.at)) {
      const { status: code, answer } = await pass(post, ours());
      expect(code).toBe(200);
      if (
        /function|tool-calls|transcript_with_tool_calls/.test(post.body.toString("utf8")) &&
        /"results?"/.test(post.answer)
      )
        expect(answer.toString()).toBe(post.answer);
    }
    await expect.poll(waiting).toBe(0);
    expect(await everything()).toEqual(before);
    expect(await rows("select 1 from webhook_logs where status = 'failed'")).toEqual([]);
  },
);
