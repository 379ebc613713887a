import { z } from "zod";
import { memberProcedure, router } from "#server/trpc/init.ts";
import { beginSignIn, disconnect, finishSignIn, openChannelOf, platformChoices, useChosenAccount } from "./jobs.ts";
import { connectionOfChannel, listConnections } from "./list-connections.ts";
import { platformStatus, platformStatuses } from "./platform-status.ts";
import { beginSignInInput, chooseAccountInput, connectionRef, finishSignInInput } from "./schemas.ts";

const reading = memberProcedure("channels.read");
const writing = memberProcedure("channels.write");

/** Settings › Connections: accounts of platforms, connected by signing in there. No answer carries a token. */
export const connectionsRouter = router({
  list: reading.query(({ ctx }) => listConnections(ctx.verb)),
  platforms: reading.query(() => platformChoices()),
  status: reading
    .meta({
      openapi: {
        method: "GET",
        path: "/platforms/status",
        summary: "Each platform with its connected accounts: active, expired or revoked, and when it was last asked",
        tags: ["platforms"],
        protect: true,
      },
    })
    .output(platformStatuses)
    .query(({ ctx }) => platformStatus(ctx.verb)),
  ofChannel: reading
    .input(z.object({ channelId: z.uuid() }))
    .query(({ ctx, input }) => connectionOfChannel(ctx.verb, input)),
  begin: writing.input(beginSignInInput).mutation(({ ctx, input }) => beginSignIn(ctx.verb, ctx.member.slug, input)),
  finish: writing.input(finishSignInInput).mutation(({ ctx, input }) => finishSignIn(ctx.verb, input)),
  choose: writing.input(chooseAccountInput).mutation(({ ctx, input }) => useChosenAccount(ctx.verb, input)),
  openChannel: writing.input(connectionRef).mutation(({ ctx, input }) => openChannelOf(ctx.verb, input)),
  disconnect: writing.input(connectionRef).mutation(({ ctx, input }) => disconnect(ctx.verb, input)),
});
