import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

/** Says which page came, once somebody went there: without a new document no screen reader would. */
export function PageAnnouncer() {
  const { pathname } = useLocation();
  const known = useRef(pathname);
  const [title, setTitle] = useState("");
  useEffect(() => {
    if (known.current === pathname) return;
    known.current = pathname;
    setTitle(document.title);
  }, [pathname]);
  return (
    <p role="status" className="sr-only">
      {title}
    </p>
  );
}
