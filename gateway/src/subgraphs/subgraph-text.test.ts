import { createLog, type DataText, type SubgraphResponse } from '@clientele/kit'
import { SubgraphClient } from './subgraph-client.js'

const log = createLog({ name: 'gateway', level: 'silent' })
const text: DataText = { root: '_entities', isList: true, keys: ['id'], rows: [['"1"'], ['"2"']] }
const representations = [{ id: '1' }, { id: '2' }]
const scope = { requestId: 'r', headers: {}, budget: 1, tellCost: false }

const ask = (response: object, operation: object = {}) =>
  new SubgraphClient({ name: 'profiles', execute: async () => response as SubgraphResponse }, 1_000, log).ask(
    { query: '{ a }', variables: { representations }, acceptsText: true, ...operation },
    scope,
    () => [['everywhere']],
  )

const unusable = {
  data: null,
  errors: [
    {
      message: 'The profiles service gave no usable answer.',
      path: ['everywhere'],
      extensions: { code: 'UNAVAILABLE', service: 'profiles' },
    },
  ],
}

test('a text is handed on as it is', async () => {
  expect(await ask({ text })).toEqual({ data: null, text, errors: [] })
})

test.each<[string, object, object]>([
  ['that nobody asked for', { text }, { acceptsText: false }],
  ['of another number of entities', { text }, { variables: { representations: [{}] } }],
  ['of another field', { text: { ...text, root: 'customers' } }, {}],
  ['of one object for many', { text: { ...text, isList: false } }, {}],
  ['of rows that lack a key', { text: { ...text, rows: [['"1"'], []] } }, {}],
  ['of no rows', { text: { root: '_entities', isList: true, keys: [] } }, {}],
  ['of nothing', { text: {} }, {}],
  ['of several rows for one object', { text: { ...text, root: 'a', isList: false } }, { variables: {} }],
])('a text %s is no answer', async (_, response, operation) => {
  expect(await ask(response, operation)).toEqual(unusable)
})

test('a text beside errors counts for nothing', async () => {
  const errors = [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }]
  expect(await ask({ text, errors })).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  expect(await ask({ text, errors })).not.toHaveProperty('text')
})
