import { join } from "node:path";
import { z } from "zod";
import type { KeyRing } from "./crypto.ts";
import { readKeyRing } from "./crypto.ts";

const flag = (name: string) =>
  z.enum(["0", "1", "true", "false"], `${name} must be 1 or 0`).transform((value) => value === "1" || value === "true");

const url = (name: string, schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol),
      `${name} must be an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`,
    );

const postgresUrl = (name: string) => url(name, ["postgres:", "postgresql:"]);

const wholeNumber = (name: string, from: number, to: number) => {
  const message = `${name} must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= from && value <= to, message);
};

const word = (name: string) => z.string().min(1, `${name} must not be empty`);

/** An address, alone or behind a name. */
const mailFrom = /^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

/** Every variable the program reads; `.env.example` explains them one by one. */
const environment = z.object({
  PORT: wholeNumber("PORT", 0, 65_535).default(3000),
  HOST: word("HOST").optional(),
  PUBLIC_URL: url("PUBLIC_URL", ["http:", "https:"]).optional(),
  TRUSTED_PROXIES: wholeNumber("TRUSTED_PROXIES", 0, 9).default(0),
  DATABASE_URL: postgresUrl("DATABASE_URL").optional(),
  DATABASE_OWNER_URL: postgresUrl("DATABASE_OWNER_URL").optional(),
  DATABASE_DIRECT_URL: postgresUrl("DATABASE_DIRECT_URL").optional(),
  DATABASE_PREPARE: flag("DATABASE_PREPARE").default(true),
  DATABASE_POOL: wholeNumber("DATABASE_POOL", 2, 500).default(10),
  ENCRYPTION_KEY: z.string().optional(),
  STORAGE_URL: url("STORAGE_URL", ["http:", "https:"]).optional(),
  STORAGE_REGION: word("STORAGE_REGION").default("us-east-1"),
  STORAGE_ACCESS_KEY_ID: word("STORAGE_ACCESS_KEY_ID").optional(),
  STORAGE_SECRET_ACCESS_KEY: word("STORAGE_SECRET_ACCESS_KEY").optional(),
  MAIL_URL: url("MAIL_URL", ["smtp:", "smtps:"]).optional(),
  MAIL_FROM: z
    .string()
    .regex(mailFrom, "MAIL_FROM must be an address, such as Guichet <guichet@example.com>")
    .optional(),
  META_APP_ID: word("META_APP_ID").optional(),
  META_APP_SECRET: word("META_APP_SECRET").optional(),
  META_VERIFY_TOKEN: word("META_VERIFY_TOKEN").optional(),
  INSTAGRAM_APP_ID: word("INSTAGRAM_APP_ID").optional(),
  INSTAGRAM_APP_SECRET: word("INSTAGRAM_APP_SECRET").optional(),
  PRIVATE_NETWORK: flag("PRIVATE_NETWORK").optional(),
  GUICHET_DATA: word("GUICHET_DATA").default(".data"),
  GUICHET_DEMO: flag("GUICHET_DEMO").optional(),
  GUICHET_SIMULATOR: flag("GUICHET_SIMULATOR").optional(),
  ROLE: z.enum(["web", "worker", "all"], "ROLE must be web, worker or all").default("all"),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent",
    )
    .default("info"),
});

export const environmentNames: readonly string[] = Object.keys(environment.shape);

export interface Config {
  port: number;
  /** The interface to listen on; every one when undefined. */
  host: string | undefined;
  /** Origin that browsers and providers use, without a trailing slash; undefined: the request's own. */
  publicUrl: string | undefined;
  /** How many proxies in front append to X-Forwarded-For. */
  trustedProxies: number;
  database: {
    /** True for the PostgreSQL that the program brings and runs itself. */
    embedded: boolean;
    url: string;
    /** Needed to migrate only. */
    ownerUrl: string | undefined;
    /** For LISTEN: never through a transaction pooler. */
    directUrl: string;
    prepare: boolean;
    pool: number;
  };
  keyRing: KeyRing;
  /** The bucket that files lie in; undefined: a folder beside the other data. */
  storage: { url: string; region: string; accessKeyId: string; secretAccessKey: string } | undefined;
  /** Where the program's own mails go: a mail server, or a folder to look at them; undefined: none are sent. */
  mail: MailConfig | undefined;
  meta: { appSecret: string | undefined; verifyToken: string | undefined };
  /** Apps through which people connect their accounts by signing in; without id and secret there is no such button. */
  connectApps: { instagram: ConnectApp | undefined; whatsapp: ConnectApp | undefined };
  /** Mail servers and files of tenants may lie in a private network. */
  privateNetwork: boolean;
  /** Folder of the embedded database, and of files where no bucket is configured. */
  dataFolder: string;
  demo: boolean;
  simulator: boolean;
  web: boolean;
  worker: boolean;
}

export interface MailConfig {
  /** `smtp://…` or `smtps://…`, with user and password; undefined: mails are laid into `folder`. */
  server: string | undefined;
  folder: string;
  from: string;
}

/** An app that is registered with a platform. */
export interface ConnectApp {
  id: string;
  secret: string;
}

