import { ArrowDown, ArrowUp } from "lucide-react";

import { IconButton } from "./icon-button.tsx";

interface MoveButtonsProps {
  first: boolean;
  last: boolean;
  /** Names of the two buttons, which say what is moved. */
  up: string;
  down: string;
  size?: "sm" | "md";
}

/** Moves a line up or down: submits its form with the intent `up` or `down`. */
export function MoveButtons({ first, last, up, down, size = "md" }: MoveButtonsProps) {
  return (
    <>
      <IconButton
        type="submit"
        size={size}
        name="intent"
        value="up"
        disabled={first}
        label={up}
        icon={<ArrowUp size={14} aria-hidden />}
      />
      <IconButton
        type="submit"
        size={size}
        name="intent"
        value="down"
        disabled={last}
        label={down}
        icon={<ArrowDown size={14} aria-hidden />}
      />
    </>
  );
}
