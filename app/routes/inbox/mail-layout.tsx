import { useEffect, useRef } from "react";

/** A sheet of paper of its own: mails are written for white, whatever the colours around them. */
const paper = `
  :host { all: initial; display: block; box-sizing: border-box; max-width: 100%; overflow-x: auto; padding: 12px;
    border-radius: 8px; background: #fff; color: #1b1b1f; color-scheme: light; contain: content;
    font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
  img { max-width: 100%; height: auto }
  img[data-blocked] { display: inline-block; min-width: 20px; min-height: 20px; background: #f1f1f4; outline: 1px dashed #b9b9c3 }
  a { color: #1a56c4 }
  pre { white-space: pre-wrap }
  table { max-width: 100% }
  blockquote { margin: 8px 0; padding-left: 12px; border-left: 3px solid #dcdce2; color: #55555f }
  summary { cursor: pointer; margin-top: 8px; color: #55555f; font-size: 12px }
`;

interface MailLayoutProps {
  /** Harmless already: the server lets nothing through that runs, loads or asks. */
  html: string;
  label: string;
  /** What a folded quotation is called. */
  quotedLabel: string;
}

/** A mail's HTML in a shadow tree: its styles stay inside, and ours outside. */
export function MailLayout({ html, label, quotedLabel }: MailLayoutProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = paper;
    const content = document.createElement("div");
    content.innerHTML = html;
    foldQuotations(content, quotedLabel);
    root.replaceChildren(style, content);
    const fit = () => fitWidth(content, host.clientWidth);
    const watcher = new ResizeObserver(fit);
    watcher.observe(host);
    content.addEventListener("load", fit, true);
    return () => watcher.disconnect();
  }, [html, quotedLabel]);
  return <div ref={box} role="group" aria-label={label} className="border border-line" />;
}

/** Smaller than this nobody reads: what is wider still is scrolled. */
const smallest = 0.5;
const padding = 24;

/** A mail made for a wider window is shown smaller, as telephones do. */
function fitWidth(content: HTMLElement, width: number): void {
  content.style.zoom = "1";
  const needed = content.scrollWidth;
  const room = width - padding;
  if (needed > room && room > 0) content.style.zoom = String(Math.max(smallest, room / needed));
}

function foldQuotations(content: HTMLElement, label: string): void {
  for (const quotation of content.querySelectorAll("blockquote")) {
    if (quotation.closest("details") || quotation.parentElement?.closest("blockquote")) continue;
    const fold = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = label;
    quotation.replaceWith(fold);
    fold.append(summary, quotation);
  }
}
