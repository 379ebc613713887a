import autocannon from "autocannon";

export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers that were not 2xx, and connections that failed. */
  failures: number;
  requests: number;
}

/** A bounded load on this machine: so many connections for so many seconds, or until so many requests are answered. */
export async function load(options: {
  url: string;
  connections: number;
  seconds?: number;
  amount?: number;
  headers?: Record<string, string>;
  method?: "GET" | "POST";
  /** Called for every request; returns its body and headers. */
  next?: () => { body: string; headers: Record<string, string> };
}): Promise<Load> {
  const { url, connections, seconds, amount, headers = {}, method = "GET", next } = options;
  if (!/^http:\/\/(localhost|127\.0\.0\.1):/.test(url)) throw new Error("load goes to this machine only");
  const result = await autocannon({
    url,
    connections,
    ...(seconds === undefined ? {} : { duration: seconds }),
    ...(amount === undefined ? {} : { amount }),
    method,
    headers,
    ...(next
      ? {
          requests: [
            {
              method,
              setupRequest: (request: autocannon.Request) => {
                const { body, headers: extra } = next();
                return { ...request, body, headers: { ...headers, ...extra } };
              },
            },
          ],
        }
      : {}),
  });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
    requests: result.requests.total,
  };
}
