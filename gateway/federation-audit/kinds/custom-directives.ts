import { among, ask, type Kind, subgraph } from '../audit.js'

const directive =
  'directive @shout(times: Int = 1) on FIELD directive @quiet on FRAGMENT_SPREAD | INLINE_FRAGMENT | QUERY'

/** Directives of operations that all subgraphs know, beside the built-in ones. */
export const customDirectives: Kind = {
  name: 'directives of our own',
  subgraphs: [
    subgraph('a', `${directive} type Query { word: Word } type Word @key(fields: "id") { id: ID! text: String }`, {
      Query: { word: () => ({ id: '1', text: 'hello' }) },
    }),
    subgraph('b', `${directive} type Word @key(fields: "id") { id: ID! length: Int }`, {
      Word: { __resolveReference: among([{ id: '1', length: 5 }]) },
    }),
  ],
  cases: [
    ask('on a field', '{ word { text @shout length @shout(times: 2) } }', { word: { text: 'hello', length: 5 } }),
    ask('on fragments', '{ word { ...F @quiet ... @quiet { length } } } fragment F on Word { text }', {
      word: { text: 'hello', length: 5 },
    }),
    ask(
      'on the operation, with a condition',
      'query Q($b: Boolean!) @quiet { word { text @shout @include(if: $b) id @skip(if: $b) @shout } }',
      { word: { text: 'hello' } },
      { variables: { b: true } },
    ),
    ask('one that nobody knows', '{ word { text @whisper } }', null, { errors: ['INVALID'] }),
  ],
}
