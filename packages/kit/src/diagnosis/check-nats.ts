import { type JetStreamAccountStats, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Consumer } from '../events/consumer.js'
import { closeNats, connectNats } from '../events/nats.js'
import {
  checkReplicas,
  differencesOf,
  maxEventSize,
  oneReplica,
  storageStays,
  streamInfo,
  streamName,
} from '../events/stream.js'
import type { StreamSettings } from '../events/stream-settings.js'
import { type Check, counted, type Report, saidBy } from './finding.js'
import type { KnownSurroundings } from './known-surroundings.js'

/** JetStream as the stream uses it; as the development's own server. */
const leastVersion = [2, 9] as const
/** How many events a consumer may be behind, and how much of the account's storage may be used, before it is told of. */
const noticed = { pending: 10_000, share: 0.8 }
const runbook = 'docs/runbooks/nats.md'

/** Each NATS that services name: login, version, JetStream, the stream against its settings, room, and how far consumers are. */
export const natsChecks = (all: readonly KnownSurroundings[]): Check[] => {
  const named = all.filter(({ natsUrl }) => natsUrl !== undefined)
  const places = [...Map.groupBy(named, ({ natsUrl }) => natsUrl as string)]
  return places.map(([url, services]) => ({
    name: places.length > 1 ? `nats.${services.map(({ service }) => service.name).join('+')}` : 'nats',
    run: async (report) => {
      const { host } = new URL(url)
      const nats = await report.attempt(
        'login',
        `Is NATS there, and is the login of NATS_URL right? (${runbook})`,
        () => connectNats(url, 'clientele doctor'),
      )
      if (!nats) return
      try {
        report.ok('login', `${host}`)
        checkServer(report, nats)
        const jsm = await jetstreamManager(nats, { checkAPI: false })
        const remedy = `Start nats-server with JetStream (-js), and let this account use it (${runbook}).`
        const account = await report.attempt('jetstream', remedy, () => jsm.getAccountInfo())
        if (!account) return
        checkStorage(report, account)
        const stream = services.find((each) => each.stream)?.stream
        const isThere = await checkStream(report, jsm, nats.info?.cluster !== undefined, stream)
        const consumers = services.flatMap(({ service }) => service.consumers ?? [])
        if (isThere) await checkConsumers(report, jsm, consumers)
      } finally {
        await closeNats(nats)
      }
    },
  }))
}

const checkServer = (report: Report, { info }: NatsConnection) => {
  const { version = '', max_payload: most = 0, cluster } = info ?? {}
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < leastVersion[0] || (major === leastVersion[0] && minor < leastVersion[1])
  const found = `nats-server ${version}${cluster ? ', in a cluster' : ', alone'}`
  if (isOld) report.fault('version', found, `Use nats-server ${leastVersion.join('.')} or newer.`)
  else report.ok('version', found)
  if (most < maxEventSize) {
    report.fault(
      'payload',
      `it takes messages of ${most} bytes, and an event has up to ${maxEventSize}`,
      'Raise max_payload.',
    )
  }
}

const checkStorage = (report: Report, { storage, limits }: JetStreamAccountStats) => {
  const most = limits.max_storage
  if (most <= 0)
    return report.ok(
      'storage',
      `${mebibytes(storage)} used; the account has no limit, and the server's own is not told`,
    )
  const found = `${mebibytes(storage)} of ${mebibytes(most)} used`
  if (storage < most * noticed.share) report.ok('storage', found)
  else
    report.warning(
      'storage',
      found,
      'Give the account more, or set NATS_STREAM_MAX_BYTES or fewer NATS_STREAM_MAX_AGE_DAYS.',
    )
}

const checkStream = async (report: Report, jsm: JetStreamManager, isCluster: boolean, settings?: StreamSettings) => {
  const found = await report.attempt('stream', runbook, async () => ({ info: await streamInfo(jsm) }))
  if (!found) return false
  if (settings) {
    try {
      checkReplicas(settings, isCluster)
    } catch (error) {
      report.fault('stream', saidBy(error), `Set NATS_STREAM_REPLICAS to 1, or use a cluster (${runbook}).`)
    }
  }
  if (!found.info) {
    report.ok('stream', `${streamName} is not there yet; the first start makes it`)
    return false
  }
  const { config, state } = found.info
  const kept = `${streamName}: ${state.messages} events, ${mebibytes(state.bytes)}, ${config.num_replicas} replicas`
  if (!settings) report.ok('stream', kept)
  else {
    const differing = differencesOf(config, settings)
    if (differing.length)
      report.warning('stream', `${kept}; not as it is set: ${differing.join(', ')}`, 'The next start changes it.')
    else report.ok('stream', kept)
    if (config.storage !== settings.storage) report.warning('stream', `it is kept in ${config.storage}`, storageStays)
    if (isCluster && settings.replicas === 1) report.warning('stream', oneReplica, 'Set NATS_STREAM_REPLICAS to 3.')
  }
  return true
}

const checkConsumers = async (report: Report, jsm: JetStreamManager, consumers: readonly Consumer[]) => {
  await report.attempt('consumers', runbook, async () => {
    const known = new Map<string, number>()
    for await (const { name, num_pending, num_ack_pending } of jsm.consumers.list(streamName)) {
      known.set(name, num_pending + num_ack_pending)
    }
    const missing = consumers.filter(({ name }) => !known.has(name))
    const behind = consumers.filter(({ name }) => (known.get(name) ?? 0) > noticed.pending)
    const waiting = consumers.reduce((sum, { name }) => sum + (known.get(name) ?? 0), 0)
    const found = `${consumers.length - missing.length} of ${consumers.length} are there, ${counted(waiting, 'event')} to be taken`
    if (behind.length) {
      const names = behind.map(({ name }) => `${name} ${known.get(name)}`).join(', ')
      report.warning('consumers', `${found}; behind: ${names}`, 'docs/runbooks/alerts.md, ClienteleConsumerStuck.')
    } else report.ok('consumers', found)
  })
}

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
