import { among, ask, type Kind, subgraph } from '../audit.js'

const at = { lat: 52, lon: 13 }

/** Values that several subgraphs know in full or in part. */
export const shareable: Kind = {
  name: '@shareable',
  subgraphs: [
    subgraph(
      'stations',
      `type Query { station: Station! } type Station @key(fields: "id") { id: ID! name: String @shareable at: Point }
       type Point @shareable { lat: Int! lon: Int! } type Line @shareable { from: Point to: Point colour: String }`,
      {
        Query: { station: () => ({ id: 's', name: 'Mitte', at }) },
        Station: { __resolveReference: () => ({ id: 's', name: 'Mitte', at }) },
      },
    ),
    subgraph(
      'lines',
      `type Query { lines: [Line] } type Station @key(fields: "id") { id: ID! name: String @shareable lines: [Line!] }
       type Point @shareable { lat: Int! lon: Int! } type Line @shareable { from: Point to: Point colour: String }`,
      {
        Query: { lines: () => [{ from: at, to: null, colour: '红' }, null] },
        Station: {
          __resolveReference: among([{ id: 's', name: 'Mitte', lines: [{ from: at, to: at, colour: null }] }]),
        },
      },
    ),
  ],
  cases: [
    ask(
      'taken where one is already',
      '{ station { name at { lat } } }',
      { station: { name: 'Mitte', at: { lat: 52 } } },
      { fetches: { stations: 1 } },
    ),
    ask(
      'of the other subgraph',
      '{ station { name lines { from { lon } to { lat } colour } } }',
      {
        station: { name: 'Mitte', lines: [{ from: { lon: 13 }, to: { lat: 52 }, colour: null }] },
      },
      { fetches: { stations: 1, lines: 1 } },
    ),
    ask(
      'at the root of the other',
      '{ lines { colour from { lat lon } to { lat } } }',
      { lines: [{ colour: '红', from: { lat: 52, lon: 13 }, to: null }, null] },
      { fetches: { lines: 1 } },
    ),
  ],
}
