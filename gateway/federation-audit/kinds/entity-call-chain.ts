import { among, ask, type Kind, subgraph } from '../audit.js'

const ferries = [
  { imo: '7', name: 'Tirpitz', harbour: { code: 'HAM' } },
  { imo: '8', name: 'Svanen', harbour: { code: 'OSL' } },
  { imo: '9', name: 'Drift', harbour: null },
]
const harbours = [
  { code: 'HAM', town: { country: 'DE', zip: '20095' } },
  { code: 'OSL', town: { country: 'NO', zip: '0150' } },
]
const towns = [
  { country: 'DE', zip: '20095', people: 1_800_000 },
  { country: 'NO', zip: '0150', people: 700_000 },
]
const mayors: Record<string, { id: string; name: string }> = {
  DE: { id: 'm1', name: 'Ada' },
  NO: { id: 'm2', name: '' },
}

/** Entities that lead to entities that lead to entities, each in another subgraph. */
export const entityCallChain: Kind = {
  name: 'chain of entity calls',
  subgraphs: [
    subgraph(
      'ferries',
      `type Query { ferries: [Ferry!]! }
       type Ferry { imo: ID! name: String! harbour: Harbour }
       type Harbour @key(fields: "code") { code: ID! }`,
      { Query: { ferries: () => ferries } },
    ),
    subgraph(
      'harbours',
      `type Harbour @key(fields: "code") { code: ID! town: Town! }
       type Town @key(fields: "country zip") { country: String! zip: String! }`,
      { Harbour: { __resolveReference: among(harbours, 'code') } },
    ),
    subgraph(
      'towns',
      `type Town @key(fields: "country zip") { country: String! zip: String! people: Int! mayor: Mayor }
       type Mayor @key(fields: "id") { id: ID! }`,
      {
        Town: {
          __resolveReference: among(towns, 'zip'),
          mayor: ({ country }: { country: string }) => ({ id: mayors[country]?.id }),
        },
      },
    ),
    subgraph('mayors', 'type Mayor @key(fields: "id") { id: ID! name: String }', {
      Mayor: { __resolveReference: among(Object.values(mayors)) },
    }),
  ],
  cases: [
    ask(
      'four subgraphs, one after another',
      '{ ferries { name harbour { town { people mayor { name } } } } }',
      {
        ferries: [
          { name: 'Tirpitz', harbour: { town: { people: 1_800_000, mayor: { name: 'Ada' } } } },
          { name: 'Svanen', harbour: { town: { people: 700_000, mayor: { name: '' } } } },
          { name: 'Drift', harbour: null },
        ],
      },
      { fetches: { ferries: 1, harbours: 1, towns: 1, mayors: 1 } },
    ),
    ask('the keys alone', '{ ferries { harbour { code town { zip country } } } }', {
      ferries: [
        { harbour: { code: 'HAM', town: { zip: '20095', country: 'DE' } } },
        { harbour: { code: 'OSL', town: { zip: '0150', country: 'NO' } } },
        { harbour: null },
      ],
    }),
    ask('only the last', '{ ferries { harbour { town { mayor { name } } } } }', {
      ferries: [
        { harbour: { town: { mayor: { name: 'Ada' } } } },
        { harbour: { town: { mayor: { name: '' } } } },
        { harbour: null },
      ],
    }),
    ask('with names of other things', '{ ferries { zip: name people: harbour { mayor: town { code: people } } } }', {
      ferries: [
        { zip: 'Tirpitz', people: { mayor: { code: 1_800_000 } } },
        { zip: 'Svanen', people: { mayor: { code: 700_000 } } },
        { zip: 'Drift', people: null },
      ],
    }),
  ],
}
