/** Where something stands beside what runs at the same time: its lane, and how many there are beside each other. */
export interface Lane {
  lane: number;
  of: number;
}

/** Puts spans that overlap into lanes beside each other, each as far left as it fits; answers in the order of the spans. */
export function lanesOf(spans: readonly { start: number; end: number }[]): Lane[] {
  const lanes: Lane[] = spans.map(() => ({ lane: 0, of: 1 }));
  const order = spans.map((_, index) => index).toSorted((a, b) => spans[a]!.start - spans[b]!.start || a - b);
  let group: number[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const index of group) lanes[index]!.of = ends.length;
    group = [];
    ends = [];
  };
  for (const index of order) {
    const { start, end } = spans[index]!;
    if (ends.every((until) => until <= start)) close();
    const free = ends.findIndex((until) => until <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    lanes[index]!.lane = lane;
    group.push(index);
  }
  close();
  return lanes;
}
