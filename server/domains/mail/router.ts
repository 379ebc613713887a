import { memberProcedure, router } from "#server/trpc/init.ts";
import { readMailBody } from "./read-mail-body.ts";
import { mailBodyInput } from "./schemas.ts";

/** Mails as their senders laid them out. */
export const mailRouter = router({
  body: memberProcedure("conversations.read")
    .input(mailBodyInput)
    .query(({ ctx, input }) => readMailBody(ctx.verb, input, `/t/${ctx.member.slug}/files`)),
});
