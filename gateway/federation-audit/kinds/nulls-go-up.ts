import { among, ask, type Kind, subgraph } from '../audit.js'

/** A null where a value is promised takes away what is around it, up to what may be null, over the borders of subgraphs. */
export const nullsGoUp: Kind = {
  name: 'nulls go up',
  subgraphs: [
    subgraph(
      'outer',
      `type Query { tree: Tree strict: Tree! row: [Leaf!] rows: [[Leaf!]!] loose: [Leaf] other: String }
       type Tree { name: String! leaf: Leaf! maybe: Leaf leaves: [Leaf!]! branch: Tree } type Leaf @key(fields: "id") { id: ID! }`,
      {
        Query: {
          tree: () => ({
            name: 'T',
            leaf: { id: '1' },
            maybe: { id: 'x' },
            leaves: [{ id: '1' }, { id: '2' }],
            branch: null,
          }),
          strict: () => ({
            name: 'S',
            leaf: { id: 'x' },
            leaves: [],
            branch: { name: 'B', leaf: { id: '1' }, leaves: [{ id: 'x' }] },
          }),
          row: () => [{ id: '1' }, { id: 'x' }],
          rows: () => [[{ id: '1' }], [{ id: '2' }, { id: 'x' }]],
          loose: () => [{ id: '1' }, { id: 'x' }, { id: '2' }, null],
          other: () => 'still here',
        },
      },
    ),
    subgraph('leaves', 'type Leaf @key(fields: "id") { id: ID! area: Int! hue: String }', {
      Leaf: {
        __resolveReference: among([
          { id: '1', area: 1 },
          { id: '2', area: 2, hue: '绿' },
        ]),
      },
    }),
  ],
  cases: [
    ask(
      'into a place that may be null',
      '{ tree { name maybe { area } } }',
      { tree: { name: 'T', maybe: null } },
      { errors: ['INTERNAL tree.maybe.area'] },
    ),
    ask('through promises, to the root', '{ strict { name leaf { area } } other }', null, {
      errors: ['INTERNAL strict.leaf.area'],
    }),
    ask('what may be null stays', '{ strict { leaf { hue } } other }', {
      strict: { leaf: { hue: null } },
      other: 'still here',
    }),
    ask(
      'an entry takes its list',
      '{ row { area } other }',
      { row: null, other: 'still here' },
      { errors: ['INTERNAL row.1.area'] },
    ),
    ask('a list takes its list', '{ rows { area hue } }', { rows: null }, { errors: ['INTERNAL rows.1.1.area'] }),
    ask(
      'an entry that may be null is null',
      '{ loose { area } }',
      { loose: [{ area: 1 }, null, { area: 2 }, null] },
      { errors: ['INTERNAL loose.1.area'] },
    ),
    ask(
      'a list of an object of an object',
      '{ strict { name branch { name leaves { area } } } }',
      { strict: { name: 'S', branch: null } },
      { errors: ['INTERNAL strict.branch.leaves.0.area'] },
    ),
    ask(
      'under other names',
      '{ t: tree { n: name m: maybe { a: area } } }',
      { t: { n: 'T', m: null } },
      { errors: ['INTERNAL t.m.a'] },
    ),
    ask('nothing goes up where all is well', '{ tree { leaf { area } leaves { area hue } } }', {
      tree: {
        leaf: { area: 1 },
        leaves: [
          { area: 1, hue: null },
          { area: 2, hue: '绿' },
        ],
      },
    }),
  ],
}
