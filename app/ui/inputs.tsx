import type { ComponentProps } from "react";

import { cx } from "./classes.ts";

type Sized<T extends "input" | "select"> = Omit<ComponentProps<T>, "size"> & { size?: "md" | "sm" };

export function Input({ size, className, ...rest }: Sized<"input">) {
  return <input {...rest} className={cx("input", size === "sm" && "input-sm", className)} />;
}

/** Grows with its text up to 20 lines. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={cx("input", className)} />;
}

/** The system's own list, which every phone and reader knows. */
export function Select({ size, className, ...rest }: Sized<"select">) {
  return <select {...rest} className={cx("input", size === "sm" && "input-sm", className)} />;
}
