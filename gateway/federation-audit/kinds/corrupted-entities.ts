import { type Answer, among, ask, type Kind, subgraph } from '../audit.js'

const rows = ['1', '2', '3'].map((id) => ({ id, size: Number(id), word: 'w', far: 'far', shape: {} }))

/** What becomes of the answer about entities, by the field that the fetch asks for. */
const spoil = (data: Answer) => {
  const first = data._entities?.[0]
  if (!first) return data
  if ('fewer' in first) return { _entities: data._entities.slice(1) }
  if ('more' in first) return { _entities: [...data._entities, first] }
  if ('none' in first) return {}
  if ('nulls' in first) return { _entities: null }
  if ('object' in first) return { _entities: { 0: first } }
  if ('second' in first) data._entities[1] = null
  if ('wrong' in first) first.wrong = { odd: true }
  return data
}

const resolve = { __resolveReference: among(rows) }
const everything = 'fewer more none nulls object second wrong'.split(' ')

/** Answers about entities that are too few, too many, none, or no list at all. */
export const corruptedEntities: Kind = {
  name: 'answers about entities that break the protocol',
  subgraphs: [
    subgraph('rows', 'type Query { rows: [Row] last: String } type Row @key(fields: "id") { id: ID! size: Int }', {
      Query: { rows: () => [rows[0], null, rows[1], rows[2]], last: () => 'last' },
    }),
    {
      ...subgraph(
        'broken',
        `type Row @key(fields: "id") { id: ID! ${everything.map((name) => `${name}: String`).join(' ')} }`,
        {
          Row: { ...resolve, ...Object.fromEntries(everything.map((name) => [name, () => name])) },
        },
      ),
      spoil,
    },
    subgraph('sound', 'type Row @key(fields: "id") { id: ID! word: String }', { Row: resolve }),
  ],
  cases: [
    ...['fewer', 'more', 'none', 'nulls', 'object'].map((name) =>
      ask(
        { fewer: 'too few', more: 'too many', none: 'no list', nulls: 'null', object: 'an object' }[name]!,
        `{ rows { size ${name} word } last }`,
        {
          rows: [
            { size: 1, [name]: null, word: 'w' },
            null,
            { size: 2, [name]: null, word: 'w' },
            { size: 3, [name]: null, word: 'w' },
          ],
          last: 'last',
        },
        { errors: [0, 2, 3].map((at) => `UNAVAILABLE rows.${at}.${name}`) },
      ),
    ),
    ask('one that is missing keeps the others at their places', '{ rows { second size } }', {
      rows: [{ second: 'second', size: 1 }, null, { second: null, size: 2 }, { second: 'second', size: 3 }],
    }),
    ask(
      'an object for a text',
      '{ rows { wrong } }',
      { rows: [{ wrong: null }, null, { wrong: 'wrong' }, { wrong: 'wrong' }] },
      { errors: ['INTERNAL rows.0.wrong'] },
    ),
  ],
}
