/** A number per role. `default` is for roles that are not named, `anonymous` for requests without a token. */
export type RoleTable = Readonly<{ default: number; anonymous: number } & Record<string, number>>

/** The roles of a request without a token. */
export const anonymousRoles: readonly string[] = ['anonymous']

/** What somebody with these roles may have at most: the largest number that any of them grants; without a role the default. */
export function mostOf(table: RoleTable, roles: readonly string[]): number {
  const granted = roles.map((role) => (Object.hasOwn(table, role) ? (table[role] as number) : table.default))
  return granted.length ? Math.max(...granted) : table.default
}

/** Which roles may do something: everybody, or whoever has one of the list. */
export type Permitted = '*' | readonly string[]

export const isPermitted = (permitted: Permitted, roles: readonly string[]): boolean =>
  permitted === '*' || roles.some((role) => permitted.includes(role))
