/** Counting stops here: more is shown as "1 000+". */
export const countCap = 1000;
