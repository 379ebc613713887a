import { memberProcedure, router } from "#server/trpc/init.ts";
import { dropMessage, sendMessageNow } from "./decide-message.ts";
import { listMessages } from "./list-messages.ts";
import { getMessageSettings, saveMessageSettings, saveMessageWords } from "./message-settings.ts";
import { messageRef, ofAppointmentInput, saveSettingsInput, saveWordsInput } from "./schemas.ts";

const writes = memberProcedure("appointments.write");
const configures = memberProcedure("appointments.configure");

/** What customers are told of their appointments. */
export const appointmentMessagesRouter = router({
  ofAppointment: memberProcedure("appointments.read")
    .input(ofAppointmentInput)
    .query(({ ctx, input }) => listMessages(ctx.verb, input)),
  sendNow: writes.input(messageRef).mutation(({ ctx, input }) => sendMessageNow(ctx.verb, input)),
  drop: writes.input(messageRef).mutation(({ ctx, input }) => dropMessage(ctx.verb, input)),
  settings: configures.query(({ ctx }) => getMessageSettings(ctx.verb)),
  saveSettings: configures.input(saveSettingsInput).mutation(({ ctx, input }) => saveMessageSettings(ctx.verb, input)),
  saveWords: configures.input(saveWordsInput).mutation(({ ctx, input }) => saveMessageWords(ctx.verb, input)),
});
