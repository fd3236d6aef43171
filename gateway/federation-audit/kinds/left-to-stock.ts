import { among, ask, type Kind, subgraph } from '../audit.js'

const left = 'Introspection is answered from the schema, which Apollo’s executor does.'

/** What the compiled executor hands on: it has to be answered all the same. */
export const leftToStock: Kind = {
  name: 'introspection',
  subgraphs: [
    subgraph(
      'gardens',
      'type Query { garden: Garden! } type Garden { plants: [Plant!]! } type Plant @key(fields: "id") { id: ID! }',
      { Query: { garden: () => ({ plants: [{ id: 'p' }] }) } },
    ),
    subgraph('names', 'type Plant @key(fields: "id") { id: ID! name: String latin: String }', {
      Plant: { __resolveReference: among([{ id: 'p', name: '竹', latin: 'Bambusa' }]) },
    }),
  ],
  cases: [
    ask('the schema', '{ __schema { queryType { name } } }', { __schema: { queryType: { name: 'Query' } } }, { left }),
    ask(
      'a type, beside fields',
      '{ garden { plants { name } } __type(name: "Plant") { fields { name } } }',
      {
        garden: { plants: [{ name: '竹' }] },
        __type: { fields: [{ name: 'id' }, { name: 'name' }, { name: 'latin' }] },
      },
      { left },
    ),
    ask(
      'what is internal to federation is not there',
      '{ __type(name: "_Entity") { name } }',
      { __type: null },
      { left },
    ),
    ask('nor can it be asked for', '{ _entities(representations: []) { __typename } }', null, { errors: ['INVALID'] }),
  ],
}
