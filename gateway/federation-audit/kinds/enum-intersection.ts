import { ask, type Kind, subgraph } from '../audit.js'

/** An enum in arguments of one subgraph and an input of another has only what all of them take. */
export const enumIntersection: Kind = {
  name: 'enums and inputs, what all take',
  subgraphs: [
    subgraph(
      'a',
      `type Query { a(size: Size, filter: Filter): String sizes(of: [Size!]!): Int }
       enum Size { S M L } input Filter { text: String! = "any" size: Size onlyA: Int }`,
      {
        Query: {
          a: (_: unknown, given: object) => JSON.stringify(given),
          sizes: (_: unknown, { of }: { of: string[] }) => of.length,
        },
      },
    ),
    subgraph(
      'b',
      `type Query { b(size: Size, filter: Filter): String }
       enum Size { M L XL } input Filter { text: String! = "any" size: Size onlyB: Int nested: Filter }`,
      { Query: { b: (_: unknown, given: object) => JSON.stringify(given) } },
    ),
  ],
  cases: [
    ask('a common value', '{ a(size: M) b(size: L) }', { a: '{"size":"M"}', b: '{"size":"L"}' }),
    ask('a value that only one takes', '{ a(size: S) }', null, { errors: ['INVALID'] }),
    ask('by a variable', 'query ($s: Size) { a(size: $s) b(size: $s) }', null, {
      variables: { s: 'XL' },
      errors: ['INVALID'],
    }),
    ask('a field that only one takes', '{ a(filter: { onlyA: 1 }) }', null, { errors: ['INVALID'] }),
    ask('common fields', '{ a(filter: { text: "红", size: M }) b(filter: { text: "" }) }', {
      a: '{"filter":{"text":"红","size":"M"}}',
      b: '{"filter":{"text":""}}',
    }),
    ask(
      'an input by a variable',
      'query ($f: Filter!) { a(filter: $f) b(filter: $f) }',
      {
        a: '{"filter":{"text":"😀","size":"L"}}',
        b: '{"filter":{"text":"😀","size":"L"}}',
      },
      { variables: { f: { text: '😀', size: 'L' } } },
    ),
    ask(
      'variables within an input',
      'query ($t: String!, $s: Size) { a(filter: { text: $t, size: $s }) }',
      { a: '{"filter":{"text":"x","size":null}}' },
      { variables: { t: 'x', s: null } },
    ),
    ask('a variable that is not given', 'query ($s: Size) { a(filter: { text: "x", size: $s }, size: $s) }', {
      a: '{"filter":{"text":"x"}}',
    }),
    ask('defaults of an input', '{ a(filter: {}) }', { a: '{"filter":{"text":"any"}}' }),
    ask('a single value for a list', 'query ($s: Size!) { sizes(of: $s) x: sizes(of: [$s, L]) }', null, {
      variables: { s: 'M' },
      errors: ['INVALID'],
    }),
    ask(
      'a list by a variable, one value for a list',
      'query ($s: [Size!]!) { sizes(of: $s) }',
      { sizes: 1 },
      { variables: { s: 'M' } },
    ),
  ],
}
