import { memberProcedure, router } from "#server/trpc/init.ts";
import { removeDevice, subscribeDevice } from "./devices.ts";
import { listNotifications } from "./list-notifications.ts";
import { chooseNotifications, chooseQuietHours, mute, readNotificationSettings } from "./notification-settings.ts";
import {
  chooseNotificationsInput,
  deviceRef,
  listNotificationsInput,
  muteInput,
  quietInput,
  seeInput,
  subscribeInput,
} from "./schemas.ts";
import { seeNotifications } from "./see-notifications.ts";

const own = memberProcedure("profile.write");

/** What the acting member is told, and how. */
export const notificationsRouter = router({
  list: own.input(listNotificationsInput).query(({ ctx, input }) => listNotifications(ctx.verb, input)),
  see: own.input(seeInput).mutation(({ ctx, input }) => seeNotifications(ctx.verb, input)),
  settings: own.query(({ ctx }) => readNotificationSettings(ctx.verb)),
  choose: own.input(chooseNotificationsInput).mutation(({ ctx, input }) => chooseNotifications(ctx.verb, input)),
  chooseQuietHours: own.input(quietInput).mutation(({ ctx, input }) => chooseQuietHours(ctx.verb, input)),
  mute: own.input(muteInput).mutation(({ ctx, input }) => mute(ctx.verb, input)),
  subscribe: own.input(subscribeInput).mutation(({ ctx, input }) => subscribeDevice(ctx.verb, input)),
  removeDevice: own.input(deviceRef).mutation(({ ctx, input }) => removeDevice(ctx.verb, input)),
});
