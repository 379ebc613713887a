import { data } from "react-router";

import { refusalOf } from "#app/context.ts";

type Place = { tenant: string; token: string };

/** Where an appointment stands for its customer, and what they may do with it. */
export const managedAddress = ({ tenant, token }: Place) => `/book/${tenant}/manage/${token}`;

/** Never kept by anybody on the way, nor told to whoever a link leads to. */
export const managedHeaders = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
} as const;

/** What a link leads to; null, and a page that says so, where it leads nowhere. */
export async function orNowhere<T>(opened: Promise<T>) {
  try {
    return { found: await opened };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal?.reason === "link_expired" || refusal?.code === "invalid")
      return data({ found: null }, { status: 404 });
    throw thrown;
  }
}
