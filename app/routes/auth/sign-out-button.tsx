import { LogOut } from "lucide-react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

export function SignOutButton() {
  const t = useT("auth");
  return (
    <Form method="post" action="/sign-out">
      <Button type="submit" icon={<LogOut size={14} aria-hidden />}>
        {t("signOut")}
      </Button>
    </Form>
  );
}
