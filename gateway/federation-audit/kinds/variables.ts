import { ask, type Kind, subgraph } from '../audit.js'

const tell = (_: unknown, given: object) => JSON.stringify(given)

/** Variables: each subgraph gets those that it needs, as the client wrote them. */
export const variables: Kind = {
  name: 'variables and arguments',
  subgraphs: [
    subgraph(
      'a',
      `type Query { a(n: Int, text: String = "usual", ids: [ID!], at: Place, any: Any): Told! } scalar Any
       input Place { x: Int! = 3, y: [Float], inner: Place } type Told @key(fields: "id") { id: ID! told: String }`,
      { Query: { a: (_: unknown, given: object) => ({ id: 'a', told: JSON.stringify(given) }) } },
    ),
    subgraph(
      'b',
      'type Told @key(fields: "id") { id: ID! more(n: Int = 9, text: String, flag: Boolean! = true): String }',
      {
        Told: { __resolveReference: ({ id }: { id: string }) => ({ id }), more: tell },
      },
    ),
  ],
  cases: [
    ask(
      'one for both',
      'query ($n: Int) { a(n: $n) { told more(n: $n) } }',
      { a: { told: '{"n":4,"text":"usual"}', more: '{"n":4,"flag":true}' } },
      { variables: { n: 4 } },
    ),
    ask('not given', 'query ($n: Int, $t: String) { a(n: $n, text: $t) { told more(n: $n, text: $t) } }', {
      a: { told: '{"text":"usual"}', more: '{"n":9,"flag":true}' },
    }),
    ask(
      'null is given',
      'query ($n: Int, $t: String) { a(n: $n, text: $t) { told more(n: $n, text: $t) } }',
      { a: { told: '{"n":null,"text":null}', more: '{"n":null,"text":null,"flag":true}' } },
      { variables: { n: null, t: null } },
    ),
    ask('by default', 'query ($n: Int = 7, $f: Boolean = false) { a(n: $n) { told more(n: $n, flag: $f) } }', {
      a: { told: '{"n":7,"text":"usual"}', more: '{"n":7,"flag":false}' },
    }),
    ask(
      'null against the default',
      'query ($n: Int = 7) { a(n: $n) { more(n: $n) } }',
      { a: { more: '{"n":null,"flag":true}' } },
      { variables: { n: null } },
    ),
    ask(
      'lists, one for a list, inputs with defaults',
      'query ($i: [ID!], $x: Place) { l: a(ids: $i) { told } m: a(ids: "q", at: $x) { told } }',
      {
        l: { told: '{"text":"usual","ids":["1","二"]}' },
        m: { told: '{"text":"usual","ids":["q"],"at":{"x":3,"y":[1.5,null]}}' },
      },
      { variables: { i: [1, '二'], x: { y: [1.5, null] } } },
    ),
    ask(
      'literals of all kinds',
      '{ a(n: -3, text: "\\u4e2d 😀 \\"q\\"", at: { x: 1, y: [1e3, 2], inner: { x: 2 } }, any: { a: [1, "b", null, E], c: { d: true } }) { told } }',
      {
        a: {
          told: '{"n":-3,"text":"中 😀 \\"q\\"","at":{"x":1,"y":[1000,2],"inner":{"x":2}},"any":{"a":[1,"b",null,"E"],"c":{"d":true}}}',
        },
      },
    ),
    ask('a block of text', '{ a(text: """\n  one\n    two "three"\n  """) { told } }', {
      a: { told: '{"text":"one\\n  two \\"three\\""}' },
    }),
    ask(
      'variables within literals',
      'query ($x: Int!, $y: Float) { a(at: { x: $x, y: [$y, 1], inner: { x: $x } }) { told } }',
      {
        a: { told: '{"text":"usual","at":{"x":5,"y":[null,1],"inner":{"x":5}}}' },
      },
      { variables: { x: 5 } },
    ),
    ask(
      'a scalar of our own by a variable',
      'query ($any: Any) { a(any: $any) { told } }',
      { a: { told: '{"text":"usual","any":{"深":[1,{"e":null}]}}' } },
      { variables: { any: { 深: [1, { e: null }] } } },
    ),
    ask('of the wrong type', 'query ($n: Int) { a(n: $n) { told } }', null, {
      variables: { n: 'four' },
      errors: ['INVALID'],
    }),
    ask('promised, and missing', 'query ($x: Int!) { a(n: $x) { told } }', null, { errors: ['INVALID'] }),
    ask(
      'more than the operation has',
      'query ($n: Int) { a(n: $n) { told } }',
      { a: { told: '{"n":1,"text":"usual"}' } },
      { variables: { n: 1, other: 2, representations: [] } },
    ),
    ask(
      'names that the planner or objects use',
      'query ($toString: Int, $constructor: String) { a(n: $toString) { told more(text: $constructor) } }',
      {
        a: { told: '{"n":1,"text":"usual"}', more: '{"n":9,"flag":true}' },
      },
      { variables: { toString: 1 } },
    ),
  ],
}
