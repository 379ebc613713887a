import { publicOrigin } from "#server/core/config.ts";
import { isSignature, signatureOf } from "./signing-key.ts";

/** An appointment of a business, by which its link is made. */
export interface LinkedAppointment {
  tenantId: string;
  /** Of the business. */
  slug: string;
  appointmentId: string;
}

/**
 * Where a customer looks at an appointment, moves it or cancels it. Whoever has it may: it is made from the row's id and a
 * signature, so that messages can be given it at any time and nothing is stored. That of a row which was moved leads on to
 * the newest one.
 */
export function manageLink({ slug, ...appointment }: LinkedAppointment): string {
  return `${publicOrigin()}/book/${slug}/manage/${manageToken(appointment)}`;
}

/** What the address of {@link manageLink} ends with: 54 characters. */
export function manageToken({ tenantId, appointmentId }: Omit<LinkedAppointment, "slug">): string {
  const id = Buffer.from(appointmentId.replaceAll("-", ""), "hex").toString("base64url");
  return id + signatureOf("manage link", `${tenantId}/${appointmentId}`);
}

/** The appointment of a business that a token is for; null where it was not made for one of theirs. */
export function appointmentOf(tenantId: string, token: string): string | null {
  const id = Buffer.from(token.slice(0, 22), "base64url").toString("hex");
  const appointmentId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isSignature("manage link", `${tenantId}/${appointmentId}`, token.slice(22)) ? appointmentId : null;
}
