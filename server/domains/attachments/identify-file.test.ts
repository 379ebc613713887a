import { describe, expect, test } from "vitest";
import { identifyFile } from "./identify-file.ts";
import { pictureSize } from "./picture-size.ts";
import { pdf, png } from "./testing.ts";

const text = (words: string) => new TextEncoder().encode(words);
const zip = () => Uint8Array.from([0x50, 0x4b, 3, 4, ...Array<number>(60).fill(0)]);
const ogg = () =>
  Uint8Array.from([
    ...text("OggS"),
    0,
    2,
    ...Array<number>(22).fill(0),
    ...text("OpusHead"),
    ...Array<number>(30).fill(0),
  ]);
const exe = () => Uint8Array.from([...text("MZ"), ...Array<number>(126).fill(0)]);
const of = (head: Uint8Array, type: string | null, kind: Parameters<typeof identifyFile>[1]["kind"] = null) =>
  identifyFile(head, { type, kind });

describe("a file is what its bytes say", () => {
  test.each([
    ["a picture", png(), "image/png", "image", "image/png", "image"],
    ["a picture under a wrong name of a picture", png(), "image/jpeg", "image", "image/png", "image"],
    ["a picture that says nothing of itself", png(), null, null, "image/png", "image"],
    ["a picture sent as a document", png(), "image/png", "document", "image/png", "document"],
    ["a letter", pdf(), "application/pdf", "document", "application/pdf", "document"],
    [
      "a letter, in the words of a vague sender",
      pdf(),
      "application/octet-stream",
      null,
      "application/pdf",
      "document",
    ],
    ["a voice message", ogg(), "audio/ogg; codecs=opus", "audio", "audio/ogg", "audio"],
    [
      "a table in a zip",
      zip(),
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "document",
    ],
    ["a list", text("a;b\n1;2\n"), "text/csv", null, "text/csv", "document"],
    ["plain words", text("Bonjour"), null, null, "text/plain", "document"],
    ["a page that says so", text("<!doctype html><p>Bonjour"), "text/html", null, "text/html", "document"],
    [
      "a drawing that can carry a script",
      text('<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
      "image/svg+xml",
      null,
      "image/svg+xml",
      "document",
    ],
  ] as const)("%s", async (_, head, type, kind, mimeType, becomes) => {
    expect(await of(head, type, kind)).toEqual({ ok: true, mimeType, kind: becomes });
  });
});

describe("a file that lies is refused", () => {
  test.each([
    ["a page called a picture", text("<!doctype html><script>alert(1)</script>"), "image/png", "image"],
    ["a page called a table", text("<html><script>alert(1)</script>"), "text/csv", null],
    ["a drawing with a script, promised as a picture", text("<svg onload='alert(1)'></svg>"), "image/svg+xml", "image"],
    ["a letter called a picture", pdf(), "image/jpeg", "image"],
    ["a picture called a letter", png(), "application/pdf", "document"],
    ["noise called a letter", Uint8Array.from([1, 2, 3, 4]), "application/pdf", null],
    ["a picture promised as a sound", png(), "audio/ogg", "audio"],
  ] as const)("%s", async (_, head, type, kind) => {
    expect(await of(head, type, kind)).toEqual({ ok: false, reason: "type_mismatch" });
  });

  test("a program, whatever it is called, and a file without bytes", async () => {
    for (const type of ["image/png", "application/octet-stream", "application/x-msdownload", null]) {
      expect(await of(exe(), type)).toEqual({ ok: false, reason: "executable" });
    }
    expect(await of(new Uint8Array(), "image/png", "image")).toEqual({ ok: false, reason: "empty" });
  });
});

test("a picture's size is read from its beginning, or not at all", () => {
  expect(pictureSize(png(640, 480))).toEqual({ width: 640, height: 480 });
  expect(pictureSize(png(640, 480).subarray(0, 12))).toBeNull();
  expect(pictureSize(text("no picture"))).toBeNull();
});
