import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";

interface DemoAccount {
  email: string;
  name: string;
  role: "owner" | "admin" | "manager" | "agent";
  tenantName: string;
}

/** The seeded people of the demo; choosing one fills the form in, with or without JavaScript. */
export function DemoAccounts(props: { accounts: readonly DemoAccount[]; chosen: string | undefined; next: string }) {
  const t = useT("auth");
  const tenants = Map.groupBy(props.accounts, ({ tenantName }) => tenantName);
  return (
    <section aria-labelledby="demo" className="self-start rounded-xl bg-sunken px-5 py-4 md:mt-14">
      <h2 id="demo" className="font-semibold">
        {t("demoTitle")}
      </h2>
      <p className="mt-0.5 text-xs text-dim">{t("demoNote")}</p>
      {[...tenants].map(([tenant, accounts]) => (
        <div key={tenant}>
          <h3 className="mt-4 mb-1 text-xs text-faint">{tenant}</h3>
          <ul className="-mx-2">
            {accounts.map((account) => (
              <li key={account.email}>
                <DemoAccountLink account={account} chosen={account.email === props.chosen} next={props.next} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function DemoAccountLink({ account, chosen, next }: { account: DemoAccount; chosen: boolean; next: string }) {
  const t = useT("auth");
  const shell = useT("shell");
  const query = new URLSearchParams({ account: account.email, ...(next === "/" ? {} : { next }) });
  return (
    <Link
      to={`?${query}`}
      replace
      preventScrollReset
      aria-label={t("use", { name: account.name })}
      aria-current={chosen ? "true" : undefined}
      className="flex min-h-11 items-center gap-2.5 rounded-lg px-2 hover:bg-hover aria-[current=true]:bg-active"
    >
      <Avatar name={account.name} size="md" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{account.name}</span>
        <span className="block truncate text-xs text-faint">{account.email}</span>
      </span>
      <span className="text-xs text-dim">{shell(`role.${account.role}`)}</span>
    </Link>
  );
}
