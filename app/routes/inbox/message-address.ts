import { useLocation } from "react-router";

import { useTenantPath } from "#app/shell/shell-data.ts";
/** The id that a message has in the page. */
export const anchorOf = (messageId: string) => `m-${messageId}`;

/** Of a conversation's address: opens it at a message. */
export const atMessage = (messageId: string) => `?message=${messageId}#${anchorOf(messageId)}`;

/** The address of a message in a conversation; on the page of that one, what else it says is kept. */
export function useMessageAddress(conversationId: string): (messageId: string) => string {
  const { pathname, search } = useLocation();
  const own = useTenantPath()(`inbox/${conversationId}`);
  return (messageId) => {
    const params = new URLSearchParams(pathname === own ? search : "");
    params.set("message", messageId);
    return `${own}?${params}#${anchorOf(messageId)}`;
  };
}
