const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** A text whose web addresses can be followed. They open elsewhere, and learn nothing of where they were. */
export function LinkedText({ text }: { text: string }) {
  return text.split(address).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <a
        key={index}
        href={part}
        target="_blank"
        rel="noreferrer noopener nofollow"
        className="underline underline-offset-2"
      >
        {part}
      </a>
    ),
  );
}
