import type { EventData, EventType, Rights } from '@clientele/contracts'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { AuditTrail } from '../audit/audit-trail.js'
import type { Behalf } from '../auth/actor.js'
import type { Actor } from '../auth/verify-token.js'
import type { Log } from '../config/log.js'
import type { Keys, WritableKeys } from '../encryption/keys.js'
import type { Told } from '../messages/messages.js'
import type { Count } from '../metrics/tally.js'
import type { Ownership, Rule } from '../policy/policy.js'
import type { Idempotency } from '../postgres/idempotency.js'
import type { EntityRecord } from '../postgres/record.js'
import type { DryRun } from '../postgres/transaction.js'
import type { Loaders } from './loaders.js'

/** Asks another service with this service's own account, on behalf of the actor's tenant; throws UNAVAILABLE when it cannot be reached. */
export type Ask = <T = Record<string, unknown>>(
  service: string,
  query: string,
  variables?: Record<string, unknown>,
) => Promise<T>

/** What resolvers, consumers and jobs work with. */
export interface Context {
  /** Reads, under the actor's tenant. Writes go through `transaction`. */
  em: EntityManager
  actor: Actor
  log: Log
  now(): Date
  /**
   * Rows, events and inbox in one commit. With an idempotency key a repetition answers with the entity that was made first; as a dry run
   * everything is checked and written, and then undone.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, how?: Idempotency | DryRun): Promise<T>
  ask: Ask
  /** The service's own account at the issuer, for what is asked of the issuer itself; `issuer` is absent where it is not known. */
  account: { issuer?: string | undefined; token(): Promise<string> }
  /** The URL of one of the service's public routes, given its path; throws UNAVAILABLE where none are served. */
  link(path: string): string
  /** What the service's `config` read. */
  settings: Readonly<Record<string, unknown>>
  /** Batches look-ups of this request into one statement per entity type. */
  loaders: Loaders
  /** Opens what is kept sealed: sensitive values of the actor's tenant. */
  keys: Keys
  /** A message in the caller's language, where it is no error but a part of the answer. */
  tell(told: Told): string
  /** Tells the audit log what it cannot see by itself. */
  trail: AuditTrail
  /** Counts for operators what was done; outside of transactions, so that what is undone is not counted. */
  count: Count
  /**
   * The same request as somebody else, for public fields that learn from a token of the service's own who is acting, and for which tenant.
   * Each read of its `em` is a transaction of its own.
   */
  as(actor: Actor): Context
}

/** A context inside its transaction: the only place where events can be emitted. */
export interface Transaction extends Omit<Context, 'transaction' | 'loaders' | 'tell' | 'count' | 'as'> {
  /** Keeps sensitive values sealed, and destroys them for good. */
  keys: WritableKeys
  /** Passes or throws FORBIDDEN; what is loaded by `locked` needs no `of`, because its rule was asked. */
  allow(rule: Rule, of?: Ownership): void
  /**
   * Publishes a change of this entity with the commit, once per entity and transaction; `id` and `version` are added to the data.
   * The entity must be new or changed in this transaction: its new version is the event's sequence. Answers with the event's id.
   */
  emit<Data extends EventData>(
    type: EventType<Data>,
    entity: Pick<EntityRecord, 'id' | 'version'>,
    data: Omit<Data, 'id' | 'version'>,
  ): string
  /**
   * The same transaction on behalf of somebody, with the rights that they have at present: `allow` and `locked` ask the policies for those, and
   * events and refusals say in the audit log for whom. Its `em` still finds everything that the service does, so ask a rule of what it finds.
   * `cause` is the event that is answered, which its events name as theirs.
   */
  onBehalfOf(behalf: Behalf, rights: Rights, cause?: string): Transaction
}
