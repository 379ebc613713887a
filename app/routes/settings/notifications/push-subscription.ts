/** The worker that shows what is pushed: public, since its place decides what it may do. */
const worker = "/push-worker.js";

interface Subscribed {
  endpoint: string;
  p256dh: string;
  auth: string;
}

const isSupported = () => "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

/** Where this browser is woken; null: it is not; undefined: it cannot be. */
export async function currentEndpoint(): Promise<string | null | undefined> {
  if (!isSupported()) return undefined;
  const registration = await navigator.serviceWorker.getRegistration(worker);
  const subscription = await registration?.pushManager.getSubscription();
  return subscription?.endpoint ?? null;
}

/** Asks the person, then the browser's push service. One made for another key is made anew. */
export async function subscribe(key: string): Promise<Subscribed | { problem: "denied" | "unsupported" | "failed" }> {
  if (!isSupported()) return { problem: "unsupported" };
  if ((await Notification.requestPermission()) !== "granted") return { problem: "denied" };
  try {
    await navigator.serviceWorker.register(worker);
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe();
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { keys } = made.toJSON();
    if (!keys?.["p256dh"] || !keys["auth"]) return { problem: "failed" };
    return { endpoint: made.endpoint, p256dh: keys["p256dh"], auth: keys["auth"] };
  } catch {
    return { problem: "failed" };
  }
}
