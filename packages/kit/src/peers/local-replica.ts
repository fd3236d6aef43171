import type { EventType } from '@clientele/contracts'
import { Conflict, NotFound } from '../errors/errors.js'
import { type Consumer, consumeBatch } from '../events/consumer.js'
import { accessScopeOf, isWithin, type Ownership, type Rule } from '../policy/policy.js'
import type { Context, Transaction } from '../service/context.js'
import { isId } from '../service/loaders.js'
import { type ReplicaTable, type Replicated, replicaTable } from './replica-table.js'

/** Which entities of another service are replicated, and where to. */
export interface ReplicaOptions<T extends Replicated> extends ReplicaTable<T> {
  /** What one of them is called, as in `customer`. */
  concept: string
  /** How far actors reach among them. */
  read: Rule
  /** The service that is asked for those whose events have not arrived yet, and its query, which answers `ids` in their order. */
  owner: { service: string; query: string }
  /** The owner's events that tell how an entity is now. */
  events: readonly EventType[]
  /** Whether an entity is out of use. */
  isArchived(entity: T): boolean
}

/** What is said on purpose wherever an entity of another service is used. */
export interface ReplicaUse {
  /** Whether an archived one will do. */
  archived: 'accepted' | 'refused'
  /** Where its id stands in the input; `input.<concept>Id` unless given. */
  path?: string
}

/** A local replica of another service's entities: kept by their events, and by asking their owner for those that are not known yet. */
export const localReplica = <T extends Replicated>({
  concept,
  read,
  owner,
  events,
  isArchived,
  ...kept
}: ReplicaOptions<T>) => {
  const { known, keep } = replicaTable<T>(kept)
  const fields = ['id', 'version', ...Object.keys(kept.columns)].join(' ')
  const document = `query ($ids: [ID!]!) { found: ${owner.query}(ids: $ids) { ${fields} } }`

  const ask = async (ctx: Pick<Context, 'ask'>, ids: readonly string[]) => {
    const { found } = await ctx.ask<{ found: (T | null)[] }>(owner.service, document, { ids })
    return found.filter((one) => one !== null)
  }
  const askAndKeep = async (tx: Transaction, id: string) => {
    const found = await ask(tx, [id])
    if (found.length) await keep(tx, found)
    return found
  }

  return {
    keep,
    /**
     * The entity, known or asked for, for a change that this rule permits. Throws NOT_FOUND `<concept>.unknown`, also for one that the actor
     * cannot read, FORBIDDEN where they may not do this with it, CONFLICT `<concept>.archived`, UNAVAILABLE where its owner cannot be asked.
     */
    require: async (
      tx: Transaction,
      id: string,
      rule: Rule,
      { archived, path = `input.${concept}Id` }: ReplicaUse,
    ): Promise<T> => {
      const found = isId(id) ? ((await known(tx, [id]))[0] ?? (await askAndKeep(tx, id))[0]) : undefined
      if (!found || !isInScope(tx, read, found, rule.action)) {
        const reason = `${concept}.unknown`
        throw new NotFound(`There is no such ${concept}.`, {
          reason,
          fields: [{ path, reason, message: `the id of a ${concept}` }],
        })
      }
      tx.allow(rule, found)
      if (archived === 'refused' && isArchived(found)) {
        throw new Conflict(`This ${concept} is archived.`, { reason: `${concept}.archived` })
      }
      return found
    },
    /** Whose entities are: what a stub asks for. */
    ownership: (ctx: Context, ids: readonly string[]) => ownershipOf(ctx, ids, { known, ask }),
    /** Keeps the replica by the owner's events; in batches, since an import brings hundreds of thousands. */
    consumer: (name: string): Consumer =>
      consumeBatch(name, events, (tx, batch) =>
        keep(
          tx,
          batch.map(({ data }) => data as unknown as T),
        ),
      ),
  }
}

type Find = (ctx: Context, ids: readonly string[]) => Promise<readonly (Ownership & { id: string })[]>

/** Whose entities are, in the order of their ids, undefined where there are none; their owner is asked for those that are not known. */
export const ownershipOf = async (
  ctx: Context,
  ids: readonly string[],
  { known, ask }: { known: Find; ask: Find },
): Promise<readonly (Ownership | undefined)[]> => {
  const byId = new Map((await known(ctx, ids)).map((one) => [one.id, one]))
  const missing = ids.filter((id) => !byId.has(id.toLowerCase()))
  for (const one of missing.length ? await ask(ctx, missing) : []) byId.set(one.id, one)
  return ids.map((id) => byId.get(id.toLowerCase()))
}

/**
 * Whether an actor can read an entity that belongs so; where they cannot, the audit log learns of the `action` that they
 * wanted it for.
 */
export const isInScope = (
  { actor, trail }: Pick<Context, 'actor' | 'trail'>,
  read: Rule,
  { id, ...of }: Ownership & { id: string },
  action: string,
): boolean => {
  if (isWithin(actor, accessScopeOf(actor, read), of)) return true
  trail.denied({ action, type: read.concept, id, reason: 'access_scope' })
  return false
}
