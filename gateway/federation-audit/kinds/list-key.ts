import { ask, type Kind, subgraph } from '../audit.js'

interface Recipe {
  id: string
  items: { id: string }[]
}
const recipes: Recipe[] = [
  { id: 'r1', items: [{ id: 'i1' }, { id: 'i2' }] },
  { id: 'r2', items: [] },
]

/** A key that goes through a list, as whole lists are the key of their owner. */
export const listKey: Kind = {
  name: 'key with a list',
  subgraphs: [
    subgraph(
      'recipes',
      `type Query { recipes: [Recipe!]! }
       type Recipe @key(fields: "items { id }") { id: ID! items: [Item!]! } type Item @key(fields: "id") { id: ID! }`,
      { Query: { recipes: () => recipes } },
    ),
    subgraph(
      'kitchens',
      `type Recipe @key(fields: "items { id }") { items: [Item!]! minutes: Int! best: Item }
       type Item @key(fields: "id") { id: ID! grams: Int }`,
      {
        Recipe: {
          __resolveReference: ({ items }: Recipe) => ({ items, minutes: items.length * 10, best: items.at(-1) }),
        },
        Item: {
          __resolveReference: (item: object) => item,
          grams: ({ id }: { id: string }) => Number(id.slice(1)) * 100,
        },
      },
    ),
  ],
  cases: [
    ask('the whole list is sent', '{ recipes { id minutes } }', {
      recipes: [
        { id: 'r1', minutes: 20 },
        { id: 'r2', minutes: 0 },
      ],
    }),
    ask('the entries are entities too', '{ recipes { minutes items { grams } } }', {
      recipes: [
        { minutes: 20, items: [{ grams: 100 }, { grams: 200 }] },
        { minutes: 0, items: [] },
      ],
    }),
    ask('an entry by the way of its owner', '{ recipes { best { id grams } } }', {
      recipes: [{ best: { id: 'i2', grams: 200 } }, { best: null }],
    }),
  ],
}
