import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import { Kind, type SelectionNode } from 'graphql'
import type { PlanPath } from '../fetch/entities.js'
import { type PlannedFetch, selectionOf } from '../plan/planned-fetches.js'

/** Whether a fetch alone has to do with a field of the answer: no other brings it, goes through it or requires something of it. */
export type OwnsKey = (fetch: FetchNode, path: PlanPath, key: string) => boolean

export function findKeyOwners(fetches: readonly PlannedFetch[]): OwnsKey {
  const owners = new Map<string, FetchNode | 'shared'>()
  const touch = (path: string, by: FetchNode | 'shared') => {
    const known = owners.get(path) ?? by
    owners.set(path, known === by ? by : 'shared')
  }

  function bring(selections: readonly SelectionNode[], path: string, by: FetchNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const at = below(path, (selection.alias ?? selection.name).value)
        touch(at, by)
        bring(selection.selectionSet?.selections ?? [], at, by)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) bring(selection.selectionSet.selections, path, by)
    }
  }

  function need(selections: readonly QueryPlanSelectionNode[], path: string): void {
    for (const selection of selections) {
      const at = selection.kind === 'Field' ? below(path, selection.alias ?? selection.name) : path
      touch(at, 'shared')
      need(selection.selections ?? [], at)
    }
  }

  for (const { fetch, path } of fetches) {
    const names = path.filter((step) => step !== '@')
    for (const index of names.keys()) touch(placeOf(names.slice(0, index + 1)), 'shared')
    need(fetch.requires ?? [], placeOf(names))
    bring(selectionOf(fetch).set.selections, placeOf(names), fetch)
  }
  return (fetch, path, key) => owners.get(below(placeOf(path.filter((step) => step !== '@')), key)) === fetch
}

// Names have no point in them.
const placeOf = (names: PlanPath) => names.join('.')
const below = (path: string, key: string) => (path ? `${path}.${key}` : key)
