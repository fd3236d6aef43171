import { chainKeyOf } from '../audit/audit-chain.js'
import { changeSubscriber } from '../audit/audit-changes.js'
import { dataSubjects } from '../audit/data-subject.js'
import { createKeyring } from '../encryption/keyring.js'
import type { Inbox } from '../events/inbox.js'
import { checkNats, checkStream, closeNats, connectNats } from '../events/nats.js'
import { wakeSubject } from '../events/stream.js'
import { createSubgraph } from '../graphql/executor.js'
import { buildSubgraph } from '../graphql/schema.js'
import { withKit } from '../messages/messages.js'
import { createMetrics } from '../metrics/metrics.js'
import { createServiceMetrics } from '../metrics/service-metrics.js'
import { sampleService } from '../metrics/service-state.js'
import { counting } from '../metrics/tally.js'
import { openDatabase, stateOf } from '../postgres/database.js'
import { createLeases } from '../postgres/leases.js'
import { checkServers } from '../postgres/schema/check-servers.js'
import { checkSchema, migrate } from '../postgres/schema/migrate.js'
import { shareConnections } from '../postgres/sessions/connection-budget.js'
import { createTenantSessions } from '../postgres/sessions/tenant-sessions.js'
import { bindRoutes } from '../routes/bound-routes.js'
import { createBackground } from './background.js'
import type { RunningService } from './running-service.js'
import { createScopes } from './scopes.js'
import type { Service } from './service.js'
import type { Surroundings } from './surroundings.js'
import { waitFor } from './wait-for.js'

/** Starts one service in this process. What it has opened is closed again when it cannot start; throws UNAVAILABLE when patience ends. */
export const run = async (service: Service, around: Surroundings): Promise<RunningService> => {
  await using opened = new AsyncDisposableStack()
  const { log, now = () => new Date(), settings = {}, patience = 30_000 } = around
  const { database: urls, metrics = createMetrics() } = around
  const observe = createServiceMetrics(metrics, service.name)
  const { schema } = buildSubgraph(service)
  const translations = withKit(service.translations)
  const shares = shareConnections(around.connections)
  const checkServer = around.checkServer ?? (() => checkServers([around], log))
  const waiting = { patience, log, onWait: around.onWait }
  const postgres = `PostgreSQL at ${hostOf(urls.url)}`
  await waitFor(postgres, checkServer, waiting)
  const { ownerUrl } = urls
  if (around.migrate !== false) {
    if (ownerUrl === undefined) throw new Error(`${service.name} cannot migrate: it has no URL of the owner`)
    await waitFor(postgres, () => migrate(ownerUrl, service.migrations, log, around.nameLocale), waiting)
  }
  const nats = await waitFor(
    `NATS at ${hostOf(around.natsUrl)}`,
    () => connectNats(around.natsUrl, service.name),
    waiting,
  )
  opened.defer(() => closeNats(nats))
  const { stream } = around
  if (stream) await waitFor('JetStream', () => checkStream(nats, stream, log), waiting)
  const database = await openDatabase(urls, service.entities, service.policies ?? [], log, {
    ...around,
    shares,
    observe: observe.statement,
  })
  opened.defer(database.close)
  // Where somebody else migrates: nothing may read or write what is not there yet.
  await waitFor(postgres, () => checkSchema(database.system, service.migrations), waiting)

  const keyring = createKeyring({
    service: service.name,
    system: database.system,
    masterKeys: around.masterKeys,
    freshMs: around.keysFreshMs,
  })
  await waitFor('the master key', keyring.check, waiting)
  database.orm.em.getEventManager().registerSubscriber(changeSubscriber)
  const { scopeOf, contextOf, newTrail, writeTrail, self } = createScopes({
    service: service.name,
    dataSubjectOf: dataSubjects(service.policies ?? []),
    database,
    keyring,
    peers: around.peers,
    settings,
    publicUrl: around.publicUrl,
    translations,
    count: counting(metrics, service.name),
    log,
    now,
    // Only a hint: the relay polls. A commit must not fail because it cannot be given.
    wake: () => {
      if (!nats.isClosed() && !nats.isDraining()) nats.publish(wakeSubject(service.name))
    },
  })
  const leases = createLeases(urls.systemUrl, { log, expiryMs: around.leaseMs })
  opened.defer(leases.close)
  const inbox: Inbox = {
    fence: leases.fence,
    scope: (tenant, requestId, limit) => scopeOf(self(tenant), { requestId }, { limit }),
    system: database.system,
    observe: observe.events,
    now,
    log,
  }
  const background = createBackground({
    service,
    around: { ...around, log, now, settings },
    transactions: shares.transactions,
    inbox,
    nats,
    leases,
    chainKey: chainKeyOf(keyring),
    observe,
    forTenant: (tenant, fence) => contextOf(self(tenant), undefined, undefined, fence),
  })
  const sessions = createTenantSessions(urls.url, {
    most: shares.reads,
    statementTimeout: around.statementTimeout,
    observe: observe.statement,
  })
  opened.defer(sessions.close)
  const endSamples = sampleService(metrics, {
    service: service.name,
    system: database.system,
    nats,
    consumers: service.consumers ?? [],
    measures: service.measures ?? [],
    pools: {
      transactions: { most: shares.transactions, state: database.transactions },
      reads: { most: shares.reads, state: sessions.state },
      system: { most: shares.system, state: () => stateOf(database.system) },
    },
  })
  opened.defer(async () => endSamples())
  const queryCompiler =
    around.queryCompiler === false
      ? undefined
      : service.queryCompiler?.({
          service,
          schema,
          orm: database.orm,
          sessions,
          unmapped: (reason) => log.debug({ reason }, 'resolvers answer'),
        })
  const { check: accountCheck } = around.peers
  // Told in the log; what does not need to ask other services works all the same.
  accountCheck?.().catch(() => {})
  const subgraph = createSubgraph({
    name: service.name,
    schema,
    verifier: around.verifier,
    publicFields: new Set(service.publicFields),
    newTrail,
    context: contextOf,
    writeTrail,
    queryCompiler,
    translations,
    observe: observe.operation,
    now,
    log,
  })
  opened.defer(background.stop)
  if (around.background !== false) background.start()
  const open = opened.move()
  let closing: Promise<void> | undefined

  return {
    name: service.name,
    subgraph,
    routes: bindRoutes(service.routes ?? [], { newTrail, context: contextOf, writeTrail }),
    database,
    nats,
    checks: {
      database: database.check,
      nats: () => checkNats(nats),
      schema: () => checkSchema(database.system, service.migrations),
      keys: keyring.check,
      ...(accountCheck && { account: accountCheck }),
    },
    metrics,
    keyring,
    context: (actor) => contextOf(actor),
    inbox,
    relay: background.relay,
    consumptions: background.consumptions,
    jobs: background.jobs,
    stop: () => {
      closing ??= open.disposeAsync()
      return closing
    },
  }
}

/** Where a URL leads, without what it says of who comes. */
const hostOf = (url: string) => URL.parse(url)?.host ?? 'the address of the settings'
