import { useErrorText } from "#app/i18n/react.tsx";

import { Banner } from "./banner.tsx";

/** What is wrong with a form as a whole; nothing when nothing is. Reasons, whose words come from `errors`. */
export function FormErrors({ errors, id }: { errors: readonly string[] | undefined; id?: string }) {
  const errorText = useErrorText();
  if (!errors?.length) return null;
  return (
    <Banner tone="bad" id={id} role="alert">
      {errors.map((reason) => (
        <p key={reason}>{errorText(reason)}</p>
      ))}
    </Banner>
  );
}
