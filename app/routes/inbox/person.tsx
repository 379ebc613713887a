import { redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTelling } from "#app/shell/use-telling.ts";
import { ViewerLine } from "#app/shell/viewer-line.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import type { Caller } from "#server/trpc/root.ts";

import type { Route } from "./+types/person";
import type { ActionResult } from "./act.ts";
import { act } from "./act.ts";
import { Composer } from "./composer.tsx";
import type { Person } from "./data.ts";
import { keptParams } from "./kept-address.ts";
import { anchorOf } from "./message-address.ts";
import { PersonHeader } from "./person-header.tsx";
import { PersonWays } from "./person-ways.tsx";
import { TemplatePicker } from "./template-picker.tsx";
import { Thread } from "./thread.tsx";
import { useUnsent } from "./unsent.tsx";
import { useMarkRead } from "./use-mark-read.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { conversations } = context.get(apiContext);
  const customerId = known(params.id);
  const searchParams = keptParams(request);
  const day = searchParams.get("day");
  if (day && /^\d{4}-\d\d-\d\d$/.test(day)) {
    const { messages } = await conversations.person({ customerId, day, limit: 1 });
    throw redirect(`/t/${params.tenant}/customers/${customerId}/messages?${atMessage(searchParams, messages[0]?.id)}`);
  }
  const around = searchParams.get("message");
  const [person, found] = await Promise.all([
    conversations.openPerson({ customerId, via: via(searchParams) }),
    around && uuid.test(around) ? conversations.person({ customerId, around }) : null,
  ]);
  return { ...person, around: found && found.messages.length > 0 ? found : null };
}

/** The same address, at a message; at the end where there is none. */
function atMessage(params: URLSearchParams, messageId: string | undefined): string {
  const kept = new URLSearchParams(params);
  kept.delete("day");
  kept.delete("message");
  if (!messageId) return String(kept);
  kept.set("message", messageId);
  return `${kept}#${anchorOf(messageId)}`;
}

export async function action({ params, request, context }: Route.ActionArgs): Promise<ActionResult> {
  const api = context.get(apiContext);
  const customerId = known(params.id);
  const form = await request.formData();
  if (form.get("intent") === "read") {
    await api.conversations.markPersonRead({ customerId });
    return { ok: true };
  }
  return act(api, await answeredBy(api, customerId, new URL(request.url).searchParams), form);
}

async function answeredBy(api: Caller, customerId: string, params: URLSearchParams): Promise<string> {
  const { composer } = await api.conversations.openPerson({ customerId, via: via(params) });
  if (!composer) throw new Response(null, { status: 404 });
  return composer.conversation.id;
}

function via(params: URLSearchParams): string | null {
  const picked = params.get("via");
  return picked && uuid.test(picked) ? picked : null;
}

function known(text: string): string {
  if (!uuid.test(text)) throw new Response(null, { status: 404 });
  return text;
}

export { clientAction } from "./conversation.tsx";

type Loaded = Route.ComponentProps["loaderData"];

export default function PersonPage({ loaderData }: Route.ComponentProps) {
  const t = useT("inbox");
  const { customer, ways, composer } = loaderData;
  useLive(["customers"], [customer.id], { every: 1_000 });
  useLive(["channels"], undefined, { after: 500, every: 1_000 });
  useLive(
    ["conversations", "messages"],
    ways.flatMap(({ conversationId, threadId }) => [conversationId, threadId]),
  );
  return (
    <Page
      title={`${customer.name} · ${t("person.title")}`}
      heading={customer.name}
      fill
      header={<PersonHeader {...loaderData} />}
    >
      {composer ? (
        <Opened key={customer.id} {...loaderData} composer={composer} />
      ) : (
        <div className="grid flex-1 place-items-center">
          <EmptyState title={t("person.none")}>{t("person.noneBody")}</EmptyState>
        </div>
      )}
    </Page>
  );
}

function Opened({
  customer,
  thread,
  around,
  ways,
  best,
  composer,
  scheduled,
}: Loaded & { composer: NonNullable<Person["composer"]> }) {
  const { conversation, colleagues, quickReplies, templates, draft } = composer;
  const unreadCount = unreadIn(ways);
  const { waiting, items } = useUnsent(conversation, thread, scheduled);
  useMarkRead({ id: customer.id, unreadCount });
  useTelling({ conversationId: conversation.threadId });
  return (
    <section className="flex min-w-0 flex-1 flex-col border-line md:border-t">
      <Thread
        conversation={conversation}
        person={{ customerId: customer.id, unreadCount }}
        thread={thread}
        around={around}
        waiting={waiting}
      >
        {items}
      </Thread>
      <PersonWays ways={ways} best={best} conversation={conversation} />
      <TemplatePicker conversation={conversation} templates={templates} />
      <ViewerLine
        ids={[...new Set(ways.map(({ threadId }) => threadId))]}
        className="px-5 py-1 empty:hidden max-sm:px-3"
      />
      <Composer
        key={conversation.id}
        conversation={conversation}
        quickReplies={quickReplies}
        colleagues={colleagues}
        messages={thread.messages}
        draft={draft}
      />
    </section>
  );
}

/** A merged conversation counts in its thread, not once more. */
function unreadIn(ways: Person["ways"]): number {
  return ways
    .filter(
      ({ conversationId, threadId }) =>
        conversationId === threadId || !ways.some((way) => way.conversationId === threadId),
    )
    .reduce((sum, way) => sum + way.unreadCount, 0);
}
