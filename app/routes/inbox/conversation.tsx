import { redirect, useSearchParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useLive } from "#app/shell/live.ts";
import { useTelling } from "#app/shell/use-telling.ts";
import { ViewerLine } from "#app/shell/viewer-line.tsx";
import { cx } from "#app/ui/classes.ts";

import type { Route } from "./+types/conversation";
import type { ActionResult } from "./act.ts";
import { act } from "./act.ts";
import { Composer } from "./composer.tsx";
import { CustomerPanel } from "./customer-panel.tsx";
import { putTakenBack } from "./draft-store.ts";
import { keptParams } from "./kept-address.ts";
import { MergedHere } from "./merged-here.tsx";
import { messagesAround } from "./messages-around.ts";
import { TemplatePicker } from "./template-picker.tsx";
import { ThreadHeader } from "./thread-header.tsx";
import { ThreadLabels } from "./thread-labels.tsx";
import { ThreadState } from "./thread-state.tsx";
import { Thread } from "./thread.tsx";
import { useUnsent } from "./unsent.tsx";
import { useMarkRead } from "./use-mark-read.ts";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const conversationId = params.conversation;
  const [opened, around] = await Promise.all([
    api.conversations.open({ conversationId }),
    messagesAround(api, conversationId, new URL(request.url).searchParams),
  ]);
  const { mergedIntoId, threadId } = opened.conversation;
  // It goes on in another: whoever follows an older link, or stood here when it was merged, reads that.
  if (mergedIntoId) throw redirect(`/t/${params.tenant}/inbox/${threadId}?${keptParams(request)}`);
  return { ...opened, around };
}

export async function action({ params, request, context }: Route.ActionArgs): Promise<ActionResult> {
  return act(context.get(apiContext), params.conversation, await request.formData());
}

/**
 * Without a network the message stays on the screen with its reason, instead of the page giving way to an error.
 * Words that were taken back are put back here: the bubble that they stood in may be gone before its answer comes.
 */
export async function clientAction({ request, params, serverAction }: Route.ClientActionArgs): Promise<ActionResult> {
  const form = request.clone();
  try {
    const answer = await serverAction();
    if (answer.ok && answer.takenBack) {
      const composerId = String((await form.formData()).get("composerId"));
      putTakenBack(composerId, answer.takenBack, `/t/${params.tenant}/files`);
    }
    return answer;
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, code: "unavailable", reason: "unavailable", fields: {} };
    throw error;
  }
}

type Loaded = Route.ComponentProps["loaderData"];

export default function Conversation({ loaderData }: Route.ComponentProps) {
  const { conversation } = loaderData;
  return <Opened key={conversation.id} {...loaderData} />;
}

function Opened({ conversation, thread, around, colleagues, quickReplies, templates, draft, scheduled }: Loaded) {
  const [search] = useSearchParams();
  const panel = search.has("customer");
  const { waiting, items } = useUnsent(conversation, thread, scheduled);
  // The page around it watches conversations and messages; these come beside them, mostly.
  useLive(["customers", "tickets", "members"], undefined, { after: 500, every: 1_000 });
  // Templates are read a while after a channel is connected, and it may stop or begin to send.
  useLive(["channels"], [conversation.channel.id], { after: 500, every: 1_000 });
  useMarkRead(conversation);
  useTelling({ conversationId: conversation.id });
  return (
    <>
      <section
        className={cx("flex min-w-0 flex-1 flex-col border-line md:border-t lg:border-l", panel && "max-xl:hidden")}
      >
        <ThreadHeader conversation={conversation} colleagues={colleagues} />
        <ThreadLabels labels={conversation.labels} />
        <ThreadState conversation={conversation} />
        <MergedHere conversation={conversation} />
        <Thread conversation={conversation} thread={thread} around={around} waiting={waiting}>
          {items}
        </Thread>
        <TemplatePicker conversation={conversation} templates={templates} />
        <ViewerLine ids={[conversation.id]} className="px-5 py-1 empty:hidden max-sm:px-3" />
        <Composer
          conversation={conversation}
          quickReplies={quickReplies}
          colleagues={colleagues}
          messages={thread.messages}
          draft={draft}
        />
      </section>
      <CustomerPanel conversation={conversation} shown={panel} />
    </>
  );
}
