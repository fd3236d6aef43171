import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { until } from '@clientele/testkit/until'
import { checkLedger, newLedger, startClients } from '../serve/ledger.js'
import { startClusterBacking } from './backing.js'
import { counting } from './clients.js'
import { objectsIn } from './left.js'
import { image, imageSettings, makeNextImage } from './next-image.js'
import { apply, helm, killProcess, kubectl, makeNamespace, readyPods } from './programs.js'
import { connectFrom, startStranger } from './reach.js'

const namespace = 'crm'
const release = 'clientele'
const dir = await mkdtemp(join(tmpdir(), 'clientele-cluster-'))
const backing = await startClusterBacking(dir)
const ledger = newLedger()
afterAll(async () => {
  await backing.stop()
  await rm(dir, { recursive: true, force: true })
})

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
const CUSTOMER_360 = /```graphql\n(query Customer360[\s\S]*?)```/.exec(readme)?.[1] ?? ''
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id version } }'

const values = join(dir, 'values.json')
const account = { clientId: 'clientele-{service}', clientSecret: { secret: 'clientele-oidc', key: '{service}' } }
const given = {
  publicUrl: 'http://crm.example.com',
  image: imageSettings(image),
  oidc: { issuer: 'http://host.internal:8080', account },
  nats: { url: 'nats://host.internal:4222' },
  // Five services in three replicas while one takes another's place, on a server that takes 200.
  settings: { DATABASE_CONNECTIONS: 8 },
}
await writeFile(values, JSON.stringify(given))

