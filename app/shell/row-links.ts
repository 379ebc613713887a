import { useEffect } from "react";
import { useNavigate } from "react-router";

/**
 * Follows plain `a.row-link` links of lists without leaving the page: one listener instead of a router
 * link per row, which would be most of a list's rendering time.
 */
export function useRowLinks(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a.row-link") : null;
      const href = link?.getAttribute("href");
      if (!href) return;
      event.preventDefault();
      void navigate(href, { preventScrollReset: link?.hasAttribute("data-keep-scroll") ?? false });
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [navigate]);
}
