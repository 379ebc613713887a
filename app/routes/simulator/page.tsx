import { data, Link, useRevalidator } from "react-router";
import { useEffect } from "react";
import { Smartphone } from "lucide-react";

import { apiContext, pageContext } from "#app/context.ts";
import { localeOf } from "#app/i18n/negotiate.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm } from "#app/shell/answer-form.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/page";
import { Chooser } from "./chooser.tsx";
import { Mailbox } from "./mailbox.tsx";
import { addressIn, peopleNear } from "./people.ts";
import { Phone } from "./phone.tsx";
import type { Playing } from "./playing.ts";
import { Switches } from "./switches.tsx";
import { Telephone } from "./telephone.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { simulator: on, viewer } = context.get(pageContext);
  if (!on) throw data(null, { status: 404 });
  const { simulator } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const lines = await simulator.lines();
  const isMine = (slug: string) => viewer?.memberships.some((membership) => membership.slug === slug) ?? false;
  const line =
    lines.find(({ channelId }) => channelId === searchParams.get("line")) ??
    lines.find(({ tenantSlug }) => isMine(tenantSlug)) ??
    lines[0];
  if (!line) return { lines, playing: null, signedIn: viewer !== null };
  const near = peopleNear({ ...line, language: localeOf(request, viewer?.locale) });
  const address = addressIn(searchParams.get("phone") ?? undefined, line.kind) ?? near[0]?.address ?? "";
  const view = await simulator.view({ channelId: line.channelId, address });
  const known = [...view.customers, ...near].find((person) => person.address === address);
  const name = searchParams.get("name") || known?.name || address;
  const people = [
    ...view.customers,
    ...near.filter((person) => !view.customers.some((other) => other.address === person.address)),
  ];
  return {
    lines,
    playing: { line, address, name, people, view, mine: isMine(line.tenantSlug) },
    signedIn: viewer !== null,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { simulator } = context.get(apiContext);
  return answerForm(
    await request.formData(),
    async ({ intent, channelId = "", address = "", name = "", text = "", which, on, ...more }) => {
      const { callId = "", subject = "", inReplyTo } = more;
      switch (intent) {
        case "mail":
          return {
            sent: await simulator.mail({
              channelId,
              address,
              name,
              subject,
              text,
              ...(inReplyTo ? { inReplyTo } : {}),
            }),
          };
        case "ring":
          return { rung: await simulator.ring({ channelId, address, name }) };
        case "say":
          await simulator.say({ channelId, callId, text });
          return { said: crypto.randomUUID() };
        case "function":
          return { answered: await simulator.callFunction({ channelId, callId, name: which ?? "" }) };
        case "hangUp":
          await simulator.hangUp({ channelId, callId });
          return { hungUp: true };
        case "write":
          return {
            sent: await simulator.write({
              channelId,
              address,
              name,
              text,
              as: wayOf(more.as),
              hoursAgo: Number(more.hoursAgo ?? 0),
            }),
          };
        case "unsend":
          await simulator.unsend({ channelId, address, messageId: more.messageId ?? "" });
          return { unsent: true };
        case "read":
          await simulator.read({ channelId, address });
          return { read: true };
        case "behave":
          await simulator.behave({ channelId, [which ?? ""]: on === "on" });
          return { behaves: true };
        default:
          throw data(null, { status: 400 });
      }
    },
  );
}

const ways = ["direct", "story_reply", "story_mention", "comment"] as const;
const wayOf = (word: string | undefined) => ways.find((way) => way === word) ?? "direct";

export default function SimulatorPage({ loaderData: { lines, playing, signedIn } }: Route.ComponentProps) {
  const t = useT("simulator");
  useLinePhones(playing?.line.channelId);
  return (
    <main id="main" className="min-h-dvh bg-sunken">
      <title>{`${t("title")} · Guichet`}</title>
      {playing ? (
        <div className="mx-auto grid max-w-300 gap-x-8 gap-y-4 p-5 max-lg:max-w-110 max-sm:p-0 lg:grid-cols-[19rem_minmax(0,1fr)_17rem]">
          <header className="max-lg:px-4 max-lg:pt-4">
            <h1 className="text-xl font-semibold tracking-[-0.015em]">{t("title")}</h1>
            <p className="mt-1 text-dim max-sm:hidden">{t("intro")}</p>
            <Chooser lines={lines} playing={playing} />
          </header>
          <InHand key={`${playing.line.channelId} ${playing.address}`} {...playing} />
          <Switches line={playing.line} view={playing.view} mine={playing.mine} />
        </div>
      ) : (
        <EmptyState
          icon={<Smartphone size={20} aria-hidden />}
          title={t("noLineTitle")}
          action={
            signedIn ? (
              <Link to="/" className="link">
                {t("home")}
              </Link>
            ) : (
              <LinkButton to="/sign-in?next=/simulator">{t("signIn")}</LinkButton>
            )
          }
        >
          {t("noLineBody")}
        </EmptyState>
      )}
    </main>
  );
}

/** What the customer holds: a phone to write on, a mailbox, or a telephone. */
function InHand(playing: Playing) {
  const { seen } = playing.view;
  if (seen.kind === "mailbox") return <Mailbox {...playing} mails={seen.mails} />;
  if (seen.kind === "call") return <Telephone {...playing} calls={seen.calls} />;
  return <Phone {...playing} {...seen} />;
}

/** Looks again whenever something happens on a phone of the line. */
function useLinePhones(channelId: string | undefined): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!channelId) return;
    const input = encodeURIComponent(JSON.stringify({ json: { channelId } }));
    const source = new EventSource(`/trpc/simulator.watch?input=${input}`);
    source.addEventListener("message", () => void revalidate());
    return () => source.close();
  }, [channelId, revalidate]);
}
