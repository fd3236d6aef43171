import { rename, symlink, unlink, writeFile } from 'node:fs/promises'
import { until } from '@clientele/testkit'
import { type Fixture, startFixture, supergraphSdl } from '../../fixture/platform.js'
import { schemas } from '../../fixture/subgraphs.js'
import { compose } from './compose.js'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture?.stop())

/** The fixture's supergraph with one more name for the satisfaction score. */
function grown(field: string): string {
  const { sdl, errors } = compose(
    schemas.map(({ name, sdl }) => ({
      name,
      sdl: name === 'surveys' ? sdl.replace('nps: Int', `nps: Int ${field}: Int`) : sdl,
    })),
  )
  if (!sdl) throw new Error(errors.join('\n'))
  return sdl
}

const served = async () =>
  ((await (await fetch(`${fixture.gateway.url}/readyz`)).json()) as { checks: { supergraph: string } }).checks
    .supergraph
const logged = (text: string) => fixture.lines.filter((line) => line.includes(text))
const knows = async (field: string): Promise<boolean> => {
  const { data } = await fixture.ask('{ __type(name: "Satisfaction") { fields { name } } }')
  return data?.__type.fields.some(({ name }: { name: string }) => name === field)
}

test('a new supergraph is served without a restart, however the file is replaced', async () => {
  const { supergraphFile: file } = fixture
  expect(await knows('csat')).toBe(false)
  await writeFile(file, grown('csat'))
  await until(() => knows('csat'))

  await writeFile(`${file}.new`, grown('ces'))
  await rename(`${file}.new`, file)
  await until(() => knows('ces'))
  expect(await knows('csat')).toBe(false)

  await writeFile(`${file}.linked`, grown('mood'))
  await unlink(file)
  await symlink(`${file}.linked`, file)
  await until(() => knows('mood'))
})

test.each<[string, string | undefined, RegExp]>([
  ['that is not GraphQL', 'type Query {', /refused/],
  ['that is empty', '', /refused/],
  ['that is cut off', supergraphSdl().slice(0, -400), /refused/],
  ['that is no supergraph', 'type Query { a: Int }', /refused/],
  [
    'that names an unknown subgraph',
    compose([...schemas, { name: 'billing', sdl: 'type Query { invoices: Int }' }]).sdl,
    /names the subgraph \\"billing\\"/,
  ],
])('a supergraph %s is refused with one clear line, and the old one keeps serving', async (_, sdl, line) => {
  const before = await served()
  await writeFile(fixture.supergraphFile, sdl ?? '')
  await until(() => logged('refused').length > 0)
  expect(logged('refused')).toHaveLength(1)
  expect(logged('refused')[0]).toMatch(line)
  expect(await served()).toBe(before)
  expect(await knows('nps')).toBe(true)
  await writeFile(fixture.supergraphFile, grown('csat'))
  await until(() => knows('csat'))
})

test('a file that vanishes is refused, too', async () => {
  await unlink(fixture.supergraphFile)
  await until(() => logged('refused').length > 0)
  expect(await knows('nps')).toBe(true)
})

test('under load no request fails, neither while supergraphs change nor while one is broken', async () => {
  let running = true
  let answered = 0
  const faults: unknown[] = []
  const body = { query: '{ customer(id: 1) { id visits { totalCount } satisfaction { nps } } }' }
  const token = await fixture.issuer.token()
  const expected = { customer: { id: '1', visits: { totalCount: 2 }, satisfaction: { nps: 9 } } }
  const caller = async () => {
    while (running) {
      const { status, data, errors } = await fixture.post(body, { authorization: `Bearer ${token}` })
      if (status !== 200 || errors || JSON.stringify(data) !== JSON.stringify(expected))
        faults.push({ status, errors, data })
      answered++
    }
  }
  const callers = Array.from({ length: 8 }, caller)
  try {
    for (const field of ['a', 'b', 'c']) {
      const version = await served()
      await writeFile(fixture.supergraphFile, grown(field))
      await until(async () => (await served()) !== version)
      const refusals = logged('refused').length
      await writeFile(fixture.supergraphFile, `type Broken${field} {`)
      await until(() => logged('refused').length > refusals)
      const answeredThen = answered
      await until(() => answered > answeredThen + 20)
    }
  } finally {
    running = false
    await Promise.all(callers)
  }
  expect(faults).toEqual([])
  expect(logged('supergraph reloaded')).toHaveLength(3)
})

test('a request that began on the old supergraph ends on it', async () => {
  const version = await served()
  const slow = fixture.ask('{ wait(id: "old") customer(id: 1) { satisfaction { nps } } }')
  await fixture.gate.arrived('old')
  const { sdl } = compose(
    schemas.map(({ name, sdl }) => ({
      name,
      sdl: name === 'surveys' ? sdl.replaceAll('nps: Int', 'score: Int') : sdl,
    })),
  )
  await writeFile(fixture.supergraphFile, sdl ?? '')
  await until(async () => (await served()) !== version)
  expect(await knows('nps')).toBe(false)
  fixture.gate.open('old')
  expect(await slow).toMatchObject({ status: 200, data: { wait: 'old', customer: { satisfaction: { nps: 9 } } } })
})

test('without a supergraph that can be loaded the gateway does not start, and says why', async () => {
  await expect(startFixture({ config: { supergraphFile: '/nowhere/supergraph.graphql' } })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'supergraph.broken',
    message: expect.stringContaining('/nowhere/supergraph.graphql'),
  })
})
