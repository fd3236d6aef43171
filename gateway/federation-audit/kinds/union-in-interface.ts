import { among, ask, type Kind, subgraph } from '../audit.js'

const oven = { __typename: 'Oven', id: 'o', brand: 'B', watts: 900 }
const toaster = { __typename: 'Toaster', id: 't', brand: null, slots: 2 }

/** Types that are in a union and in interfaces, each known to some subgraphs: fragments narrow and widen. */
export const unionInInterface: Kind = {
  name: 'unions and interfaces over subgraphs',
  subgraphs: [
    subgraph(
      'kitchen',
      `type Query { devices: [Device!]! nodes: [Node] }
       union Device = Oven | Toaster interface Node { id: ID! }
       type Oven implements Node @key(fields: "id") { id: ID! brand: String } type Toaster implements Node @key(fields: "id") { id: ID! brand: String }`,
      { Query: { devices: () => [oven, toaster], nodes: () => [toaster, oven] } },
    ),
    subgraph(
      'power',
      `interface Electric { watts: Int } interface Node { id: ID! }
       type Oven implements Electric & Node @key(fields: "id") { id: ID! watts: Int } type Toaster @key(fields: "id") { id: ID! slots: Int }`,
      { Oven: { __resolveReference: among([oven]) }, Toaster: { __resolveReference: among([toaster]) } },
    ),
  ],
  cases: [
    ask('the interface inside the union', '{ devices { ... on Node { id } } }', {
      devices: [{ id: 'o' }, { id: 't' }],
    }),
    ask('an interface of the other subgraph', '{ devices { ... on Electric { watts } } }', {
      devices: [{ watts: 900 }, {}],
    }),
    ask('the union inside the interface', '{ nodes { ... on Device { ... on Toaster { slots brand } } } }', {
      nodes: [{ slots: 2, brand: null }, {}],
    }),
    ask('an interface inside an interface', '{ nodes { id ... on Electric { watts } } }', {
      nodes: [{ id: 't' }, { id: 'o', watts: 900 }],
    }),
    ask(
      'narrow, wide and narrow again',
      '{ nodes { ... on Oven { ... on Node { ... on Electric { ... on Oven { watts brand } } } } } }',
      {
        nodes: [{}, { watts: 900, brand: 'B' }],
      },
    ),
    ask('fragments that cannot be', '{ nodes { ... on Oven { ... on Device { ... on Toaster { slots } } id } } }', {
      nodes: [{}, { id: 'o' }],
    }),
    ask(
      'several fragments that fit',
      '{ devices { ... on Node { id } ... on Electric { watts } ... on Oven { brand id } } }',
      {
        devices: [{ id: 'o', watts: 900, brand: 'B' }, { id: 't' }],
      },
    ),
  ],
}
