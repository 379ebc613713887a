import { useFormat, useT } from "#app/i18n/react.tsx";

/** Lists are counted no further: a total above it stands for "more". */
const countCap = 1000;

interface ListRangeProps {
  /** The place of the first row that is shown, counted from 1. */
  from: number;
  shown: number;
  total: number;
}

/** Which rows of a list are shown: "51–100 of 1 000+". */
export function ListRange({ from, shown, total }: ListRangeProps) {
  const t = useT("ui");
  const format = useFormat();
  if (shown === 0) return null;
  const last = from + shown - 1;
  const words = total > countCap ? `${format.number(Math.max(countCap, last))}+` : format.number(Math.max(total, last));
  return <>{t("range", { from: format.number(from), to: format.number(last), total: words })}</>;
}
