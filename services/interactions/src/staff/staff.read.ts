import { row } from '@clientele/query-compiler'

/** The key of the member of staff whose subject a column holds: the first of these that holds one. */
export const staffBy = (...columns: readonly string[]) =>
  row(
    (of) => `select staff.id from staff where staff.sub = coalesce(${columns.map((one) => `${of}.${one}`).join(', ')})`,
  )

/** The key of the team whose key a column holds. */
export const teamBy = (column: string) => row((of) => `select team.id from team where team.key = ${of}.${column}`)
