interface TabChannel<M> {
  /** To the other tabs of this browser, not to this one. */
  tell: (message: M) => void;
  close: () => void;
}

/** Talks among the browser's tabs of this site. */
export function openChannel<M>(name: string, hear: (message: M) => void): TabChannel<M> {
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }: MessageEvent<M>) => hear(data));
  return {
    // A broadcast channel has no target origin to name: it never leaves its own.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    tell: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
