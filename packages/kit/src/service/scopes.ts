import { accountRoleOf, serviceRole } from '@clientele/contracts'
import { v7 as uuidv7 } from 'uuid'
import { writeEntries } from '../audit/audit-entry.js'
import { createTrail, type RequestTrail } from '../audit/audit-trail.js'
import type { DataSubjectOf } from '../audit/data-subject.js'
import type { Actor } from '../auth/verify-token.js'
import type { Log } from '../config/log.js'
import type { Keyring } from '../encryption/keyring.js'
import { Unavailable } from '../errors/errors.js'
import type { RequestOrigin } from '../graphql/executor.js'
import { languageOf } from '../messages/language.js'
import { messageIn, type Translations } from '../messages/messages.js'
import type { Count } from '../metrics/tally.js'
import { type AskOptions, createAsk } from '../peers/ask.js'
import { noteOutOfScope } from '../policy/out-of-scope.js'
import type { Database } from '../postgres/database.js'
import type { Fence } from '../postgres/leases.js'
import type { TimeLimit } from '../postgres/time-limit.js'
import { runTransaction, type TransactionScope } from '../postgres/transaction.js'
import type { Context } from './context.js'
import { createLoaders } from './loaders.js'

interface Options {
  service: string
  dataSubjectOf: DataSubjectOf
  database: Database
  keyring: Keyring
  peers: AskOptions
  settings: Readonly<Record<string, unknown>>
  publicUrl?: (() => string) | undefined
  translations: Translations
  count: Count
  log: Log
  now(): Date
  /** Called after a commit that wrote events. */
  wake(): void
}

/** What a service's requests, consumers and jobs act in: contexts and transactions of one actor. */
export const createScopes = (o: Options) => {
  const { service, dataSubjectOf, database, keyring, peers, settings, translations, log, now, wake } = o
  const link = (path: string) => {
    if (!o.publicUrl) throw new Unavailable('This process serves no public routes.', { reason: 'link' })
    return `${o.publicUrl().replace(/\/$/, '')}${path}`
  }
  const newTrail = () => createTrail(dataSubjectOf)

  const scopeOf = (
    actor: Actor,
    origin: RequestOrigin,
    {
      trail = newTrail(),
      fence,
      limit,
    }: { trail?: RequestTrail; fence?: Fence | undefined; limit?: TimeLimit | undefined } = {},
  ): TransactionScope => ({
    fence,
    limit,
    actor,
    log,
    now,
    settings,
    keyring,
    trail: trail.of(actor),
    occurrences: () => trail.occurrences().get(actor) ?? [],
    written: (occurrences) => trail.written(actor, occurrences),
    dataSubjectOf,
    fork: () => database.fork(actor, now(), limit),
    ask: createAsk(peers, actor.tenant, origin, limit),
    account: peers,
    link,
    origin: { ...origin, correlationId: origin.requestId },
    wake,
  })

  const contextOf = (
    actor: Actor,
    origin: RequestOrigin = { requestId: uuidv7() },
    request: RequestTrail = newTrail(),
    fence?: Fence,
  ): Context => {
    const scope = scopeOf(actor, origin, { trail: request, fence })
    const em = scope.fork()
    const { trail } = scope
    return {
      em,
      actor,
      log,
      now,
      settings,
      ask: scope.ask,
      account: scope.account,
      link: scope.link,
      loaders: createLoaders(em, async (entity, ids) => {
        const read = database.readRule(entity)
        if (read) await noteOutOfScope(em, { actor, trail }, read, entity, ids)
      }),
      keys: keyring.of(actor.tenant, em),
      trail,
      count: o.count,
      tell: (told) => messageIn(languageOf(origin.acceptLanguage), translations, told),
      transaction: (work, how) => runTransaction(scope, work, how),
      as: (other) => contextOf(other, origin, request, fence),
    }
  }

  /** Writes what a request has shown and was refused, in a transaction of its own: that of the request may be read-only, or undone. */
  const writeTrail = async (request: RequestTrail, origin: RequestOrigin) => {
    for (const [actor, occurrences] of request.occurrences()) {
      // Who has no tenant has seen nothing of one.
      if (!actor.tenant) continue
      const at = now()
      await database.fork(actor, at).transactional((em) => writeEntries(em, { ...origin, actor, at }, occurrences))
    }
  }

  const self = (tenant: string): Actor => ({
    subject: `service:${service}`,
    roles: [serviceRole, accountRoleOf(service)],
    tenant,
    territories: [],
    kind: 'service',
    itself: true,
  })

  return { scopeOf, contextOf, newTrail, writeTrail, self }
}
