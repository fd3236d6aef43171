import { type Belongings, isWithin, type Rule, reachOf } from '../policy/policy.js'
import type { Context, Transaction } from './context.js'
import { type Copy, type CopyTable, copyTable } from './copy-table.js'
import { isId } from './loaders.js'

/** Which entities of another service are copied, and where to. */
export interface CopyOptions<T extends Copy> extends CopyTable<T> {
  /** How far actors reach among them. */
  read: Rule
  /** The service that is asked for those whose events have not arrived yet, and its query, which answers `ids` in their order. */
  owner: { service: string; query: string }
}

/** What a service knows of another one's entities: by their events, and by asking their owner. */
export const copies = <T extends Copy>({ read, owner, ...kept }: CopyOptions<T>) => {
  const { known, keep } = copyTable(kept)
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
     * The entity, known or asked for, for a change that this rule permits; undefined where there is none that the actor can read.
     * Throws FORBIDDEN where he may not do this with it, UNAVAILABLE where its owner cannot be asked.
     */
    find: async (tx: Transaction, id: string, rule: Rule): Promise<T | undefined> => {
      if (!isId(id)) return undefined
      const found = (await known(tx, [id]))[0] ?? (await askAndKeep(tx, id))[0]
      if (!found || !isReached(tx, read, found, rule.action)) return undefined
      tx.allow(rule, found)
      return found
    },
    /** Whose entities are: what a stub asks for. */
    whose: (ctx: Context, ids: readonly string[]) => whoseOf(ctx, ids, { known, ask }),
  }
}

type Find = (ctx: Context, ids: readonly string[]) => Promise<readonly (Belongings & { id: string })[]>

/** Whose entities are, in the order of their ids, undefined where there are none; their owner is asked for those that are not known. */
export const whoseOf = async (
  ctx: Context,
  ids: readonly string[],
  { known, ask }: { known: Find; ask: Find },
): Promise<readonly (Belongings | undefined)[]> => {
  const byId = new Map((await known(ctx, ids)).map((one) => [one.id, one]))
  const missing = ids.filter((id) => !byId.has(id.toLowerCase()))
  for (const one of missing.length ? await ask(ctx, missing) : []) byId.set(one.id, one)
  return ids.map((id) => byId.get(id.toLowerCase()))
}

/** Whether an actor can read an entity that belongs so; where he cannot, the audit log learns of the `action` that he wanted it for. */
export const isReached = (
  { actor, trail }: Pick<Context, 'actor' | 'trail'>,
  read: Rule,
  { id, ...of }: Belongings & { id: string },
  action: string,
): boolean => {
  if (isWithin(actor, reachOf(actor, read), of)) return true
  trail.denied({ action, type: read.concept, id, reason: 'reach' })
  return false
}
