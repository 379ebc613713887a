let made = 0;

/** 1, 2, 3 …: makes names and numbers of one test run differ. */
export const count = () => ++made;

/** Fictional French mobiles: 06 39 98 is set aside for drama. */
export const nextPhone = () => `+336399${String(80_000 + (count() % 10_000)).padStart(5, "0")}`;
