import { useT } from "#app/i18n/react.tsx";

import type { Service } from "./data.ts";

/** With whom, as the choices of a list: whoever is free first, or one of those who offer it. */
export function MemberOptions({ service }: { service: Service }) {
  const t = useT("booking");
  return (
    <>
      <option value="">{t("withAny")}</option>
      {service.members.map(({ userId, name }) => (
        <option key={userId} value={userId}>
          {name}
        </option>
      ))}
    </>
  );
}
