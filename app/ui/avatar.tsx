interface AvatarProps {
  name: string;
  size?: "sm" | "md" | "lg";
  /** Says the name aloud; leave out where the name stands beside it. */
  named?: boolean;
}

/** A person's initials. */
export function Avatar({ name, size = "sm", named = false }: AvatarProps) {
  return (
    <span
      className={size === "sm" ? "avatar" : `avatar avatar-${size}`}
      title={named ? name : undefined}
      {...(named ? { role: "img", "aria-label": name } : { "aria-hidden": true })}
    >
      {initials(name)}
    </span>
  );
}

/** "Sophie Martin" → "SM", "@lea.interiors" → "LI", "+33612345678" → "78". */
export function initials(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const first = words[0]?.[0];
  if (first === undefined) return name.replace(/\D/g, "").slice(-2) || "?";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : (words[0]?.[1] ?? "");
  return (first + last).toLocaleUpperCase();
}
