import { valuesTable } from './values-table.js'

const values = `
# Of no value.
# -- Said of a part,
# in two lines
part:
  # -- Of a leaf
  leaf: 3
  silent: x
  # -- A list | of two
  list: [a, b]
# -- Too long to be shown
long: {first: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, second: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb}
`

test('values with a comment are a row each: path, default, what it is', () => {
  expect(valuesTable(values).split('\n')).toEqual([
    '| value | default | |',
    '|---|---|---|',
    expect.stringMatching(/^\| `part` \| `\{"leaf":3.*\}` \| Said of a part, in two lines \|$/),
    '| `part.leaf` | `3` | Of a leaf |',
    '| `part.list` | `["a","b"]` | A list \\| of two |',
    '| `long` | see `values.yaml` | Too long to be shown |',
  ])
})
