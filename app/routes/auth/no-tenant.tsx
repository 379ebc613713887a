import { useT } from "#app/i18n/react.tsx";

import { Door } from "./door.tsx";
import { SignOutButton } from "./sign-out-button.tsx";

/** For someone who is signed in and belongs to no business, or no longer does. */
export function NoTenant({ email }: { email: string }) {
  const t = useT("auth");
  return (
    <Door title={t("noTenant")} intro={t("noTenantBody", { email })}>
      <SignOutButton />
    </Door>
  );
}
