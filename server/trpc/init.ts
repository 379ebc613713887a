import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import type { OpenApiMeta } from "trpc-to-openapi";
import { ZodError } from "zod";
import type { Permission } from "#server/auth/permissions.ts";
import { allows } from "#server/auth/permissions.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { toTrpcError } from "./errors.ts";
import type { RequestContext } from "./context.ts";
import { fieldReasons } from "./field-reasons.ts";

/** What a procedure asks of the caller: a permission in the page's tenant, or a signed-in person. */
export type Access = {
  permission?: Permission;
  signedIn?: boolean;
  /** Its place in the REST API. */
  openapi?: OpenApiMeta["openapi"];
};

const t = initTRPC
  .context<RequestContext>()
  .meta<Access>()
  .create({
    transformer: superjson,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: {
        ...shape.data,
        stack: undefined,
        reason:
          error.cause instanceof DomainError
            ? error.cause.reason
            : error.cause instanceof ZodError
              ? "invalid"
              : shape.data.code.toLowerCase(),
        fields:
          error.cause instanceof DomainError
            ? error.cause.fields
            : error.cause instanceof ZodError
              ? fieldReasons(error.cause)
              : {},
      },
    }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Turns every domain refusal into its tRPC code, once, for every procedure. */
const mapped = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof DomainError) throw toTrpcError(result.error.cause);
  return result;
});

/** For people who are not signed in: sign-in, set-up, invitations, reset links. */
export const publicProcedure = mapped;

/** For a signed-in person, outside any tenant. */
export const signedInProcedure = mapped.meta({ signedIn: true }).use(({ ctx, next }) => {
  if (!ctx.viewer) throw toTrpcError(new DomainError("unauthenticated"));
  return next({ ctx: { ...ctx, viewer: ctx.viewer } });
});

/**
 * For a member of the page's tenant who has the permission. A tenant the person does not belong to is
 * `not_found`: nothing tells them that it exists. `ctx.verb` is what verbs are given first.
 */
export const memberProcedure = (permission: Permission) =>
  signedInProcedure.meta({ permission }).use(({ ctx, next }) => {
    const member = ctx.viewer.memberships.find((membership) => membership.slug === ctx.tenantSlug);
    if (!member) throw toTrpcError(new DomainError("not_found"));
    if (!allows(member.role, permission)) throw toTrpcError(new DomainError("forbidden"));
    const verb: Ctx = contextFor(
      member.tenantId,
      { type: "member", userId: ctx.viewer.userId, role: member.role },
      ctx.clock,
    );
    return next({ ctx: { ...ctx, member, verb } });
  });
