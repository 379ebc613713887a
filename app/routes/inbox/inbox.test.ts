import { describe, expect, it } from "vitest";

import { excessOf, segmentsOf } from "./character-count.tsx";
import type { PanelTicket, QuickReply, ThreadMessage } from "./data.ts";
import { readContacts, readMedia, readPlace } from "./message-data.ts";
import { search } from "./quick-reply-menu.tsx";
import { threadItems } from "./thread-items.ts";
import type { Piece } from "./thread-pieces.ts";

const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function message(id: string, occurredAt: Date, more: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    id,
    key: null,
    occurredAt,
    direction: "in",
    kind: "text",
    text: id,
    subject: null,
    media: [],
    attachments: [],
    data: null,
    reactions: [],
    status: "received",
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    failedAt: null,
    errorCode: null,
    errorMessage: null,
    echo: false,
    sentByAi: false,
    editedAt: null,
    deletedAt: null,
    attempts: 0,
    author: null,
    quoted: null,
    via: null,
    ...more,
  };
}
const ticket = (number: number, createdAt: Date, here = true): PanelTicket => ({
  number,
  subject: "Pied fendu",
  status: "open",
  priority: "medium",
  source: "rule",
  createdAt,
  resolvedAt: null,
  here,
});

const piece = (messages: ThreadMessage[], more: Partial<Piece> = {}): Piece => ({
  messages,
  olderCursor: null,
  newerCursor: null,
  ...more,
});

describe("a thread", () => {
  it("is laid out with its days, tickets and beginning, people going on without a gap", () => {
    const items = threadItems({
      pieces: [
        piece([
          message("a", at("20T09:14")),
          message("b", at("20T09:15")),
          message("c", at("20T09:30"), { direction: "out" }),
          message("d", at("21T08:00")),
        ]),
      ],
      tickets: [ticket(7, at("20T09:16")), ticket(8, at("20T09:17"), false)],
      dayOf,
    });
    expect(items.map((item) => item.key)).toEqual([
      "start",
      "day 2026-11-20",
      "a",
      "b",
      "ticket 7",
      "c",
      "day 2026-11-21",
      "d",
    ]);
    expect(items.flatMap((item) => (item.type === "message" && item.joined ? item.key : []))).toEqual(["b"]);
  });

  it("leaves out tickets older than the page of messages that is shown", () => {
    const pieces = [piece([message("z", at("21T08:00"))], { olderCursor: "before z" })];
    const items = threadItems({ pieces, tickets: [ticket(1, at("01T08:00"))], dayOf });
    expect(items.map((item) => item.type)).toEqual(["more", "day", "message"]);
  });

  it("says where something is missing, shows nothing of that time, and where the unread begins", () => {
    const pieces = [
      piece([message("a", at("20T09:00")), message("b", at("20T09:01"))], { newerCursor: "after b" }),
      piece([message("y", at("20T18:00")), message("z", at("20T18:01"))], { olderCursor: "before y" }),
    ];
    const tickets = [ticket(1, at("20T09:00")), ticket(2, at("20T12:00")), ticket(3, at("20T19:00"))];
    const items = threadItems({ pieces, tickets, dayOf, unreadId: "z" });
    expect(items.map((item) => item.key)).toEqual([
      "start",
      "day 2026-11-20",
      "a",
      "ticket 1",
      "b",
      "y",
      "unread",
      "z",
      "ticket 3",
    ]);
    expect(items.flatMap((item) => (item.type === "message" && item.gap ? [[item.key, item.gap]] : []))).toEqual([
      ["b", { after: "after b" }],
    ]);
    expect(items.flatMap((item) => (item.type === "message" && item.joined ? item.key : []))).toEqual([]);
  });
});

describe("what a message carries", () => {
  it("is read from what the providers say, and never trusted", () => {
    const file = { kind: "document", mimeType: "application/pdf", fileName: "devis.pdf", bytes: 1200, error: null };
    expect(readMedia({ media: [file, { kind: "audio" }, "?"], data: { voice: true } })).toEqual([
      { kind: "document", name: "devis.pdf", type: "PDF", bytes: 1200, failed: false },
      { kind: "voice", name: null, type: null, bytes: null, failed: false },
      { kind: "document", name: null, type: null, bytes: null, failed: false },
    ]);
    expect(readPlace({ data: { location: { latitude: 48.85, longitude: "2.35" } } })).toEqual({
      latitude: 48.85,
      longitude: 2.35,
    });
    expect(readPlace({ data: { location: { latitude: "north" } } })).toBeNull();
    expect(
      readContacts({ data: { contacts: [{ name: { formatted_name: "Inès" }, phones: [{ phone: "+33 6" }] }, null] } }),
    ).toEqual([
      { name: "Inès", phones: ["+33 6"], emails: [] },
      { name: null, phones: [], emails: [] },
    ]);
  });
});

describe("a text", () => {
  it("is counted as the networks charge it", () => {
    expect([segmentsOf(""), segmentsOf("é".repeat(160)), segmentsOf("a".repeat(161))]).toEqual([0, 1, 2]);
    expect([segmentsOf("€".repeat(80)), segmentsOf("€".repeat(81))]).toEqual([1, 2]);
    expect([segmentsOf("ê".repeat(70)), segmentsOf("ê".repeat(71))]).toEqual([1, 2]);
    expect([excessOf("  abc  ", 3), excessOf("abcd", 3)]).toEqual([0, 1]);
  });
});

describe("quick replies", () => {
  it("are found by the beginning of their shortcut first, the most used before the others", () => {
    const reply = (shortcut: string, usageCount: number, template = ""): QuickReply => ({
      id: shortcut,
      shortcut,
      template,
      category: "general",
      personal: false,
      usageCount,
    });
    const all = [
      reply("merci", 1),
      reply("horaires", 5),
      reply("hors-stock", 9),
      reply("adresse", 0, "Nos horaires sont…"),
    ];
    expect(search(all, "hor").map((found) => found.shortcut)).toEqual(["hors-stock", "horaires", "adresse"]);
    expect(search(all, "zzz")).toEqual([]);
  });
});
