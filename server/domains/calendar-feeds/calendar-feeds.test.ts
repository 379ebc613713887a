import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import ICAL from "ical.js";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createMember, createTenant, systemCtx, testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { openSignIn } from "#server/auth/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { readCalendar } from "#server/domains/appointments/read-calendar.ts";
import { cancelAppointment } from "#server/domains/appointments/change-status.ts";
import { rescheduleAppointment } from "#server/domains/appointments/reschedule-appointment.ts";
import { openShop } from "#server/domains/appointments/testing.ts";
import { appointmentIcs } from "./appointment-ics.ts";
import { connectCalendar, disconnectCalendar, findBusyCalendar } from "./connect-calendar.ts";
import { readDueCalendars } from "./jobs.ts";
import { findFeed, publishFeed, renewFeed, revokeFeed } from "./manage-feed.ts";
import { readFeed } from "./read-feed.ts";

const database = await testDatabase();
openSignIn(database);
beforeEach(() => useConfig(testConfig({ privateNetwork: true })));

type Shop = Awaited<ReturnType<typeof openShop>>;

async function tokenOf({ ctx }: Shop["nadia"]): Promise<string> {
  const { address } = (await findFeed(ctx))!;
  return /\/calendar\/([\w-]{43})\.ics$/.exec(address)![1]!;
}

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => ({
    uid: one.getFirstPropertyValue("uid"),
    sequence: Number(one.getFirstPropertyValue("sequence")),
    status: one.getFirstPropertyValue("status"),
    title: one.getFirstPropertyValue("summary"),
    starts: String(one.getFirstPropertyValue("dtstart")),
  }));

