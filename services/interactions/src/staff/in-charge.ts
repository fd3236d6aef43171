import { isPresent, type ReplicatedStaff } from '@clientele/contracts'
import type { Context } from '@clientele/kit'
import { staff } from './staff.actions.js'

type Person = Pick<ReplicatedStaff, 'territories'>

/**
 * Who answers for the work of somebody who has left: the managers of their territories, those of the nearest one, else the admins. Of these whoever is
 * here, or all where none is; nobody where the identity provider tells no roles. Answers with a function, by one statement for everybody.
 */
export const inChargeOf = async (
  { em }: Pick<Context, 'em'>,
  at: Date,
): Promise<(gone: Person) => readonly ReplicatedStaff[]> => {
  const rows = await em.execute<{ id: string }[]>(
    `select id from staff where active and (roles @> '["manager"]' or roles @> '["admin"]') order by sub`,
  )
  const all = await staff.known(
    { em },
    rows.map(({ id }) => id),
  )
  const having = (role: string) => all.filter(({ roles }) => roles?.includes(role))
  return (gone) => {
    const managers = nearestTo(gone, having('manager'))
    const found = managers.length ? managers : having('admin')
    const here = found.filter((one) => isPresent(one, at))
    return here.length ? here : found
  }
}

const nearestTo = ({ territories }: Person, managers: readonly ReplicatedStaff[]) => {
  const byDistance = Map.groupBy(managers, (one) =>
    Math.max(...one.territories.map((path) => depthAbove(path, territories))),
  )
  const nearest = Math.max(...byDistance.keys())
  return nearest >= 0 ? (byDistance.get(nearest) ?? []) : []
}

/** How deep a territory lies that has one of these in it, from 0 for the whole tree; -1 where it has none. */
const depthAbove = (path: string, territories: readonly string[]): number => {
  if (path === '*') return 0
  return territories.some((one) => one === path || one.startsWith(`${path}/`)) ? path.split('/').length : -1
}
