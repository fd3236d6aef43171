import { among, ask, type Kind, keyUnderName, refusedName, subgraph } from '../audit.js'

const rooms = [
  { id: '1', floor: '2', name: 'Aula' },
  { id: '2', floor: '1', name: '书房' },
]
const notes = [
  { id: '1', note: 'first' },
  { id: '2', note: 'second' },
]

/** A client's name for a field that is a key's own name, so that a later fetch may take the one for the other. */
export const namesOfKeys: Kind = {
  name: 'names of keys for other fields',
  subgraphs: [
    subgraph('rooms', 'type Query { rooms: [Room!]! } type Room @key(fields: "id") { id: ID! name: String }', {
      Query: { rooms: () => rooms.map(({ id, name }) => ({ id, name })) },
    }),
    subgraph('floors', 'type Room @key(fields: "id") { id: ID! floor: ID }', {
      Room: { __resolveReference: among(rooms.map(({ id, floor }) => ({ id, floor }))) },
    }),
    subgraph(
      'notes',
      'type Room @key(fields: "id") { id: ID! floor: ID @external note: String @requires(fields: "floor") }',
      {
        Room: { __resolveReference: among(notes) },
      },
    ),
  ],
  cases: [
    ask('the key under its own name', '{ rooms { id floor note } }', {
      rooms: [
        { id: '1', floor: '2', note: 'first' },
        { id: '2', floor: '1', note: 'second' },
      ],
    }),
    ask(
      'the key under another',
      '{ rooms { floor: id id: id note } }',
      {
        rooms: [
          { floor: '1', id: '1', note: 'first' },
          { floor: '2', id: '2', note: 'second' },
        ],
      },
      {
        both: {
          because: keyUnderName,
          data: {
            rooms: [
              { floor: '2', id: '1', note: 'first' },
              { floor: '1', id: '2', note: 'second' },
            ],
          },
        },
      },
    ),
    ask('another under the name of the key', '{ rooms { id: name floor } }', null, refusedName),
    ask('one of a later subgraph under the name of the key', '{ rooms { id: floor note } }', null, refusedName),
  ],
}
