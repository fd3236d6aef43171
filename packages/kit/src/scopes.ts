import { v7 as uuidv7 } from 'uuid'
import { type AskOptions, createAsk } from './ask.js'
import type { Actor } from './auth.js'
import type { Context } from './context.js'
import type { Database } from './database.js'
import type { RequestOrigin } from './executor.js'
import { createLoaders } from './loaders.js'
import type { Log } from './log.js'
import { runTransaction, type TransactionScope } from './transaction.js'

interface Options {
  service: string
  database: Database
  peers: AskOptions
  settings: Readonly<Record<string, unknown>>
  log: Log
  now(): Date
  /** Called after a commit that wrote events. */
  wake(): void
}

/** What a service's requests, consumers and jobs act in: contexts and transactions of one actor. */
export const createScopes = ({ service, database, peers, settings, log, now, wake }: Options) => {
  const scopeOf = (actor: Actor, origin: RequestOrigin): TransactionScope => ({
    actor,
    log,
    now,
    settings,
    fork: () => database.fork(actor, now()),
    ask: createAsk(peers, actor.tenant, origin.requestId),
    origin: { ...origin, correlationId: origin.requestId },
    wake,
  })

  const contextOf = (actor: Actor, origin: RequestOrigin = { requestId: uuidv7() }): Context => {
    const scope = scopeOf(actor, origin)
    const em = scope.fork()
    return {
      em,
      actor,
      log,
      now,
      settings,
      ask: scope.ask,
      loaders: createLoaders(em),
      transaction: (work, idempotency) => runTransaction(scope, work, idempotency),
      as: (other) => contextOf(other, origin),
    }
  }

  const self = (tenant: string): Actor => ({
    subject: `service:${service}`,
    roles: ['service_account'],
    tenant,
    territories: [],
    kind: 'service',
  })

  return { scopeOf, contextOf, self }
}
