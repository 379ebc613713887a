import { memberProcedure, publicProcedure, router } from "#server/trpc/init.ts";
import { discardUpload } from "./discard-upload.ts";
import { findFile, findSignedFile } from "./find-file.ts";
import { retryFetching } from "./retry-fetching.ts";
import { attachmentRef, signedRef, uploadInput } from "./schemas.ts";
import { uploadFile } from "./upload-file.ts";

const reads = memberProcedure("conversations.read");
const replies = memberProcedure("conversations.reply");

/** Files of messages. Their bytes are served by `server/http/files.ts`. */
export const attachmentsRouter = router({
  find: reads.input(attachmentRef).query(({ ctx, input }) => findFile(ctx.verb, input)),
  findSigned: publicProcedure.input(signedRef).query(({ ctx, input }) => findSignedFile(ctx.clock, input)),
  retry: replies.input(attachmentRef).mutation(({ ctx, input }) => retryFetching(ctx.verb, input)),
  upload: replies.input(uploadInput).mutation(({ ctx, input }) => uploadFile(ctx.verb, input)),
  discard: replies.input(attachmentRef).mutation(({ ctx, input }) => discardUpload(ctx.verb, input)),
});
