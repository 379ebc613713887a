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
import { playForm } from "./play-form.ts";
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
  const form = await request.formData();
  const file = form.get("file");
  form.delete("file");
  return answerForm(form, (values) => playForm(simulator, values, file instanceof File && file.size > 0 ? file : null));
}

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
  if (seen.kind === "call") return <Telephone {...playing} {...seen} />;
  return <Phone {...playing} seen={seen} />;
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
