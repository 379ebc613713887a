/**
 * Names beside the rows of a page, as scalar look-ups by primary key. A join would do on an even
 * database; tenants are anything but even, and a prepared plan made for the average tenant joins all
 * customers of a large one (100,000 rows) to show fifty. `$1` is the statement's tenant.
 */
export const customerNameOf = (column: string) =>
  `(select display_name from customers where tenant_id = $1 and id = ${column})`;

export const memberNameOf = (column: string) =>
  `(select display_name from user_profiles where tenant_id = $1 and user_id = ${column})`;

/**
 * The first of two columns that is not null. A coalesce keeps a condition from its index under row-level security, where only
 * what is known to leak nothing is looked up: PostgreSQL knows it of a case.
 */
export const firstOf = (one: string, other: string) => `case when ${one} is null then ${other} else ${one} end`;
