import { expect, test } from "vitest";
import { configFrom, readSettings } from "./config.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const server = { DATABASE_URL: "postgres://guichet_app:x@db.example/guichet", ENCRYPTION_KEY: key };

test.each([
  [{ PORT: "http" }, "PORT must be a whole number from 0 to 65535"],
  [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65535"],
  [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must be an address that starts with postgres:// or postgresql://"],
  [{ DATABASE_URL: server.DATABASE_URL }, "ENCRYPTION_KEY is required with DATABASE_URL"],
  [{ ...server, ENCRYPTION_KEY: "short" }, "ENCRYPTION_KEY must be 32 bytes in base64"],
  [{ DATABASE_OWNER_URL: server.DATABASE_URL }, "DATABASE_URL is required with DATABASE_OWNER_URL"],
  [{ ROLE: "both" }, "ROLE must be web, worker or all"],
  [{ PUBLIC_URL: "guichet.example" }, "PUBLIC_URL must be an address"],
  [{ GUICHET_DEMO: "oui" }, "GUICHET_DEMO must be 1 or 0"],
  [{ MAIL_URL: "mail.example" }, "MAIL_URL must be an address that starts with smtp:// or smtps://"],
  [{ MAIL_URL: "smtp://mail.example" }, "MAIL_FROM is required with MAIL_URL"],
  [{ MAIL_FROM: "Guichet" }, "MAIL_FROM must be an address"],
])("a wrong environment names the variable: %o", (env, sentence) => {
  expect(() => readSettings(env)).toThrow(sentence);
});

test("demo and simulator are on with the embedded database only, unless asked for", () => {
  const embedded = { appUrl: "postgres://a", ownerUrl: "postgres://b", encryptionKey: key };
  expect(configFrom(readSettings({}), embedded)).toMatchObject({ demo: true, simulator: true, port: 3000 });
  expect(configFrom(readSettings(server))).toMatchObject({ demo: false, simulator: false });
  expect(configFrom(readSettings({ ...server, GUICHET_DEMO: "1" })).demo).toBe(true);
});

test("mails leave by the server that is named; beside the embedded database a folder stands in for it", () => {
  const embedded = { appUrl: "postgres://a", ownerUrl: "postgres://b", encryptionKey: key };
  const named = { MAIL_URL: "smtps://u:p@mail.example", MAIL_FROM: "Guichet <guichet@shop.example>" };
  expect(configFrom(readSettings(server)).mail).toBeUndefined();
  expect(configFrom(readSettings({}), embedded).mail).toMatchObject({ server: undefined, folder: ".data/mail" });
  expect(configFrom(readSettings({ ...server, ...named })).mail).toMatchObject({
    server: named.MAIL_URL,
    from: named.MAIL_FROM,
  });
});

test("an empty variable is as good as none", () => {
  expect(readSettings({ PORT: "", ENCRYPTION_KEY: "" }).PORT).toBe(3000);
});
