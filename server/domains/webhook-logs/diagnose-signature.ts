import type { Provider, RawPost } from "#server/providers/contract.ts";

/** What would have made a refused signature right. Nothing in it is secret. */
export type SignatureDiagnosis =
  /** The channel's secret of today signs it: it was changed since. */
  | { found: "today" }
  /** Signed with the secret of another channel of the same tenant. */
  | { found: "other_channel"; channelId: string; channelName: string }
  /** Signed with what the channel keeps in another of its fields. */
  | { found: "other_field"; field: string }
  /** The secret was saved with a blank too many. */
  | { found: "blank" }
  /** Signed for another address than ours: the origin that was signed, what differs, and the header that names it. */
  | { found: "other_address"; origin: string; differs: "scheme" | "host" | "ending"; header: string | null }
  /** No secret of this tenant signs it, for any address that we can think of. */
  | { found: "nothing" };

export interface SignatureEvidence {
  post: RawPost;
  receivedAt: Date;
  /** The credentials of the channel that the event was routed to. */
  credentials: Readonly<Record<string, string>>;
  /** The tenant's other channels of the provider. */
  others: readonly { channelId: string; channelName: string; credentials: Readonly<Record<string, string>> }[];
}

type Verifier = Pick<Provider, "verify" | "signingField">;

/** Tries what people get wrong, the likeliest first, over the stored bytes. */
export function diagnoseSignature(
  { verify, signingField }: Verifier,
  { post, receivedAt, credentials, others }: SignatureEvidence,
): SignatureDiagnosis {
  const signs = (secret: string | undefined, url = post.url) =>
    Boolean(secret) && verify({ ...post, url }, secret!, receivedAt).ok;
  const own = credentials[signingField];
  if (signs(own)) return { found: "today" };
  if (own && own !== own.trim() && signs(own.trim())) return { found: "blank" };
  const address = addressesOf(post).find(({ url }) => signs(own, url));
  if (address) {
    const { url, differs, header } = address;
    return { found: "other_address", origin: new URL(url).origin, differs, header };
  }
  const field = Object.keys(credentials).find((name) => name !== signingField && signs(credentials[name]));
  if (field) return { found: "other_field", field };
  const other = others.find((channel) => signs(channel.credentials[signingField]));
  if (other) return { found: "other_channel", channelId: other.channelId, channelName: other.channelName };
  return { found: "nothing" };
}

interface OtherAddress {
  url: string;
  differs: "scheme" | "host" | "ending";
  /** The header that would have told us. */
  header: string | null;
}

const hostHeaders = ["x-forwarded-host", "host", "x-original-host"];
const schemeHeaders = ["x-forwarded-proto", "x-forwarded-scheme", "x-forwarded-protocol"];

/** Addresses that a sender may have signed instead: by what a proxy said of itself, and by what people mistype. */
function addressesOf({ url, headers }: RawPost): OtherAddress[] {
  const known = new URL(url);
  const first = (name: string) => headers[name]?.split(",")[0]?.trim() ?? "";
  const schemes = [known.protocol, known.protocol === "https:" ? "http:" : "https:"];
  const told = hostHeaders.flatMap((header) => (first(header) ? [{ host: first(header), header }] : []));
  const rest = known.pathname + known.search;
  const turned = known.pathname.endsWith("/") ? known.pathname.slice(0, -1) : `${known.pathname}/`;
  const seen = new Set([url]);
  return [{ host: known.host, header: null }, ...told].flatMap(({ host, header }) =>
    schemes.flatMap((scheme) =>
      [rest, turned + known.search].flatMap((path): OtherAddress[] => {
        const candidate = `${scheme}//${host}${path}`;
        if (seen.has(candidate) || !URL.canParse(candidate)) return [];
        seen.add(candidate);
        if (host !== known.host) return [{ url: candidate, differs: "host", header }];
        if (scheme === known.protocol) return [{ url: candidate, differs: "ending", header: null }];
        const teller = schemeHeaders.find((name) => `${first(name)}:` === scheme);
        return [{ url: candidate, differs: "scheme", header: teller ?? null }];
      }),
    ),
  );
}
