import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, operationFaults } from './compare.js'
import { type Revision, workingTree } from './revision.js'

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '')
const here = workingTree(root)

/** This checkout with one file changed. */
const changed = async (path: string, from: string | RegExp, to: string): Promise<Revision> => {
  const text = (await here.read(path)) ?? ''
  const next = text.replace(from, to)
  expect(next).not.toBe(text)
  return { ...here, read: async (asked) => (asked === path ? next : here.read(asked)) }
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clientele-release-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('this checkout fits itself, with its own operations', async () => {
  expect(await compare(here, here)).toEqual({ breaking: [], noticeable: [] })
})

test('a field that is gone is told as the API, to the gateway of the other version, and of each stored operation that asks for it', async () => {
  const next = await changed(
    'gateway/supergraph.graphql',
    'displayName: String @join__field',
    'calledBy: String @join__field',
  )
  const { breaking } = await compare(here, next)
  expect(breaking).toContainEqual(expect.stringMatching(/^API: .*displayName was removed/))
  expect(breaking).toContainEqual(expect.stringMatching(/^gateway\/samples: gateway\/samples\/.*displayName/))
  const subgraph = await changed('services/profiles/schema.graphql', /displayName: String$/m, 'calledBy: String')
  expect((await compare(here, subgraph)).breaking).toEqual([
    expect.stringMatching(/^services\/profiles\/schema\.graphql: .*displayName was removed/),
  ])
})

test('an event that is gone, or has another shape, is told by its type', async () => {
  const type = 'clientele.profiles.customer.archived.v1'
  const path = `packages/contracts/generated/schemas/${type}.json`
  const gone = { ...here, read: async (asked: string) => (asked === path ? undefined : here.read(asked)) }
  expect((await compare(here, gone)).breaking).toEqual([`${type}: The event is gone.`])
  const next = await changed(path, '"version",\n    "kind",', '"version",\n    "kind",\n    "why",')
  const { breaking } = await compare(here, next)
  expect(breaking).toEqual([`${type}: data.why has to be there, and older events lack it.`])
})

test('operations of a client are held against the API, with fragments of their folder', async () => {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('fragments.graphql', 'fragment Name on Customer { displayName }')
  write('good.graphql', 'query Good($id: ID!) { customer(id: $id) { ...Name } }')
  expect(await operationFaults(workingTree(folder), '.', here)).toEqual([])
  write('bad.graphql', 'query Bad($id: ID!) { customer(id: $id) { shoeSize } }')
  expect(await operationFaults(workingTree(folder), '.', here)).toEqual([
    'bad.graphql: Cannot query field "shoeSize" on type "Customer".',
  ])
})
