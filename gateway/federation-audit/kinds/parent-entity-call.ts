import { among, ask, type Kind, rootAmong, subgraph } from '../audit.js'

const rooms = [
  { id: 'r1', climate: { degrees: 21, walls: [{ side: 'N' }, { side: 'S' }] } },
  { id: 'r2', climate: null },
]
const readings = [
  { id: 'r1', climate: { humidity: 40, walls: [{ damp: false }, { damp: true }], history: { days: 3 } } },
  { id: 'r2', climate: null },
]
const archives = [{ id: 'r1', climate: { history: { years: 2 } } }]

/** A value without a key, of which each subgraph has a part: whoever wants the rest goes back to the entity around it. */
export const parentEntityCall: Kind = {
  name: 'parent entity call',
  subgraphs: [
    subgraph(
      'rooms',
      `type Query { room(id: ID!): Room rooms: [Room] }
       type Room @key(fields: "id") { id: ID! climate: Climate @shareable }
       type Climate { degrees: Int! walls: [Wall!]! @shareable } type Wall { side: String! }`,
      {
        Query: { room: rootAmong(rooms), rooms: () => [rooms[0], null, rooms[1]] },
        Room: { __resolveReference: among(rooms) },
      },
    ),
    subgraph(
      'readings',
      `type Room @key(fields: "id") { id: ID! climate: Climate @shareable }
       type Climate { humidity: Int walls: [Wall!]! @shareable history: History @shareable }
       type Wall { damp: Boolean } type History { days: Int }`,
      { Room: { __resolveReference: among(readings) } },
    ),
    subgraph(
      'archives',
      `type Room @key(fields: "id") { id: ID! climate: Climate @shareable }
       type Climate { history: History @shareable } type History { years: Int }`,
      { Room: { __resolveReference: among(archives) } },
    ),
  ],
  cases: [
    ask('parts of two subgraphs', '{ room(id: "r1") { climate { degrees humidity } } }', {
      room: { climate: { degrees: 21, humidity: 40 } },
    }),
    ask('the part of the other subgraph alone', '{ room(id: "r1") { climate { humidity } } }', {
      room: { climate: { humidity: 40 } },
    }),
    ask('lists that each subgraph gives a part of', '{ room(id: "r1") { climate { walls { side damp } } } }', {
      room: {
        climate: {
          walls: [
            { side: 'N', damp: false },
            { side: 'S', damp: true },
          ],
        },
      },
    }),
    ask('two levels, three subgraphs', '{ room(id: "r1") { climate { history { days years } degrees } } }', {
      room: { climate: { history: { days: 3, years: 2 }, degrees: 21 } },
    }),
    ask('nothing where all have nothing', '{ rooms { id climate { humidity degrees } } }', {
      rooms: [{ id: 'r1', climate: { humidity: 40, degrees: 21 } }, null, { id: 'r2', climate: null }],
    }),
    ask(
      'under other names',
      '{ room(id: "r1") { a: climate { x: degrees } b: climate { x: humidity w: walls { damp } } } }',
      {
        room: { a: { x: 21 }, b: { x: 40, w: [{ damp: false }, { damp: true }] } },
      },
    ),
  ],
}
