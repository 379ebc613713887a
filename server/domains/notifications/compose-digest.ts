import type { SystemMail } from "#server/system-mail/index.ts";
import { escaped } from "#server/system-mail/index.ts";
import type { ClaimedDigest } from "./claim-digests.ts";
import { pathOf, wordNotification } from "./notification-words.ts";

const words = {
  fr: {
    subject: (count: number, tenant: string) =>
      count === 1
        ? `Une nouvelle chose vous attend chez ${tenant}`
        : `${count} nouvelles choses vous attendent chez ${tenant}`,
    hello: (name: string) => `Bonjour ${name},`,
    head: "Voici ce que vous n’avez pas encore vu :",
    times: (count: number) => ` (${count} fois)`,
    all: "Toutes vos notifications",
    why: "Choisir ce qui vous est envoyé",
  },
  en: {
    subject: (count: number, tenant: string) =>
      count === 1 ? `Something new waits for you at ${tenant}` : `${count} new things wait for you at ${tenant}`,
    hello: (name: string) => `Hello ${name},`,
    head: "This is what you have not seen yet:",
    times: (count: number) => ` (${count} times)`,
    all: "All your notifications",
    why: "Choose what is sent to you",
  },
} as const;

/** What one member did not see, in their language, each with its way there. */
export function composeDigest(digest: ClaimedDigest, origin: string): SystemMail {
  const { mailId: id, address: to, name, locale, tenant, lines } = digest;
  const said = words[locale];
  const base = `${origin}/t/${tenant.slug}`;
  const items = lines.map((line) => {
    const { title, body } = wordNotification(locale, line);
    return { title: title + (line.times > 1 ? said.times(line.times) : ""), body, link: `${base}/${pathOf(line)}` };
  });
  const foot = [
    { text: said.all, link: `${base}/notifications` },
    { text: said.why, link: `${base}/settings/notifications` },
  ];
  const text = [
    said.hello(name),
    said.head,
    ...items.map(({ title, body, link }) => `• ${title}\n  ${body}\n  → ${link}`),
    ...foot.map((line) => `${line.text}\n${line.link}`),
  ].join("\n\n");
  const html = [
    `<p>${escaped(said.hello(name))}</p><p>${escaped(said.head)}</p>`,
    ...items.map(
      ({ title, body, link }) =>
        `<p><strong>${escaped(title)}</strong><br><a href="${escaped(link)}">${escaped(body)}</a></p>`,
    ),
    ...foot.map((line) => `<p style="color:#666"><a href="${escaped(line.link)}">${escaped(line.text)}</a></p>`),
  ].join("\n");
  return { id, to, subject: said.subject(lines.length, tenant.name), text, html };
}
