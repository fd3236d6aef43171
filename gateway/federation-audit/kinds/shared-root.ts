import { ask, type Kind, subgraph } from '../audit.js'

/** A root field that several subgraphs have, each with a part of a value without a key. */
export const sharedRoot: Kind = {
  name: 'shared root fields',
  subgraphs: [
    subgraph(
      'names',
      `type Query { company: Company @shareable companies: [Company!] @shareable clock: String @shareable }
       type Company { id: ID! @shareable name: String head: Head @shareable } type Head { name: String }`,
      {
        Query: {
          company: () => ({ id: '1', name: '公司', head: { name: 'Ada' } }),
          companies: () => ['1', '2'].map((id) => ({ id, name: `n${id}`, head: null })),
          clock: () => 'noon',
        },
      },
    ),
    subgraph(
      'places',
      `type Query { company: Company @shareable companies: [Company!] @shareable }
       type Company { id: ID! @shareable city: String head: Head @shareable } type Head { office: Int }`,
      {
        Query: {
          company: () => ({ id: '1', city: 'Wien', head: { office: 7 } }),
          companies: () => ['1', '2'].map((id) => ({ id, city: `c${id}`, head: null })),
        },
      },
    ),
    subgraph(
      'staff',
      'type Query { company: Company @shareable companies: [Company!] @shareable clock: String @shareable } type Company { id: ID! @shareable staff: [String!]! }',
      {
        Query: {
          company: () => ({ id: '1', staff: [] }),
          companies: () => ['1', '2'].map((id) => ({ id, staff: [id] })),
          clock: () => 'noon',
        },
      },
    ),
  ],
  cases: [
    ask('a part of one', '{ company { city id } }', { company: { city: 'Wien', id: '1' } }, { fetches: { places: 1 } }),
    ask(
      'parts of three, at once',
      '{ company { name city staff } }',
      { company: { name: '公司', city: 'Wien', staff: [] } },
      { fetches: { names: 1, places: 1, staff: 1 } },
    ),
    ask('parts of parts', '{ company { head { office name } } }', { company: { head: { office: 7, name: 'Ada' } } }),
    ask('entries of lists', '{ companies { id name city } }', {
      companies: [
        { id: '1', name: 'n1', city: 'c1' },
        { id: '2', name: 'n2', city: 'c2' },
      ],
    }),
    ask('what all have is asked of one', '{ clock company { id } }', { clock: 'noon', company: { id: '1' } }),
    ask('under two names', '{ a: company { name } b: company { a: city b: staff } }', {
      a: { name: '公司' },
      b: { a: 'Wien', b: [] },
    }),
  ],
}
