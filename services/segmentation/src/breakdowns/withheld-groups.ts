import { smallestGroup } from '@clientele/contracts'

/** How many customers share these values, one for each dimension. */
export interface Group {
  values: readonly (string | null)[]
  count: number
}

/**
 * The groups that may be shown, the largest first: at most so many, none of fewer than `smallestGroup`, and none by which the customers of a
 * small one can be told from a sum. A sum is known of all groups and, with two dimensions, of those that share a value. So of each sum
 * either nothing is withheld, or two groups and more of together at least `smallestGroup`. Pure.
 */
export const shownGroups = (groups: readonly Group[], most: number): Group[] => {
  const bySize = groups.toSorted((a, b) => b.count - a.count)
  const shown = new Set(bySize.filter(({ count }, at) => count >= smallestGroup && at < most))
  const sums = sumsOf(bySize)
  const smallestOf = (sum: readonly Group[]) =>
    tells(sum, shown) ? sum.findLast((group) => shown.has(group)) : undefined
  const hideMore = () => sums.map(smallestOf).filter((group) => group !== undefined && shown.delete(group)).length > 0
  while (hideMore());
  return [...shown]
}

const sumsOf = (groups: readonly Group[]): (readonly Group[])[] => {
  const dimensions = groups[0]?.values ?? []
  const shared = dimensions.map((_, at) => [...Map.groupBy(groups, ({ values }) => values[at]).values()])
  return [groups, ...(dimensions.length > 1 ? shared.flat() : [])]
}

/** Whether what is withheld of a sum can be told from it. */
const tells = (sum: readonly Group[], shown: ReadonlySet<Group>): boolean => {
  const withheld = sum.filter((group) => !shown.has(group))
  return withheld.length === 1 || (withheld.length > 0 && countOf(withheld) < smallestGroup)
}

export const countOf = (groups: readonly Group[]) => groups.reduce((sum, { count }) => sum + count, 0)
