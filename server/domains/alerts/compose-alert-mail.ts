import type { SystemMail } from "#server/system-mail/index.ts";
import { escaped } from "#server/system-mail/index.ts";
import type { ClaimedMail, Notice } from "./claim-mails.ts";
import { fixPathOf } from "./fix-path.ts";
import type { Wording } from "./word-notice.ts";
import { sentencesOf, titleOf, wordingFor } from "./word-notice.ts";

interface Paragraph {
  title: string;
  lines: string[];
  link: string;
}

/** What one member is told, in their language: what opened first, then what is over, each with its way to the fix. */
export function composeAlertMail(mail: ClaimedMail, origin: string): SystemMail {
  const { mailId: id, address: to, name, notices, tenant } = mail;
  const wording = wordingFor(mail.locale, mail.timezone);
  const { words } = wording;
  const base = `${origin}/t/${tenant.slug}`;
  const of = (event: Notice["event"]) =>
    notices.filter((notice) => notice.event === event).map((notice) => paragraphOf(notice, wording, base));
  const parts = [
    { head: words.opened(tenant.name), paragraphs: of("opened") },
    { head: words.recovered(tenant.name), paragraphs: of("recovered") },
  ].filter(({ paragraphs }) => paragraphs.length > 0);
  const foot = [
    { words: words.all, link: `${base}/alerts` },
    { words: words.why, link: `${base}/settings/profile` },
  ];
  const text = [
    words.hello(name),
    ...parts.flatMap(({ head, paragraphs }) => [
      head,
      ...paragraphs.map(({ title, lines, link }) => [`• ${title}`, ...lines, `→ ${link}`].join("\n  ")),
    ]),
    ...foot.map((line) => `${line.words}\n${line.link}`),
  ].join("\n\n");
  const html = [
    `<p>${escaped(words.hello(name))}</p>`,
    ...parts.flatMap(({ head, paragraphs }) => [
      `<p>${escaped(head)}</p>`,
      ...paragraphs.map(
        ({ title, lines, link }) =>
          `<p><strong>${escaped(title)}</strong><br>${lines.map((line) => `${escaped(line)}<br>`).join("")}` +
          `<a href="${escaped(link)}">${escaped(words.look)}</a></p>`,
      ),
    ]),
    `<p><a href="${escaped(foot[0]!.link)}">${escaped(foot[0]!.words)}</a></p>`,
    `<p style="color:#666">${escaped(foot[1]!.words)} <a href="${escaped(foot[1]!.link)}">${escaped(foot[1]!.link)}</a></p>`,
  ].join("\n");
  return { id, to, subject: subjectOf(notices, tenant.name, wording), text, html };
}

function paragraphOf(notice: Notice, wording: Wording, base: string): Paragraph {
  const { words, moment } = wording;
  const { event, openedAt, resolvedAt, times } = notice;
  const title = titleOf(notice, wording);
  const lines =
    event === "recovered"
      ? [words.lasted(moment(openedAt), moment(resolvedAt ?? openedAt))]
      : [
          ...sentencesOf(notice, wording),
          words.since(moment(openedAt)),
          ...(times > 1 ? [words.comesAndGoes(times)] : []),
        ];
  return {
    title: title.charAt(0).toUpperCase() + title.slice(1),
    lines,
    link: `${base}/${fixPathOf(notice)}`,
  };
}

function subjectOf(notices: readonly Notice[], tenant: string, wording: Wording): string {
  const { words } = wording;
  const [first] = notices;
  if (notices.length !== 1 || !first) return words.subjectMany(notices.length, tenant);
  const what = titleOf(first, wording);
  return first.event === "opened" ? words.subjectOpened(what, tenant) : words.subjectRecovered(what, tenant);
}
