/** A frame of silence: MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono. */
const frame = Uint8Array.of(0xff, 0xfb, 0x10, 0xc4, ...Array.from({ length: 100 }, () => 0));
const framesPerSecond = 44_100 / 1152;

/** A recording in which nobody says anything, of about this many seconds. */
export function silentMp3(seconds: number): Uint8Array {
  const frames = Math.ceil(seconds * framesPerSecond);
  const bytes = new Uint8Array(frames * frame.length);
  for (let at = 0; at < frames; at++) bytes.set(frame, at * frame.length);
  return bytes;
}
