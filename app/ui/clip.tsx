import type { ComponentProps } from "react";

interface ClipProps extends ComponentProps<"video"> {
  kind: "audio" | "video";
  src: string;
  /** What it is called, read aloud. */
  label: string;
}

/** A sound or a film that somebody sent, with the browser's own controls. It comes without captions. */
export function Clip({ kind: Player, label, ...rest }: ClipProps) {
  return <Player controls aria-label={label} {...rest} />;
}
