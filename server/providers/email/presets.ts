/** The servers of well-known mail hosts, from their own help pages: whoever has an address there need not look them up. */
interface Preset {
  imap: string;
  smtp: string;
  /** Port 587 with STARTTLS instead of 465. */
  starttls?: true;
  /** `name+anything@` reaches `name@`. */
  plus?: true;
}

const google: Preset = { imap: "imap.gmail.com", smtp: "smtp.gmail.com", plus: true };
const yahoo: Preset = { imap: "imap.mail.yahoo.com", smtp: "smtp.mail.yahoo.com" };
const icloud: Preset = { imap: "imap.mail.me.com", smtp: "smtp.mail.me.com", starttls: true, plus: true };
const orange: Preset = { imap: "imap.orange.fr", smtp: "smtp.orange.fr" };
const sfr: Preset = { imap: "imap.sfr.fr", smtp: "smtp.sfr.fr" };

const presets: Readonly<Record<string, Preset>> = {
  "gmail.com": google,
  "googlemail.com": google,
  "yahoo.com": yahoo,
  "yahoo.fr": yahoo,
  "icloud.com": icloud,
  "me.com": icloud,
  "mac.com": icloud,
  "orange.fr": orange,
  "wanadoo.fr": orange,
  "sfr.fr": sfr,
  "neuf.fr": sfr,
  "free.fr": { imap: "imap.free.fr", smtp: "smtp.free.fr" },
  "laposte.net": { imap: "imap.laposte.net", smtp: "smtp.laposte.net" },
  "gmx.fr": { imap: "imap.gmx.com", smtp: "mail.gmx.com" },
  "gmx.com": { imap: "imap.gmx.com", smtp: "mail.gmx.com" },
  "gmx.net": { imap: "imap.gmx.net", smtp: "mail.gmx.net" },
  "fastmail.com": { imap: "imap.fastmail.com", smtp: "smtp.fastmail.com", plus: true },
  "zoho.com": { imap: "imap.zoho.com", smtp: "smtp.zoho.com", plus: true },
  "aol.com": { imap: "imap.aol.com", smtp: "smtp.aol.com" },
};

/** The settings of the address's mail host, where it is a well-known one; nothing for any other. */
export function presetFor(address: string): Record<string, string> {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const preset = Object.hasOwn(presets, domain) ? presets[domain] : undefined;
  if (!preset) return {};
  return {
    imap_host: preset.imap,
    smtp_host: preset.smtp,
    smtp_security: preset.starttls ? "starttls" : "tls",
    plus_addressing: preset.plus ? "yes" : "no",
  };
}
