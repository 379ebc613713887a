import { FileDown } from "lucide-react";
import type { ReactNode } from "react";

/** What is shown, as a file: at the end of the line of a list's filters. */
export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} download className="link ml-auto inline-flex items-center gap-1.5 text-xs">
      <FileDown size={13} aria-hidden />
      {children}
    </a>
  );
}
