import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/mail";

/**
 * A mail as its sender laid it out and what its thread folds away, fetched once somebody looks at it. Null
 * where it cannot be had: the thread says so in its place and stays.
 */
export async function loader({ params, request, context }: Route.LoaderArgs) {
  const remoteImages = new URL(request.url).searchParams.has("images");
  try {
    return await context.get(apiContext).mail.body({ messageId: params.message, remoteImages });
  } catch (error) {
    if (error instanceof Error && error.name === "TRPCError") return null;
    throw error;
  }
}

export async function clientLoader({ serverLoader }: Route.ClientLoaderArgs) {
  try {
    return await serverLoader();
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
