import { among, ask, type Kind, subgraph } from '../audit.js'

const maps = [{ id: 'm', name: 'Asia', scale: 100 }]

/** Fields that are external where nothing requires or provides them: never asked there. */
export const unusedExternal: Kind = {
  name: '@external that nobody uses',
  subgraphs: [
    subgraphWithUnused(),
    subgraph('owners', 'type Query { first: Map } type Map @key(fields: "id") { id: ID! name: String scale: Int }', {
      Query: { first: () => maps[0] },
      Map: { __resolveReference: among(maps) },
    }),
  ],
  cases: [
    ask(
      'by its owner',
      '{ map { name sheets } }',
      { map: { name: 'Asia', sheets: 4 } },
      { fetches: { sheets: 1, owners: 1 } },
    ),
    ask('the key alone', '{ map { id } }', { map: { id: 'm' } }, { fetches: { sheets: 1 } }),
    ask('from the owner', '{ first { name sheets } map { scale } }', {
      first: { name: 'Asia', sheets: 4 },
      map: { scale: 100 },
    }),
  ],
}

function subgraphWithUnused() {
  return {
    ...subgraph('sheets', '', {
      Query: { map: () => ({ id: 'm', name: 'wrong' }) },
      Map: { __resolveReference: ({ id }: { id: string }) => ({ id }), sheets: () => 4, name: () => 'wrong' },
    }),
    // Federation 2 refuses what nobody uses; federation 1 lets it be.
    sdl: 'type Query { map: Map } type Map @key(fields: "id") @extends { id: ID! @external name: String @external sheets: Int }',
  }
}
