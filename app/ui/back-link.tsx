import { ArrowLeft } from "lucide-react";
import { Link, type To } from "react-router";

/** Leads from a page back to the one it belongs to. */
export function BackLink({ to, children }: { to: To; children: string }) {
  return (
    <Link to={to} className="tap self-start text-dim hover:text-fg">
      <ArrowLeft size={14} className="mr-1 inline align-[-0.125em]" aria-hidden />
      {children}
    </Link>
  );
}
