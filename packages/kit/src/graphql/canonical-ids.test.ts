import { buildSchema, graphql } from 'graphql'
import { readCanonicalIds } from './canonical-ids.js'

const schema = readCanonicalIds(
  buildSchema(
    'input In { id: ID!, within: [In!] } type Query { read(id: ID, ids: [ID!], in: In): String, text(text: String): String }',
  ),
)
const rootValue = { read: (args: object) => JSON.stringify(args), text: (args: object) => JSON.stringify(args) }
const run = async (source: string, variableValues: Record<string, unknown> = {}) => {
  const { data, errors } = await graphql({ schema, source, rootValue, variableValues })
  expect(errors).toBeUndefined()
  return JSON.parse(Object.values(data!)[0] as string)
}
const stored = '0b5c8a54-6c1d-4a7e-9a51-2f6f6f1f0a11'
const given = stored.toUpperCase()

test('a UUID is read in lower case, wherever it stands and however it is given', async () => {
  const all = { id: stored, ids: [stored], in: { id: stored, within: [{ id: stored }] } }
  const variables = { id: given, ids: [given], in: { id: given, within: [{ id: given }] } }
  const declared = 'query ($id: ID, $ids: [ID!], $in: In)'
  expect(await run(`${declared} { read(id: $id, ids: $ids, in: $in) }`, variables)).toEqual(all)
  const written = `id: "${given}", ids: ["${given}"], in: { id: "${given}", within: [{ id: "${given}" }] }`
  expect(await run(`{ read(${written}) }`)).toEqual(all)
})

test('an id that is no UUID, and a text, stay as they are', async () => {
  expect(await run('{ read(id: "Mia.Li@x.com", ids: [7]) }')).toEqual({ id: 'Mia.Li@x.com', ids: ['7'] })
  expect(await run('query ($text: String) { text(text: $text) }', { text: given })).toEqual({ text: given })
})
