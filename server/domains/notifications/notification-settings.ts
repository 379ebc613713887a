import { and, desc, eq } from "drizzle-orm";
import { notificationChoices, notificationKinds, pushSubscriptions } from "#db/schema/notifications.ts";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { SystemMailState } from "#server/system-mail/index.ts";
import { systemMailState } from "#server/system-mail/index.ts";
import type { NotificationKind, Ways } from "./kinds.ts";
import { proposed } from "./kinds.ts";
import type { ChooseNotificationsInput, MuteInput, QuietInput } from "./schemas.ts";
import { quietInput } from "./schemas.ts";
import { vapidKeys } from "./vapid-keys.ts";

export interface NotificationSettings {
  ways: { kind: NotificationKind; chosen: Ways }[];
  quietFrom: string | null;
  quietUntil: string | null;
  mutedUntil: Date | null;
  /** Whose hours those are. */
  timeZone: string;
  devices: { id: string; endpoint: string; userAgent: string | null; createdAt: Date }[];
  /** What a browser subscribes with. */
  pushKey: string;
  mails: SystemMailState;
}

/** How the acting member hears of things, and on which devices. */
export async function readNotificationSettings(ctx: Ctx): Promise<NotificationSettings> {
  const userId = requireMember(ctx);
  return withTenant(ctx, async (tx) => {
    const { id, endpoint, userAgent, createdAt } = pushSubscriptions;
    const [[profile], chosen, devices] = await Promise.all([
      tx
        .select({
          quietFrom: userProfiles.quietFrom,
          quietUntil: userProfiles.quietUntil,
          mutedUntil: userProfiles.mutedUntil,
          own: userProfiles.timezone,
          business: tenants.timezone,
        })
        .from(userProfiles)
        .innerJoin(tenants, eq(tenants.id, userProfiles.tenantId))
        .where(profileOf(ctx, userId)),
      tx.select().from(notificationChoices).where(eq(notificationChoices.userId, userId)),
      tx
        .select({ id, endpoint, userAgent, createdAt })
        .from(pushSubscriptions)
        .where(eq(pushSubscriptions.userId, userId))
        .orderBy(desc(id)),
    ]);
    if (!profile) throw forbidden();
    const { own, business, mutedUntil, ...rest } = profile;
    return {
      ...rest,
      mutedUntil: mutedUntil && mutedUntil > ctx.clock.now() ? mutedUntil : null,
      timeZone: own ?? business,
      ways: notificationKinds.map((kind) => ({
        kind,
        chosen: waysOf(chosen.find((one) => one.kind === kind) ?? proposed[kind]),
      })),
      devices,
      pushKey: vapidKeys().publicKey,
      mails: systemMailState(),
    };
  });
}

const waysOf = ({ product, push, mail }: Ways): Ways => ({ product, push, mail });

/** How the acting member wants to hear of each kind. */
export async function chooseNotifications(ctx: Ctx, { ways }: ChooseNotificationsInput): Promise<void> {
  const userId = requireMember(ctx);
  await withTenant(ctx, async (tx) => {
    const { tenantId } = ctx;
    for (const kind of notificationKinds) {
      const set = ways[kind];
      await tx
        .insert(notificationChoices)
        .values({ tenantId, userId, kind, ...set })
        .onConflictDoUpdate({
          target: [notificationChoices.tenantId, notificationChoices.userId, notificationChoices.kind],
          set,
        });
    }
    await recordChoice(ctx, tx, userId, { ways });
  });
}

/** Between which hours the acting member is not to be disturbed; null: at none. */
export async function chooseQuietHours(ctx: Ctx, input: QuietInput): Promise<void> {
  const { from, until } = quietInput.parse(input);
  await setProfile(ctx, { quietFrom: from, quietUntil: until }, { quietFrom: from, quietUntil: until });
}

/** Not now: nothing wakes the acting member for so long. The product still counts what happens. */
export async function mute(ctx: Ctx, { minutes }: MuteInput): Promise<void> {
  const mutedUntil = minutes === null ? null : new Date(ctx.clock.now().getTime() + minutes * 60_000);
  await setProfile(ctx, { mutedUntil }, { mutedUntil: mutedUntil?.toISOString() ?? null });
}

async function setProfile(
  ctx: Ctx,
  set: Partial<typeof userProfiles.$inferInsert>,
  told: Record<string, unknown>,
): Promise<void> {
  const userId = requireMember(ctx);
  await withTenant(ctx, async (tx) => {
    await tx
      .update(userProfiles)
      .set({ ...set, updatedAt: ctx.clock.now() })
      .where(profileOf(ctx, userId));
    await recordChoice(ctx, tx, userId, told);
  });
}

const profileOf = (ctx: Ctx, userId: string) =>
  and(eq(userProfiles.tenantId, ctx.tenantId), eq(userProfiles.userId, userId));

function requireMember(ctx: Ctx): string {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  return userId;
}

function recordChoice(ctx: Ctx, tx: TenantTx, userId: string, data: Record<string, unknown>): Promise<void> {
  const action = "profile.choose_notifications";
  return recordAudit({ ...ctx, tx }, { action, entityType: "member", entityId: userId, data });
}
