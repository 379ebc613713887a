import type { ReactNode } from "react";

/** Facts about one thing: names on the left, values on the right. Empty values are left out. */
export function KeyValues({ rows }: { rows: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5.5rem,max-content)_minmax(0,1fr)] gap-x-3 gap-y-1">
      {rows.map(([name, value], index) =>
        value === null || value === undefined || value === "" ? null : (
          <div key={index} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