const chart = ['charts/clientele', '-n', namespace, '-f', values, '--wait', '--wait-for-jobs', '--timeout', '10m']
const timed = async (what: string, work: Promise<unknown>) => {
  const began = Date.now()
  await work
  console.info(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`)
}

/** Where a process answers; the machine has a way to the addresses of Services. */
const urlOf = async (process: string) => {
  const service = JSON.parse(await kubectl('-n', namespace, 'get', 'service', `${release}-${process}`, '-o', 'json'))
  return `http://${service.spec.clusterIP}:4000`
}
const admin = () => backing.token('admin')

/** A customer is entered and read by the README's query, with a part of each service; asked again while a service says that it cannot yet. */
const checkAnswers = async (url: string) => {
  const ask = counting(url, admin).ask
  const created = await ask(CREATE, { input: { kind: 'PERSON', displayName: '张伟 🙂', idempotencyKey: url } }, 0)
  const { id, version } = created.createCustomer!
  ledger.versions.set(id, version)
  const { customer } = await ask(CUSTOMER_360, { id }, 0)
  expect(customer).toMatchObject({
    ...{ id, displayName: '张伟 🙂', visits: { totalCount: 0 } },
    ...{ segments: [], externalRefs: [] },
  })
}

const lately = ['--since=15s', '--prefix', '--ignore-errors', '--max-log-requests=20']
const warnings = ['--field-selector', 'type=Warning', '--sort-by', '.lastTimestamp']

/** Runs work while clients ask; prints and answers with what became of their requests. Afterwards nothing is lost or doubled. */
const underLoad = async (what: string, process: string, work: () => Promise<void>) => {
  const logs: Promise<string>[] = []
  // At once: the log of a pod goes with it.
  const readLogs = () => {
    if (logs.length < 5) logs.push(kubectl('-n', namespace, 'logs', '-l', component(process), ...lately))
  }
  const { ask, tally } = counting(await urlOf(process), admin, readLogs)
  const clients = startClients(ask, ledger, 4)
  const began = Date.now()
  await work()
  await clients.stop()
  const seconds = ((Date.now() - began) / 1000).toFixed(0)
  console.info(
    `${what}: ${tally.sent} requests in ${seconds} s, ${tally.failed.length} failed`,
    tally.failed.slice(0, 10),
  )
  if (tally.failed.length) {
    console.info(await kubectl('-n', namespace, 'get', 'events', ...warnings))
    for (const log of await Promise.all(logs)) console.info(log)
  }
  await checkLedger(backing, ledger)
  return tally.failed
}

const rolledOut = (process: string) =>
  kubectl('-n', namespace, 'rollout', 'status', `deployment/${release}-${process}`, '--timeout=600s')
const component = (process: string) => `app.kubernetes.io/component=${process}`

let before: string[]
test('the namespace takes restricted pods alone, and has the secrets of the README', async () => {
  await makeNamespace(namespace)
  await apply(namespace, ...backing.secrets)
  before = await objectsIn(namespace)
})

test('together: installed, tested, asked the README’s query', async () => {
  await timed('helm install together', helm('install', release, ...chart))
  await timed('helm test', helm('test', release, '-n', namespace, '--logs'))
  await checkAnswers(await urlOf('platform'))
})

test('pods are deleted one after the other under load: no request fails', async () => {
  const failed = await underLoad('pods deleted', 'platform', async () => {
    for (const pod of await readyPods(namespace, component('platform'))) {
      await kubectl('-n', namespace, 'delete', 'pod', pod, '--wait=false')
      await until(async () => !(await readyPods(namespace, component('platform'))).includes(pod))
      await rolledOut('platform')
    }
  })
  expect(failed).toEqual([])
})

test('pods die without a warning under load: requests in flight fail, and nothing is lost or doubled', async () => {
  await underLoad('pods killed', 'platform', async () => {
    for (const pod of await readyPods(namespace, component('platform'))) {
      await kubectl('-n', namespace, 'delete', 'pod', pod, '--force', '--grace-period=0')
      await rolledOut('platform')
    }
    for (const pod of await readyPods(namespace, component('platform'))) await killProcess(namespace, pod)
  })
})

test('upgraded to a version with a newer schema, and rolled back, under load: no request fails', async () => {
  const next = await makeNextImage()
  const failed = await underLoad('upgrade and roll back', 'platform', async () => {
    const upgrade = helm('upgrade', release, ...chart, '--set', `image.tag=${imageSettings(next).tag}`)
    await timed('helm upgrade', upgrade)
    await timed(
      'helm rollback',
      helm('rollback', release, '-n', namespace, '--wait', '--wait-for-jobs', '--timeout', '10m'),
    )
  })
  expect(failed).toEqual([])
})

test('apart: by one value, with the same databases', async () => {
  const upgrade = helm('upgrade', release, ...chart, '--set', 'topology=apart')
  await timed('helm upgrade to apart', upgrade)
  await timed('helm test', helm('test', release, '-n', namespace, '--logs'))
  await checkAnswers(await urlOf('gateway'))
  await checkLedger(backing, ledger)
})

test('apart: the pods of all processes are replaced at once under load: no request fails', async () => {
  const processes = ['gateway', ...services.map(({ name }) => name)]
  const failed = await underLoad('apart, all replaced', 'gateway', async () => {
    for (const each of processes) await kubectl('-n', namespace, 'rollout', 'restart', `deployment/${release}-${each}`)
    for (const each of processes) await rolledOut(each)
  })
  expect(failed).toEqual([])
})

test('network policies: who may be reached by whom', async () => {
  await startStranger(namespace)
  const [gateway = ''] = await readyPods(namespace, component('gateway'))
  const [surveys = ''] = await readyPods(namespace, component('surveys'))
  const from = (pod: string, to: string, port: number) => connectFrom(namespace, pod, to, port)
  // A policy is enforced a moment after it is there.
  await until(async () => (await from('stranger', `${release}-profiles`, 4001)) !== 'reached')
  const refused = expect.not.stringContaining('reached')
  const seen = {
    strangerGateway: await from('stranger', `${release}-gateway`, 4000),
    strangerPublic: await from('stranger', `${release}-profiles`, 4002),
    strangerSubgraph: await from('stranger', `${release}-surveys`, 4001),
    gatewaySubgraph: await from(gateway, `${release}-profiles`, 4001),
    gatewayDatabase: await from(gateway, 'host.internal', 5432),
    surveysPeer: await from(surveys, `${release}-profiles`, 4001),
    surveysOther: await from(surveys, `${release}-interactions`, 4001),
    surveysDatabase: await from(surveys, 'host.internal', 5432),
  }
  expect(seen).toEqual({
    strangerGateway: 'reached',
    strangerPublic: 'reached',
    strangerSubgraph: refused,
    gatewaySubgraph: 'reached',
    gatewayDatabase: refused,
    surveysPeer: 'reached',
    surveysOther: refused,
    surveysDatabase: 'reached',
  })
  await kubectl('-n', namespace, 'delete', 'pod', 'stranger')
})

test('uninstalled: what was there before is there, and nothing else', async () => {
  await timed('helm uninstall', helm('uninstall', release, '-n', namespace, '--wait'))
  await until(async () => (await objectsIn(namespace)).length <= before.length)
  expect(await objectsIn(namespace)).toEqual(before)
})
