import type { EventType } from '@clientele/contracts'
import type { Actor } from '../auth/actor.js'
import { Conflict } from '../errors/errors.js'
import { unknownEntity } from '../errors/unknown-entity.js'
import { type Consumer, consumeBatch } from '../events/consumer.js'
import { isId } from '../input/id.js'
import { isInScope } from '../policy/out-of-scope.js'
import { accessScopeOf, isWithin, type Ownership, type Rule } from '../policy/policy.js'
import type { Context, Transaction } from '../service/context.js'
import { type ReplicaTable, type Replicated, replicaTable } from './replica-table.js'

/** Which entities of another service are replicated, and where to. */
export interface ReplicaOptions<T extends Replicated> extends ReplicaTable<T> {
  /** What one of them is called, as in `customer`. */
  concept: string
  /** The access scope of actors among them. */
  read: Rule
  /**
   * The service that is asked for those whose events have not arrived yet, and its query, which answers its argument (`ids` unless another is
   * said) in the order that was given.
   */
  owner: { service: string; query: string; argument?: { name: string; type: 'ID' | 'String' } }
  /** How people and inputs name an entity, where that is not by its id: the property that tells who is meant, and its value for such a name. */
  named?: { by: keyof T & string; value?(name: string): string }
  /** How the owner is asked for what is no field of the same name, or one with fields of its own: `{ absences: 'absences { from until }' }`. */
  selections?: Readonly<Partial<Record<keyof T & string, string>>>
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
  /** The version that it has at least: its owner is asked where an older one is known. */
  atLeast?: number | undefined
}

/** A local replica of another service's entities: kept by their events, and by asking their owner for those that are not known yet. */
export const localReplica = <T extends Replicated>({
  concept,
  read,
  owner,
  named: { by: nameProperty, value: storedAs = (name: string) => name } = { by: 'id' },
  selections,
  events,
  isArchived,
  ...kept
}: ReplicaOptions<T>) => {
  const { known, keep } = replicaTable<T>(kept)
  const properties = ['id', 'version', ...Object.keys(kept.columns)] as (keyof T & string)[]
  const fields = properties.map((property) => selections?.[property] ?? property).join(' ')
  const { name, type } = owner.argument ?? { name: 'ids', type: 'ID' }
  const document = `query ($ids: [${type}!]!) { found: ${owner.query}(${name}: $ids) { ${fields} } }`

  const ask = async (ctx: Pick<Context, 'ask'>, ids: readonly string[]) => {
    const { found } = await ctx.ask<{ found: (T | null)[] }>(owner.service, document, { ids })
    return found.filter((one) => one !== null)
  }
  const askAndKeep = async (tx: Transaction, names: readonly string[]) => {
    const found = await ask(tx, names)
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
      { archived, path = `input.${concept}Id`, atLeast = 0 }: ReplicaUse,
    ): Promise<T> => {
      const before = isId(id) ? (await known(tx, [id]))[0] : undefined
      const isOld = before === undefined || before.version < atLeast
      const found = isId(id) && isOld ? (await askAndKeep(tx, [id]))[0] : before
      if (!found || !isInScope(tx, read, found, rule.action)) throw unknownEntity(concept, path)
      tx.allow(rule, found)
      if (archived === 'refused' && isArchived(found)) {
        throw new Conflict(`This ${concept} is archived.`, { reason: `${concept}.archived` })
      }
      return found
    },
    isArchived,
    /** Whether an entity lies within the actor's access scope. */
    isReadableBy: (actor: Actor, entity: T): boolean => isWithin(actor, accessScopeOf(actor, read), entity),
    /**
     * The entities that inputs name, by the names that were given, archived ones as well; who is nobody is left out. One look-up for those that
     * are known, and one question for all others. Throws UNAVAILABLE where their owner cannot be asked.
     */
    find: async (tx: Transaction, names: readonly string[]): Promise<ReadonlyMap<string, T>> => {
      if (!names.length) return new Map()
      const wanted = new Map([...new Set(names)].map((name) => [name, storedAs(name)]))
      const found = new Map<unknown, T>()
      const take = (entities: readonly T[]) => entities.forEach((one) => void found.set(one[nameProperty], one))
      take(await known(tx, [...wanted.values()], nameProperty))
      const missing = [...wanted].flatMap(([name, value]) => (found.has(value) ? [] : [name]))
      if (missing.length) take(await askAndKeep(tx, missing))
      return new Map([...wanted].flatMap(([name, value]) => (found.has(value) ? [[name, found.get(value)!]] : [])))
    },
    /** Those that are known here, by the values of a property, without asking. */
    known,
    /** The ownership of entities: what a stub asks for. */
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

/** The ownership of entities, in the order of their ids, undefined where there are none; their owner is asked for those that are not known. */
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
