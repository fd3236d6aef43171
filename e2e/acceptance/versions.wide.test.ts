import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { compose } from '@clientele/gateway'
import { until } from '@clientele/testkit'
import { startAcceptance } from '../platform/platform.js'
import { tellStory } from '../platform/story.js'

// While processes are replaced, a gateway of one version asks subgraphs of the other. A version that differs is made by changing this one's schema.

const query = `query Customer($id: ID!) {
  customer(id: $id) {
    number displayName tags { name }
    complaints(first: 5) { nodes { status severity } totalCount }
    satisfaction { nps csat }
    externalRefs { system externalId }
  }
}`

const platform = await startAcceptance()
const { customerId: id } = await tellStory(platform)
const folder = await mkdtemp(join(tmpdir(), 'clientele-versions-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const schemas = await Promise.all(
  services.map(async ({ name }) => ({
    name,
    sdl: await readFile(new URL(`../../services/${name}/schema.graphql`, import.meta.url), 'utf8'),
  })),
)

/** A gateway whose supergraph has these schemas, changed; what it answers to the manager. */
const gatewayOf = async (version: string, change: (name: string, sdl: string) => string) => {
  const { sdl, errors } = compose(schemas.map(({ name, sdl }) => ({ name, sdl: change(name, sdl) })))
  if (!sdl) throw new Error(errors.join('\n'))
  const file = join(folder, `${version}.graphql`)
  await writeFile(file, sdl)
  const url = await platform.overHttp(file)
  const authorization = `Bearer ${await platform.token('manager')}`
  return async (query: string, variables: object = { id }) =>
    (await platform.post({ query, variables }, { authorization }, url)).body
}

const replaced = (sdl: string, from: string, to: string): string => {
  const next = sdl.replace(from, to)
  if (next === sdl) throw new Error(`The schema has no ${from}.`)
  return next
}

const now = await until(async () => {
  const data = await platform.ask('manager', query, { id })
  return data.customer.externalRefs.length && data.customer.satisfaction?.nps && data
})

test('a gateway of the next version, beside subgraphs of this one, answers what clients of this one ask', async () => {
  const ask = await gatewayOf('next', (name, sdl) => {
    if (name === 'profiles') {
      return replaced(sdl, 'type Customer @key(fields: "id") {', 'type Customer @key(fields: "id") {\n  shoeSize: Int')
    }
    if (name === 'interactions') {
      return `${replaced(sdl, '\ntype Query {', '\ntype Query {\n  parcels(of: ID!): [Parcel!]!')}\ntype Parcel { id: ID! }`
    }
    return sdl
  })
  expect(await ask(query)).toEqual({ data: now })
  const newer = await ask('query ($id: ID!) { customer(id: $id) { shoeSize } viewer { subject } }')
  expect(newer.errors).toEqual(
    ['customer', 'viewer'].map((field) => ({
      message: 'The profiles service is of another version, which does not know what is asked.',
      path: [field],
      extensions: { code: 'UNAVAILABLE', service: 'profiles' },
    })),
  )
  expect(await ask(query)).toEqual({ data: now })
})

test('a gateway of the last version, beside subgraphs of this one, answers what it knows', async () => {
  const ask = await gatewayOf('last', (name, sdl) =>
    name === 'profiles' ? replaced(sdl, 'tags: [Tag!]! @listSize(assumedSize: 50)', 'labels: [Tag!]!') : sdl,
  )
  const { tags: _, ...known } = now.customer
  expect(await ask(query.replace(' tags { name }', ''))).toEqual({ data: { customer: known } })
  expect((await ask(query)).errors?.[0]?.message).toContain('Cannot query field "tags"')
})