describe("a member's feed", () => {
  it("shows their appointments alone, under one UID however often one is moved, and names customers only where it may", async () => {
    const shop = await openShop();
    const { nadia, paul, clock, book } = shop;
    const { appointmentId } = await book("08:30");
    await book("09:30", paul.userId);
    await publishFeed(nadia.ctx, { namesCustomers: false });
    const token = await tokenOf(nadia);
    const read = async () => readFeed("203.0.113.1", { token }, clock);
    const [first] = eventsIn((await read()).text);
    expect(first).toMatchObject({ title: "Pose", status: "CONFIRMED", sequence: 0, starts: "2026-11-23T08:30:00Z" });
    expect((await read()).text).not.toMatch(/Sophie/);
    expect(await read()).toEqual(await read());

    const moved = await rescheduleAppointment(nadia.ctx, { appointmentId, startsAt: new Date("2026-11-23T10:00:00Z") });
    await publishFeed(nadia.ctx, { namesCustomers: true });
    const events = eventsIn((await read()).text);
    expect(events).toEqual([{ ...first, title: "Pose · Sophie", starts: "2026-11-23T10:00:00Z", sequence: 1 }]);

    await cancelAppointment(nadia.ctx, { appointmentId: moved.appointmentId, reason: "" });
    expect(eventsIn((await read()).text)).toEqual([{ ...events[0], status: "CANCELLED", sequence: 2 }]);
  });

  it("is nobody's by a link that was renewed, taken back or never given, nor once its member left; tries are counted", async () => {
    const shop = await openShop();
    const { nadia, clock } = shop;
    const gone = { code: "not_found", reason: "link_expired" };
    const read = (token: string) => readFeed("203.0.113.2", { token }, clock);
    await publishFeed(nadia.ctx, { namesCustomers: false });
    const old = await tokenOf(nadia);
    await renewFeed(nadia.ctx);
    await expect(read(old)).rejects.toMatchObject(gone);
    const newer = await tokenOf(nadia);
    await read(newer);
    await setStatus(shop, "deactivated");
    await expect(read(newer)).rejects.toMatchObject(gone);
    await setStatus(shop, "active");
    await revokeFeed(nadia.ctx);
    await expect(read(newer)).rejects.toMatchObject(gone);
    expect(await findFeed(nadia.ctx)).toBeNull();
    for (let tries = 0; tries < 60; tries++) await read("x".repeat(43)).catch(() => undefined);
    await expect(read("x".repeat(43))).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("keeps its link sealed, and an audit of who made, renewed and took it back", async () => {
    const { nadia } = await openShop();
    await publishFeed(nadia.ctx, { namesCustomers: true });
    const token = await tokenOf(nadia);
    const rows = await withTenant(nadia.ctx, (tx) => tx.raw.unsafe("select * from calendar_feeds"));
    expect(JSON.stringify(rows)).not.toContain(token);
    await renewFeed(nadia.ctx);
    await revokeFeed(nadia.ctx);
    await revokeFeed(nadia.ctx);
    expect(await actionsOf(nadia)).toEqual(["calendar_feed.publish", "calendar_feed.renew", "calendar_feed.revoke"]);
  });
});

describe("one appointment as a file", () => {
  it("tells the customer of the business, who receives them and where to move it; the old row of one that moved has none", async () => {
    const { nadia, book } = await openShop();
    const { appointmentId } = await book("08:30");
    const wanted = { reader: "customer", language: "fr", manageLink: "https://guichet.test/book/x/manage/y" } as const;
    const { fileName, text } = await appointmentIcs(nadia.ctx, { appointmentId, ...wanted });
    expect(fileName).toBe("rendez-vous-2026-11-23.ics");
    const whole = text.replaceAll("\r\n ", "");
    expect(whole).toContain(
      String.raw`DESCRIPTION:Avec Nadia\nDéplacer ou annuler : https://guichet.test/book/x/manage/y`,
    );
    expect(whole).not.toMatch(/Sophie/);
    const moved = await rescheduleAppointment(nadia.ctx, { appointmentId, startsAt: new Date("2026-11-23T10:00:00Z") });
    const newer = await appointmentIcs(nadia.ctx, { ...moved, ...wanted });
    expect(eventsIn(newer.text)[0]).toMatchObject({ uid: eventsIn(text)[0]!.uid, sequence: 1 });
    await expect(appointmentIcs(nadia.ctx, { appointmentId, ...wanted })).rejects.toMatchObject({ code: "not_found" });
    const stranger = await createMember(await createTenant(), "owner");
    await expect(appointmentIcs(stranger.ctx, { ...moved, ...wanted })).rejects.toMatchObject({ code: "not_found" });
  });
});

let answer: { status: number; body: string; headers?: Record<string, string> };
const elsewhere = await serve();
afterAll(() => elsewhere.server.close());

const calendar = (...times: [from: string, until: string][]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...times.flatMap(([from, until], at) => [
      "BEGIN:VEVENT",
      `UID:${at}`,
      "SUMMARY:Dentiste",
      `DTSTART;TZID=Europe/Paris:20261123T${from}00`,
      `DTEND;TZID=Europe/Paris:20261123T${until}00`,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ].join("\r\n");

describe("a calendar elsewhere", () => {
  it("takes its busy times out of what is offered, and keeps nothing but when they are", async () => {
    const shop = await openShop();
    const { nadia, paul } = shop;
    answer = { status: 200, body: calendar(["0930", "1030"]) };
    expect(await shop.freeTimes()).toContain("08:30");
    await connectCalendar(nadia.ctx, { address: elsewhere.address });
    const free = await shop.freeTimes();
    expect(free.filter((time) => time > "08:00" && time < "09:30")).toEqual([]);
    expect(free).toContain("09:30");
    expect(await findBusyCalendar(nadia.ctx)).toMatchObject({ host: elsewhere.host, failure: null, ahead: 1 });
    const rows = await withTenant(nadia.ctx, (tx) =>
      tx.raw.unsafe(
        "select to_jsonb(b) || to_jsonb(c) as row from busy_blocks b join busy_calendars c using (tenant_id, user_id)",
      ),
    );
    expect(JSON.stringify(rows)).not.toMatch(/Dentiste|secret-path/);
    const shown = await readCalendar(paul.ctx, {
      from: new Date("2026-11-23T00:00Z"),
      until: new Date("2026-11-24T00:00Z"),
    });
    expect(shown.off).toEqual([
      {
        userId: nadia.userId,
        startsAt: new Date("2026-11-23T08:30Z"),
        endsAt: new Date("2026-11-23T09:30Z"),
        reason: "",
        elsewhere: true,
      },
    ]);
    // It is nobody else's time, and nobody else's calendar.
    expect(await findBusyCalendar(paul.ctx)).toBeNull();
    const stranger = await createMember(await createTenant(), "owner");
    expect(await findBusyCalendar(stranger.ctx)).toBeNull();

    await disconnectCalendar(nadia.ctx);
    expect(await shop.freeTimes()).toContain("08:30");
    expect(await actionsOf(nadia)).toEqual(["busy_calendar.connect", "busy_calendar.disconnect"]);
  });

  it("is read again when it is due, once; what cannot be read keeps what was known, and says since when and why", async () => {
    const shop = await openShop();
    const { nadia, clock } = shop;
    answer = { status: 200, body: calendar(["0930", "1030"]) };
    await connectCalendar(nadia.ctx, { address: elsewhere.address });
    const asked = elsewhere.asked();
    await readDueCalendars(clock);
    expect(elsewhere.asked()).toBe(asked);

    clock.advance(16 * 60_000);
    answer = { status: 503, body: "" };
    await Promise.all([readDueCalendars(clock), readDueCalendars(clock)]);
    expect(elsewhere.asked()).toBe(asked + 1);
    const failedSince = clock.now();
    expect(await findBusyCalendar(nadia.ctx)).toMatchObject({ failure: "unreachable", failedSince, ahead: 1 });
    expect(await shop.freeTimes()).not.toContain("08:30");

    for (const [status, body, failure] of [
      [404, "", "not_found"],
      [403, "", "refused"],
      [200, "<html>", "not_a_calendar"],
      [200, "x".repeat(6_000_000), "too_large"],
    ] as const) {
      clock.advance(31 * 60_000);
      answer = { status, body };
      await readDueCalendars(clock);
      expect(await findBusyCalendar(nadia.ctx)).toMatchObject({ failure, failedSince, ahead: 1 });
    }
    clock.advance(31 * 60_000);
    answer = { status: 200, body: calendar(["1030", "1130"]) };
    await readDueCalendars(clock);
    expect(await findBusyCalendar(nadia.ctx)).toMatchObject({ failure: null, failedSince: null, readAt: clock.now() });
  });

  it("lies in no private network, not by a redirect either; plain HTTP and credentials in an address are refused", async () => {
    const { nadia } = await openShop();
    useConfig(testConfig({ privateNetwork: false }));
    const asked = elsewhere.asked();
    await connectCalendar(nadia.ctx, { address: elsewhere.address.replace("http:", "https:") });
    expect(await findBusyCalendar(nadia.ctx)).toMatchObject({ failure: "private_address", readAt: null, ahead: 0 });
    for (const address of [
      "http://agenda.example/a.ics",
      "https://moi:secret@agenda.example/",
      "file:///etc/passwd",
      "x",
    ])
      await expect(connectCalendar(nadia.ctx, { address })).rejects.toThrow("invalid_address");
    expect(elsewhere.asked()).toBe(asked);
  });
});

async function setStatus({ tenant, nadia }: Shop, status: string): Promise<void> {
  await withTenant(systemCtx(tenant), (tx) =>
    tx.raw.unsafe("update memberships set status = $1 where user_id = $2", [status, nadia.userId]),
  );
}

async function actionsOf({ ctx }: Shop["nadia"]): Promise<string[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ action: string }[]>("select action from audit_log where action like '%calendar%' order by id"),
  );
  return rows.map(({ action }) => action);
}

async function serve(): Promise<{ server: Server; address: string; host: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, host, address: `http://${host}/secret-path.ics`, asked: () => asked };
}
