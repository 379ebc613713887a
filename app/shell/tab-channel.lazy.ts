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
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a broadcast channel takes none: it never leaves its own
    tell: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
