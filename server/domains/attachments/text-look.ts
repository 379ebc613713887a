/** Whether bytes read as text: UTF-8 or Latin, without the control characters that no text holds. */
export function looksLikeText(head: Uint8Array): boolean {
  const part = head.subarray(0, 4096);
  const isUtf16 = (part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff);
  return isUtf16 || !part.some((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32));
}

/** Whether a browser that guesses would take it for a page. */
export function looksLikeHtml(head: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(head.subarray(0, 2048)).toLowerCase();
  return /<(!doctype html|html|head|body|script|iframe|svg|table|a\s|img\s)/.test(start);
}
