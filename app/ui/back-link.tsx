import { Link, type To } from "react-router";

/** Leads from the page of one thing back to the list it stands in. */
export function BackLink({ to, children }: { to: To; children: string }) {
  return (
    <Link to={to} className="tap text-dim hover:text-fg">
      ← {children}
    </Link>
  );
}
