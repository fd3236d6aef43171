import { among, ask, type Kind, subgraph } from '../audit.js'

/** One field, declared with more or less promise by each subgraph: the supergraph promises what all do. */
export const differingTypes: Kind = {
  name: 'types that differ between subgraphs',
  subgraphs: [
    subgraph(
      'strict',
      `type Query { pack: Pack! pet: Pet } interface Pet { name: String } type Cat implements Pet @shareable { name: String }
       type Pack @key(fields: "id") { id: ID! name: String! @shareable tags: [String!]! @shareable mate: Cat @shareable }`,
      {
        Query: {
          pack: () => ({ id: '1', name: 'P', tags: [], mate: { name: 'Mi' } }),
          pet: () => ({ __typename: 'Cat', name: 'Mi' }),
        },
        Pack: { __resolveReference: () => ({ name: 'P', tags: [], mate: null }) },
      },
    ),
    subgraph(
      'loose',
      `type Query { packs: [Pack] find(id: ID, first: Int = 2): Pack } interface Pet { name: String } type Cat implements Pet @shareable { name: String }
       type Pack @key(fields: "id") { id: ID! name: String @shareable tags: [String] @shareable mate: Pet @shareable size: Int }`,
      {
        Query: {
          packs: () => [{ id: '1', name: null, tags: [null, 'a'], mate: { __typename: 'Cat', name: '喵' } }, null],
          find: (_: unknown, { id, first }: { id?: string; first?: number }) => ({ id: id ?? 'none', size: first }),
        },
        Pack: { __resolveReference: among([{ id: '1', size: 3 }]) },
      },
    ),
  ],
  cases: [
    ask('null where only one promises', '{ packs { name tags } }', {
      packs: [{ name: null, tags: [null, 'a'] }, null],
    }),
    ask('where it is promised', '{ pack { name tags size } }', { pack: { name: 'P', tags: [], size: 3 } }),
    ask('an object for an interface', '{ pack { mate { name } } packs { mate { __typename name } } }', {
      pack: { mate: { name: 'Mi' } },
      packs: [{ mate: { __typename: 'Cat', name: '喵' } }, null],
    }),
    ask(
      'optional arguments with a default',
      '{ a: find { id size } b: find(first: null) { size } c: find(first: 5, id: "字") { id size } }',
      {
        a: { id: 'none', size: 2 },
        b: { size: null },
        c: { id: '字', size: 5 },
      },
    ),
  ],
}
