import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { freePort } from '@clientele/embedded'
import { until } from '@clientele/testkit/until'
import { startServeBacking } from '../serve/backing.js'
import { buildImage, type Container, inspectImage, readableInside, runContainer } from './containers.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-image-'))
const backing = await startServeBacking(dir)
const image = await buildImage()
const masterKey = await readableInside(backing.env.CLIENTELE_MASTER_KEY_FILE)
const running: Container[] = []
const shared = {
  ...backing.env,
  CLIENTELE_MASTER_KEY_FILE: masterKey,
  HOST: '127.0.0.1',
  PUBLIC_URL: 'http://127.0.0.1',
  STAFF_DIRECTORY: 'off',
}
const serve = (args: readonly string[], settings: Record<string, string>) => {
  const container = runContainer(image, args, { ...shared, ...settings }, [masterKey])
  running.push(container)
  return container
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((container) => container.stop()))
})
afterAll(async () => {
  await backing.stop()
  await rm(dir, { recursive: true })
})

const probe = (url: string) =>
  fetch(url).then(
    async (response) => ({ status: response.status, body: (await response.json()) as { checks?: object } }),
    () => undefined,
  )
const untilReady = (url: string, container: Container) =>
  until(async () => {
    const answer = await probe(`${url}/readyz`)
    if (answer?.status === 200) return true
    const ended = await Promise.race([container.ended.then(() => true), Promise.resolve(false)])
    if (ended) throw new Error(container.output())
    return false
  })
const ask = async (url: string, query: string, variables: object = {}) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await backing.token('manager')}` }
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as { data?: Record<string, any>; errors?: object[] }
}
const customer360 = `query ($id: ID!) { customer(id: $id) {
  id displayName tags { name } visits(first: 5) { totalCount } complaints(first: 5) { totalCount }
  satisfaction { nps } segments { key } externalRefs { system } } }`

/** A customer is entered and read with a part of each service; the image's answer is whole. */
const checkAnswers = async (url: string) => {
  const input = { kind: 'PERSON', displayName: '张伟 🙂', person: { familyName: '张', givenName: '伟' }, tags: ['vip'] }
  const { data, errors } = await ask(
    url,
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }',
    { input },
  )
  expect(errors).toBeUndefined()
  const answer = await ask(url, customer360, { id: data?.createCustomer.id })
  expect(answer).toMatchObject({ data: { customer: { displayName: '张伟 🙂', tags: [{ name: 'vip' }] } } })
  expect(answer.errors).toBeUndefined()
}

test('the image says what it is, and is nobody of importance', async () => {
  const { Config, Size } = await inspectImage(image)
  expect(Config.User).toBe('65532:65532')
  expect(Config.Labels).toMatchObject({
    'org.opencontainers.image.title': 'Clientele',
    'org.opencontainers.image.licenses': 'Apache-2.0',
  })
  console.info(`The image has ${(Size / 1e6).toFixed(0)} MB.`)
})

test('a replica that does not migrate is alive and says what it waits for, until the job has done it', async () => {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const withoutOwners = Object.fromEntries(Object.entries(shared).filter(([name]) => !name.endsWith('_OWNER_URL')))
  const container = runContainer(
    image,
    ['serve'],
    { ...withoutOwners, PORT: `${port}`, METRICS_PORT: `${metricsPort}`, MIGRATE: 'off' },
    [masterKey],
  )
  running.push(container)
  await until(async () => (await probe(`${url}/livez`))?.status === 200)
  await until(async () => JSON.stringify(await probe(`${url}/readyz`)).includes('migration 0001_foundation is missing'))
  expect((await probe(`${url}/readyz`))?.status).toBe(503)

  const plan = serve(['migrate', '--plan'], {})
  expect(await plan.ended).toBe(0)
  expect(plan.output()).toContain('0001_foundation')
  const began = Date.now()
  const job = serve(['migrate'], {})
  expect(await job.ended, job.output()).toBe(0)
  const migrated = Date.now()
  await untilReady(url, container)
  const ready = Date.now()
  console.info(`Migrated from nothing in ${migrated - began} ms; ready ${ready - migrated} ms after the schema was.`)
  await checkAnswers(url)
  expect((await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).status).toBe(200)
  const { code, ms } = await container.stop()
  expect(code, container.output()).toBe(0)
  expect(ms).toBeLessThan(15_000)
})

test('a replica on backing services that are there is ready soon', async () => {
  const port = await freePort()
  const began = Date.now()
  const container = serve(['serve'], { PORT: `${port}` })
  await untilReady(`http://127.0.0.1:${port}`, container)
  console.info(`Ready ${Date.now() - began} ms after the container was begun.`)
})

test('a replica that waits for a backing service ends when it is told to', async () => {
  const port = await freePort()
  const container = serve(['serve'], { PORT: `${port}`, NATS_URL: `nats://127.0.0.1:${await freePort()}` })
  await until(async () => (await probe(`http://127.0.0.1:${port}/livez`))?.status === 200)
  await until(async () => JSON.stringify(await probe(`http://127.0.0.1:${port}/readyz`)).includes('waits for NATS'))
  const { code, ms } = await container.stop()
  expect(code, container.output()).toBe(0)
  expect(ms).toBeLessThan(10_000)
})

test('apart: the gateway and each service are a container of their own', async () => {
  const ports = new Map(await Promise.all(services.map(async ({ name }) => [name, await freePort()] as const)))
  const addresses = Object.fromEntries(
    [...ports].map(([name, port]) => [`SUBGRAPH_${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}`]),
  )
  const gatewayPort = await freePort()
  const parts = [...ports].map(([name, port]) => ({ name, port, own: { PUBLIC_PORT: '0' } }))
  const all = [...parts, { name: 'gateway', port: gatewayPort, own: { OIDC_AUDIENCE: 'clientele-api' } }]
  await Promise.all(
    all.map(({ name, port, own }) =>
      untilReady(`http://127.0.0.1:${port}`, serve(['serve', name], { ...addresses, ...own, PORT: `${port}` })),
    ),
  )
  const url = `http://127.0.0.1:${gatewayPort}`
  await checkAnswers(url)
  for (const container of running.splice(0)) expect((await container.stop()).code, container.output()).toBe(0)
})
