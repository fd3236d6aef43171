import { createMetrics, serveMetrics } from '@clientele/kit'
import { startFixture } from '../../fixture/platform.js'

const metrics = createMetrics()
const fixture = await startFixture({
  metrics,
  config: { costBudgets: { default: 30, anonymous: 5 }, measuredOperations: ['One'] },
})
const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await server.stop()
  await fixture.stop()
})

const count = async (name: string, ...labels: string[]) => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const line = text
    .split('\n')
    .find((each) => each.startsWith(`${name}{`) && labels.every((label) => each.includes(label)))
  return Number(line?.split(' ').at(-1) ?? 0)
}
const state = async (name: string) => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}
const requests = (operation: string, outcome: string) =>
  count('clientele_gateway_request_duration_seconds_count', `operation="${operation}"`, `outcome="${outcome}"`)

/** How much a number grows while something is done. */
const growth = async (number: () => Promise<number>, done: () => Promise<unknown>) => {
  const before = await number()
  await done()
  return (await number()) - before
}

test.each([
  ['query', 'OK', '{ customer(id: 1) { id } }'],
  ['query', 'INVALID', '{ customer(id: 1) { shoeSize } }'],
  ['query', 'FORBIDDEN', '{ customer(id: 2) { guarded } }'],
  ['unknown', 'INVALID', '{'],
])('a %s that is %s is counted so, each time', async (operation, outcome, query) => {
  const twice = async () => {
    for (const _ of Array(2).keys()) await fixture.ask(query)
  }
  expect(await growth(() => requests(operation, outcome), twice)).toBe(2)
})

test.each([
  ['One', 'OK', 'query One { customer(id: 1) { id } }'],
  ['One', 'FORBIDDEN', 'query One { customer(id: 2) { guarded } }'],
  ['other', 'OK', 'query ZhangWei { customer(id: 1) { id } }'],
  ['other', 'OK', '{ customer(id: 1) { id } }'],
  ['other', 'INVALID', '{'],
])('an operation is counted as %s, %s: %s', async (name, outcome, query) => {
  const operations = () =>
    count('clientele_gateway_operation_duration_seconds_count', `name="${name}"`, `outcome="${outcome}"`)
  const twice = async () => {
    for (const _ of Array(2).keys()) await fixture.ask(query)
  }
  expect(await growth(operations, twice)).toBe(2)
  const text = await (await fetch(`${server.url}/metrics`)).text()
  expect(text).not.toContain('ZhangWei')
})

test.each<[string, () => Promise<unknown>]>([
  ['query.too_costly', () => fixture.ask('{ customers(first: 20) { nodes { id displayName } } }')],
  ['query.invalid', () => fixture.ask('{ customer(id: 1) { shoeSize } }')],
  ['token.missing', () => fixture.post({ query: '{ __schema { queryType { name } } }' })],
  ['body.batch', () => fixture.post('[]')],
])('what is refused for %s is counted', async (reason, send) => {
  expect(await growth(() => count('clientele_gateway_refused_total', `reason="${reason}"`), send)).toBe(1)
})

test('fetches are counted by subgraph and outcome', async () => {
  const fetches = (outcome: string) =>
    count('clientele_gateway_fetch_duration_seconds_count', 'subgraph="profiles"', `outcome="${outcome}"`)
  const before = await fetches('ok')
  await fixture.ask('{ customer(id: 1) { displayName } }')
  expect(await fetches('ok')).toBe(before + 1)
})

test('heavy requests are counted with how long they waited, and none waits when all are answered', async () => {
  const waited = () => count('clientele_gateway_heavy_wait_seconds_count', 'outcome="begun"')
  const large = `{ customer(id: 1) { id } } #${'-'.repeat(50_000)}`
  expect(await growth(waited, () => Promise.all([fixture.ask(large), fixture.ask(large)]))).toBe(2)
  expect(await state('clientele_gateway_heavy_requests_waiting')).toBe(0)
})

test('the port for clients has no metrics', async () => {
  expect((await fetch(`${fixture.gateway.url}/metrics`)).status).toBe(404)
})
