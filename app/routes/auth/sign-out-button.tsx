import { LogOut } from "lucide-react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

/** `back`: where to go instead of the sign-in page. */
export function SignOutButton({ back }: { back?: string }) {
  const t = useT("auth");
  return (
    <Form method="post" action="/sign-out">
      {back ? <input type="hidden" name="back" value={back} /> : null}
      <Button type="submit" icon={<LogOut size={14} aria-hidden />}>
        {t("signOut")}
      </Button>
    </Form>
  );
}
