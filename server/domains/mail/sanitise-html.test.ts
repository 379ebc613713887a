import fc from "fast-check";
import { expect, test } from "vitest";
import { sanitiseHtml, shownHtml } from "./sanitise-html.ts";

const noFile = () => null;
const dangerous =
  /<(?:script|style|iframe|object|embed|form|input|button|svg|math|link|meta|base|video|audio|template)\b|\son\w+\s*=|javascript:|vbscript:|expression\(|url\(|@import|position\s*:/i;

test.each([
  ["a script", "<p>a</p><script>alert(1)</script>", "<p>a</p>"],
  ["a handler", '<p onclick="alert(1)">a</p>', "<p>a</p>"],
  ["an address that runs", '<a href="javascript:alert(1)">a</a>', "<a>a</a>"],
  ["one that hides it", '<a href="java&#10;script:alert(1)">a</a>', "<a>a</a>"],
  ["a frame", '<iframe src="https://ailleurs.example"></iframe>b', "b"],
  ["a form that asks", '<form action="https://ailleurs.example"><input name="p"></form>b', "b"],
  ["a style that loads", '<p style="background: url(https://ailleurs.example/x)">a</p>', "<p>a</p>"],
  ["a style that covers the page", '<p style="position: fixed; color: red">a</p>', '<p style="color:red">a</p>'],
  ["a style sheet", "<style>p { color: red }</style><p>a</p>", "<p>a</p>"],
  ["a drawing that runs", '<svg onload="alert(1)"><script>alert(1)</script></svg>b', "b"],
  ["a drawing as a picture", '<img src="data:image/svg+xml;base64,PHN2Zz4=">', "<img />"],
  ["another protocol", '<img src="//ailleurs.example/x.png">', "<img />"],
  ["a comment for one program", "<!--[if mso]><script>alert(1)</script><![endif]-->b", "b"],
])("nothing is kept of %s", (_, html, kept) => {
  expect(sanitiseHtml(html)).toBe(kept);
});

test("tables, colours, sizes and links stay as they were laid out", () => {
  const html =
    '<table width="600" bgcolor="#fff"><tr><td style="padding:8px 16px;color:#333" colspan="2"><a href="https://boutique.example">Voir</a></td></tr></table>';
  expect(sanitiseHtml(html)).toBe(html);
});

test("pictures of strangers stay away until they are asked for; those of the mail itself are shown", () => {
  const html =
    '<img src="https://suivi.example/p.gif" alt="x"><img src="cid:image1"><img src="cid:inconnue"><img src="data:image/png;base64,AAAA">';
  const fileUrl = (id: string) => (id === "image1" ? "/t/lumen/files/1" : null);
  const blocked = shownHtml(html, fileUrl, false);
  expect(blocked.remoteImages).toBe(1);
  expect(blocked.html).toBe(
    '<img alt="x" data-blocked="1" /><img src="/t/lumen/files/1" /><img /><img src="data:image/png;base64,AAAA" />',
  );
  const shown = shownHtml(html, fileUrl, true);
  expect(shown.html).toContain('<img alt="x" src="https://suivi.example/p.gif" referrerpolicy="no-referrer" />');
});

test("a link opens elsewhere and tells nobody where from", () => {
  expect(shownHtml('<a href="https://boutique.example" target="_self">a</a>', noFile, false).html).toBe(
    '<a href="https://boutique.example" target="_blank" rel="noopener noreferrer nofollow">a</a>',
  );
});

test("whatever the HTML, nothing comes out that runs or loads", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<script>",
      "</script>",
      "<style>",
      "<svg/onload=alert(1)>",
      '<img src="x" onerror="a()">',
      '<p style="background:url(x)">',
      "<math><mi//xlink:href='data:x,<script>'>",
      "<a href=' javascript:a()'>",
      "<table><td>",
      "<!--",
      "-->",
      "<![CDATA[",
      "&lt;script&gt;",
      "<noscript><p title='</noscript><img src=x onerror=a()>'>",
      "\u0000",
      '"',
      ">",
      "<",
    ),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const kept = sanitiseHtml(pieces.join(""));
      const tags = kept.match(/<[a-z][^>]*>/gi)?.join("") ?? "";
      expect(tags.replaceAll(/"[^"]*"/g, (value) => (/javascript|url\(/i.test(value) ? value : '""'))).not.toMatch(
        dangerous,
      );
    }),
    { numRuns: 10_000 },
  );
});
