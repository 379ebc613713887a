/** A plain mail as bytes: the headers given, in their order, then the text. */
export function mailBytes(headers: Readonly<Record<string, string>>, text = "Bonjour"): Uint8Array {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return new TextEncoder().encode([...head, "", text, ""].join("\r\n"));
}

/** Headers of a mail that a person wrote. */
export const ordinary = {
  "Message-ID": "<une@client.example>",
  Date: "Sat, 21 Nov 2026 09:12:00 +0100",
  From: "Camille Fictive <camille@client.example>",
  To: "bonjour@atelier.example",
  Subject: "Abat-jour",
} as const;

export const own = ["bonjour@atelier.example"];
export const receivedAt = new Date("2026-11-21T10:00:00Z");
