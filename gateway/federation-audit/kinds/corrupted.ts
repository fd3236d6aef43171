import { type Answer, among, ask, type Kind, subgraph } from '../audit.js'

const right = {
  id: '1',
  text: 'T',
  count: 1,
  flag: true,
  ratio: 1.5,
  list: ['a'],
  mood: 'GOOD',
  inner: { depth: 1 },
  any: { __typename: 'A', a: 'a' },
}

/** What is put in the place of a right value, by the name under which the client asks for the thing. */
const spoilt: Record<string, object> = {
  number: { text: 7 },
  text: { count: 'seven' },
  point: { count: 1.5 },
  yes: { flag: 'yes' },
  word: { ratio: 'half' },
  mood: { mood: 'UGLY' },
  entry: { list: ['a', 3, null] },
  nested: { inner: { depth: 'deep' } },
  type: { any: { __typename: 'Nobody', a: 'a' } },
  promised: { id: null },
}

const spoil = (data: Answer) => {
  for (const name of Object.keys(data)) if (spoilt[name]) Object.assign(data[name], spoilt[name])
  return data
}

/** Subgraphs whose answers break their own schemas: what is wrong is null, is told, and takes with it what cannot be without. */
export const corrupted: Kind = {
  name: 'answers that break the schema',
  subgraphs: [
    {
      ...subgraph(
        'things',
        `type Query { thing: Thing things: [Thing!] }
         enum Mood { GOOD BAD } union Any = A | B type A { a: String } type B { b: String }
         type Inner { depth: Int! }
         type Thing @key(fields: "id") { id: ID! text: String count: Int flag: Boolean ratio: Float list: [String!] mood: Mood inner: Inner any: Any }`,
        { Query: { thing: () => right, things: () => [right] } },
      ),
      spoil,
    },
    subgraph('more', 'type Thing @key(fields: "id") { id: ID! more: String }', {
      Thing: { __resolveReference: among([{ id: '1', more: 'more' }]) },
    }),
  ],
  cases: [
    ask(
      'a number for a text',
      '{ number: thing { id text } }',
      { number: { id: '1', text: null } },
      { errors: ['INTERNAL number.text'] },
    ),
    ask(
      'a text for a number',
      '{ text: thing { count id } }',
      { text: { count: null, id: '1' } },
      { errors: ['INTERNAL text.count'] },
    ),
    ask(
      'a broken number for a whole one',
      '{ point: thing { count } }',
      { point: { count: null } },
      { errors: ['INTERNAL point.count'] },
    ),
    ask(
      'a text for yes or no',
      '{ yes: thing { flag more } }',
      { yes: { flag: null, more: 'more' } },
      { errors: ['INTERNAL yes.flag'] },
    ),
    ask(
      'a text for a fraction',
      '{ word: thing { ratio } }',
      { word: { ratio: null } },
      { errors: ['INTERNAL word.ratio'] },
    ),
    ask(
      'a value that the enum does not have',
      '{ mood: thing { mood } }',
      { mood: { mood: null } },
      { errors: ['INTERNAL mood.mood'] },
    ),
    ask(
      'wrong entries of a list',
      '{ entry: thing { list id } }',
      { entry: { list: null, id: '1' } },
      { errors: ['INTERNAL entry.list.1', 'INTERNAL entry.list.2'] },
    ),
    ask(
      'a wrong value that is promised',
      '{ nested: thing { inner { depth } id } }',
      { nested: { inner: null, id: '1' } },
      { errors: ['INTERNAL nested.inner.depth'] },
    ),
    ask(
      'a type that nobody knows',
      '{ type: thing { any { ... on A { a } } id } }',
      { type: { any: null, id: '1' } },
      { errors: ['INTERNAL type.any'] },
    ),
    ask(
      'a promised key that is null',
      '{ promised: thing { id text } }',
      { promised: null },
      { errors: ['INTERNAL promised.id'] },
    ),
    ask(
      'two at once, each told',
      '{ number: thing { text } text: thing { count } }',
      { number: { text: null }, text: { count: null } },
      { errors: ['INTERNAL number.text', 'INTERNAL text.count'] },
    ),
    ask(
      'a right one beside',
      '{ thing { text } mood: thing { mood text } }',
      { thing: { text: 'T' }, mood: { mood: null, text: 'T' } },
      { errors: ['INTERNAL mood.mood'] },
    ),
  ],
}
