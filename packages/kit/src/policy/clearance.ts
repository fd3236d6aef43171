import { placeOf } from '../postgres/record-of.js'
import type { Context } from '../service/context.js'
import {
  clearanceOf,
  clearanceOfOne,
  type FieldClass,
  highestClearance,
  type Ownership,
  type OwnershipKeys,
  type PolicyTable,
} from './policy.js'

/**
 * Up to which class an actor sees the fields of one entity, given by it or by a value object of it. Known at once
 * unless their roles reach differently far; then it is asked whose the entity is, in one statement for all that a tick
 * asks for.
 */
export const clearanceIn = (ctx: Context, table: PolicyTable, source: object): FieldClass | Promise<FieldClass> => {
  const everywhere = clearanceOf(ctx.actor, table)
  if (!table.ownership || everywhere === highestClearance(ctx.actor, table)) return everywhere
  return whose(ctx, table.ownership, placeOf(source).record).then((of) => clearanceOfOne(ctx.actor, table, of))
}

const whose = async (
  ctx: Context,
  { owner, territory, parent }: OwnershipKeys,
  record: object,
): Promise<Ownership[]> => {
  const held = (property: string | undefined) =>
    property ? ((record as Record<string, unknown>)[property] as string | null | undefined) : undefined
  const own = { ownerId: held(owner) ?? null, territory: held(territory) ?? null }
  const key = held(parent?.key)
  if (!parent || !key) return [own]
  const found = await ctx.loaders.batch(`whose:${parent.table}`, key, async (em, ids) => {
    const rows = await em.execute<(Ownership & { id: string })[]>(
      `select id, owner_id as "ownerId", territory from ${parent.table} where id = any(?::uuid[])`,
      [`{${ids.join(',')}}`],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  })
  return found ? [own, found] : [own]
}