/** What the embedded database adds to the environment. */
export interface EmbeddedSettings {
  appUrl: string;
  ownerUrl: string;
  encryptionKey: string;
}

export type Settings = z.infer<typeof environment>;

/** Reads and checks the environment. Throws one sentence naming the variable and what is expected. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const read = environment.safeParse(given);
  if (!read.success) throw new Error(read.error.issues.map((issue) => issue.message).join("; "));
  const settings = read.data;
  if (settings.DATABASE_URL && !settings.ENCRYPTION_KEY) {
    throw new Error(
      "ENCRYPTION_KEY is required with DATABASE_URL: 32 random bytes in base64 (openssl rand -base64 32)",
    );
  }
  if (settings.DATABASE_OWNER_URL && !settings.DATABASE_URL) {
    throw new Error("DATABASE_URL is required with DATABASE_OWNER_URL: the connection string of guichet_app");
  }
  if (settings.STORAGE_URL && !(settings.STORAGE_ACCESS_KEY_ID && settings.STORAGE_SECRET_ACCESS_KEY)) {
    throw new Error("STORAGE_ACCESS_KEY_ID and STORAGE_SECRET_ACCESS_KEY are required with STORAGE_URL");
  }
  if (settings.MAIL_URL && !settings.MAIL_FROM) {
    throw new Error("MAIL_FROM is required with MAIL_URL: the address that mails come from");
  }
  if (settings.ENCRYPTION_KEY) readKeyRing(settings.ENCRYPTION_KEY);
  return settings;
}

/** The program's configuration: the environment, and the embedded database where that is used. */
export function configFrom(settings: Settings, embedded?: EmbeddedSettings): Config {
  const url = embedded?.appUrl ?? settings.DATABASE_URL;
  const key = settings.ENCRYPTION_KEY ?? embedded?.encryptionKey;
  if (!url || !key) throw new Error("DATABASE_URL is required where the embedded database is not used");
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ""),
    trustedProxies: settings.TRUSTED_PROXIES,
    database: {
      embedded: embedded !== undefined,
      url,
      ownerUrl: embedded?.ownerUrl ?? settings.DATABASE_OWNER_URL,
      directUrl: embedded?.appUrl ?? settings.DATABASE_DIRECT_URL ?? url,
      prepare: settings.DATABASE_PREPARE,
      pool: settings.DATABASE_POOL,
    },
    keyRing: readKeyRing(key),
    storage: configuredBucket(settings),
    mail: configuredMail(settings, embedded !== undefined),
    meta: { appSecret: settings.META_APP_SECRET, verifyToken: settings.META_VERIFY_TOKEN },
    connectApps: {
      instagram: connectApp(settings.INSTAGRAM_APP_ID, settings.INSTAGRAM_APP_SECRET),
      whatsapp: connectApp(settings.META_APP_ID, settings.META_APP_SECRET),
    },
    privateNetwork: settings.PRIVATE_NETWORK ?? embedded !== undefined,
    dataFolder: settings.GUICHET_DATA,
    demo: settings.GUICHET_DEMO ?? embedded !== undefined,
    simulator: settings.GUICHET_SIMULATOR ?? embedded !== undefined,
    web: settings.ROLE !== "worker",
    worker: settings.ROLE !== "web",
  };
}

/** The bucket that the environment names, if any. */
export function configuredBucket(settings: Settings): Config["storage"] {
  const {
    STORAGE_URL: url,
    STORAGE_REGION: region,
    STORAGE_ACCESS_KEY_ID: id,
    STORAGE_SECRET_ACCESS_KEY: secret,
  } = settings;
  return url && id && secret ? { url, region, accessKeyId: id, secretAccessKey: secret } : undefined;
}

/** The mail server that the environment names; with the embedded database, a folder stands in for it. */
function configuredMail(settings: Settings, embedded: boolean): MailConfig | undefined {
  const { MAIL_URL: server, MAIL_FROM: from = "Guichet <guichet@localhost>", GUICHET_DATA: data } = settings;
  return server || embedded ? { server, folder: join(data, "mail"), from } : undefined;
}

function connectApp(id: string | undefined, secret: string | undefined): ConnectApp | undefined {
  return id && secret ? { id, secret } : undefined;
}

// Vite reloads modules in development; the configuration must outlive them.
const running = ((globalThis as { guichetConfig?: { config?: Config } }).guichetConfig ??= {});

/** Names the configuration that the program runs with. Called once by the composition root, and by tests. */
export function useConfig(config: Config | undefined): void {
  if (config) running.config = config;
  else delete running.config;
}

/** The configuration that the program runs with. */
export function currentConfig(): Config {
  if (!running.config) throw new Error("the configuration is not read yet");
  return running.config;
}

/** Origin that browsers and providers reach us at, without a trailing slash; never what a request says. */
export function publicOrigin(): string {
  const { publicUrl, port } = currentConfig();
  return publicUrl ?? `http://localhost:${port}`;
}

/** Whether {@link currentConfig} has an answer yet. */
export function isConfigured(): boolean {
  return running.config !== undefined;
}
