const firstWait = 1_000;
const lastWait = 10_000;

/**
 * Page data that cannot be fetched for lack of a network is asked for again until it comes: what is on the
 * screen stays, and the banner says that the connection is interrupted. Without this the router would put
 * an error in the page's place. What is sent, unlike what is read, fails at once.
 */
export function fetchPatiently(): void {
  const ask = globalThis.fetch;
  globalThis.fetch = (input, init) => (isPageData(input, init) ? untilAnswered(ask, input, init) : ask(input, init));
}

/** `fetch`, asked again for lack of a network until there is an answer, or nobody waits any more. */
export const askPatiently: typeof fetch = (input, init) => untilAnswered(globalThis.fetch, input, init);

async function untilAnswered(
  ask: typeof fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
  for (let wait = firstWait; ; wait = Math.min(lastWait, wait * 2)) {
    try {
      return await ask(input, init);
    } catch (error) {
      if (!(error instanceof TypeError) || signal?.aborted) throw error;
      await networkOr(wait, signal);
    }
  }
}

function isPageData(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  const [url, method] = input instanceof Request ? [input.url, input.method] : [String(input), init?.method ?? "GET"];
  return method === "GET" && new URL(url, location.href).pathname.endsWith(".data");
}

/** Until the browser says that there is a network, the time is up, or nobody waits any more. */
function networkOr(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}
