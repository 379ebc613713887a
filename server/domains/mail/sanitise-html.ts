import type { IOptions } from "sanitize-html";
import sanitizeHtml from "sanitize-html";

const length = /^-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%)?$/;
const lengths = /^(?:(?:-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%)?|auto)\s*){1,4}$/;
const color = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\([\d\s.,%/]{1,40}\))$/i;
const word = /^[a-z-]{2,20}$/i;
const border = /^(?:[\w#.%-]{1,20}|rgba?\([\d\s.,%/]{1,40}\)|\s){1,6}$/i;

const tags = `
  a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del
  dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main
  mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead
  time tr tt u ul var wbr
`;

/**
 * What of a mail's HTML may be shown: text, tables, pictures and links, in the colours and sizes it asks
 * for. Nothing that runs, asks, loads, or leaves its place; styles that name no address and no position.
 */
const kept: IOptions = {
  allowedTags: tags.trim().split(/\s+/),
  allowedAttributes: {
    "*": ["style", "dir", "lang", "align", "title"],
    a: ["href", "name"],
    img: ["src", "alt", "width", "height"],
    font: ["color", "size", "face"],
    table: ["width", "border", "cellpadding", "cellspacing", "bgcolor", "role"],
    td: ["width", "height", "colspan", "rowspan", "valign", "bgcolor"],
    th: ["width", "height", "colspan", "rowspan", "valign", "bgcolor", "scope"],
    tr: ["valign", "bgcolor"],
    col: ["width", "span"],
    ol: ["start", "type"],
  },
  allowedStyles: {
    "*": {
      color: [color],
      background: [color],
      "background-color": [color],
      "font-size": [length, word],
      "font-family": [/^[\w\s"',.-]{1,200}$/],
      "font-weight": [/^(?:\d{3}|[a-z]{4,10})$/],
      "font-style": [word],
      "line-height": [length, /^normal$/],
      "letter-spacing": [length],
      "text-align": [word],
      "text-decoration": [/^[a-z\s-]{2,40}$/i],
      "text-transform": [word],
      "vertical-align": [word, length],
      "white-space": [/^(?:normal|nowrap|pre|pre-wrap|pre-line)$/],
      "list-style-type": [word],
      "border-collapse": [word],
      "border-radius": [lengths],
      display: [/^(?:block|inline|inline-block|table|table-row|table-cell|none)$/],
      width: [length],
      height: [length],
      "max-width": [length],
      margin: [lengths],
      padding: [lengths],
      ...sides("margin", [lengths]),
      ...sides("padding", [lengths]),
      border: [border],
      "border-color": [border],
      "border-style": [border],
      "border-width": [lengths],
      ...sides("border", [border]),
    },
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["https", "http", "cid", "data"] },
  allowProtocolRelative: false,
  disallowedTagsMode: "discard",
  nonTextTags: ["style", "script", "textarea", "option", "noscript", "title", "head", "xml", "svg", "math", "template"],
  nestingLimit: 120,
  enforceHtmlBoundary: false,
  transformTags: {
    img: (tagName, { src = "", ...attribs }) => ({
      tagName,
      attribs: isPicture(src) ? { ...attribs, src } : attribs,
    }),
  },
};

function sides(name: string, values: RegExp[]): Record<string, RegExp[]> {
  return Object.fromEntries(["top", "right", "bottom", "left"].map((side) => [`${name}-${side}`, values]));
}

/** A picture that was put into the HTML itself may be one of the plain kinds only: SVG is a program. */
function isPicture(src: string): boolean {
  return !/^\s*data:/i.test(src) || /^data:image\/(?:png|jpe?g|gif|webp);base64,[\w+/=\s]*$/i.test(src);
}

/** The HTML of a mail, made harmless. Empty where nothing of it can be shown. */
export function sanitiseHtml(html: string): string {
  return sanitizeHtml(html, kept).trim();
}

/** HTML as it is shown, and how many pictures it would fetch from strangers. */
export interface ShownHtml {
  html: string;
  remoteImages: number;
}

/**
 * Kept HTML, ready to be shown: links open elsewhere and tell nobody where from, pictures that came with
 * the mail are taken from `fileUrl`, and those of strangers, which would tell that and when the mail was
 * read, stay away unless `remote` asks for them.
 */
export function shownHtml(html: string, fileUrl: (contentId: string) => string | null, remote: boolean): ShownHtml {
  let remoteImages = 0;
  const shown = sanitizeHtml(html, {
    ...kept,
    allowedAttributes: {
      ...(kept.allowedAttributes as Record<string, string[]>),
      a: ["href", "name", "rel", "target"],
      img: ["src", "alt", "width", "height", "referrerpolicy", "data-blocked"],
    },
    allowedSchemesByTag: { img: ["https", "http", "data"] },
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, rel: "noopener noreferrer nofollow", target: "_blank" },
      }),
      img: (tagName, { src = "", ...attribs }) => {
        if (/^cid:/i.test(src)) {
          const own = fileUrl(decoded(src.slice(4)));
          return { tagName, attribs: own ? { ...attribs, src: own } : attribs };
        }
        if (/^data:/i.test(src)) return { tagName, attribs: isPicture(src) ? { ...attribs, src } : attribs };
        if (src === "") return { tagName, attribs };
        remoteImages += 1;
        return {
          tagName,
          attribs: remote ? { ...attribs, src, referrerpolicy: "no-referrer" } : { ...attribs, "data-blocked": "1" },
        };
      },
    },
  });
  return { html: shown, remoteImages };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
