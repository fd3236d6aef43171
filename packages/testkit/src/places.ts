import { randomUUID } from 'node:crypto'
import type { TestActor } from './tokens.js'

const owner: string = randomUUID()

/** Customers by where they are and whose, those on the edges of territories among them. */
export const places = {
  germany: { territory: 'emea/de' },
  berlin: { territory: 'emea/de/berlin' },
  neighbour: { territory: 'emea/dee' },
  above: { territory: 'emea' },
  shanghai: { territory: 'apac/华东' },
  central: { territory: 'apac/华' },
  owned: { ownerId: owner, territory: null },
  elsewhereOwned: { ownerId: owner, territory: 'amer/us' },
  nobodys: { territory: null },
}
export type Place = keyof typeof places
export const placeNames = Object.keys(places) as Place[]
const germany: readonly Place[] = ['germany', 'berlin']

/** Who reaches which of the places, by what customers let each role reach: a name, a role, more about the actor, and the places. */
export const whoHasAccess: [string, string, TestActor, readonly Place[]][] = [
  ['a manager of a territory', 'manager', { territories: ['emea/de'] }, germany],
  ['sales of a territory', 'sales', { territories: ['emea/de'] }, germany],
  ['a manager of the territory above', 'manager', { territories: ['emea'] }, [...germany, 'neighbour', 'above']],
  ['a manager of two', 'manager', { territories: ['emea/dee', 'apac/华东'] }, ['neighbour', 'shanghai']],
  ['sales of a territory whose name begins another', 'sales', { territories: ['apac/华'] }, ['central']],
  ['sales who owns', 'sales', { subject: owner, territories: [] }, ['owned', 'elsewhereOwned']],
  [
    'a manager who owns',
    'manager',
    { subject: owner, territories: ['emea/dee'] },
    ['neighbour', 'owned', 'elsewhereOwned'],
  ],
  ['sales of nothing', 'sales', { territories: [] }, []],
  ['sales of a pattern', 'sales', { territories: ['%', 'emea/_e', "'"] }, []],
  ['the manager of all', 'manager', { territories: [''] }, placeNames],
  ['an analyst', 'analyst', { territories: [] }, placeNames],
  ['service', 'service', { territories: ['emea/de'] }, placeNames],
]
