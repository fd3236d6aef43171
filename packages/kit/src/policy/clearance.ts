import { placeOf } from '../postgres/record-of.js'
import { arrayParameter } from '../postgres/statements/array-parameter.js'
import type { Context } from '../service/context.js'
import {
  clearanceOf,
  clearanceOfOne,
  type FieldClass,
  type Ownership,
  type OwnershipKeys,
  type PolicyTable,
} from './policy.js'
import { differsByEntity } from './policy-index.js'
import { forSubject } from './within.js'

/**
 * Up to which class an actor sees the fields of one entity, given by it or by a value object of it. Known at once
 * unless their roles reach differently far; then it is asked whose the entity is, in one statement for all that a tick
 * asks for.
 */
export const clearanceIn = (ctx: Context, table: PolicyTable, source: object): FieldClass | Promise<FieldClass> => {
  if (!table.ownership || !differsByEntity(ctx.actor, table)) return clearanceOf(ctx.actor, table)
  return ownershipsOf(ctx, table.ownership, placeOf(source).record).then((of) => clearanceOfOne(ctx.actor, table, of))
}

const ownershipsOf = async (
  ctx: Context,
  { owner, territory, parent, others }: OwnershipKeys,
  record: object,
): Promise<Ownership[]> => {
  const held = (property: string | undefined) =>
    property ? ((record as Record<string, unknown>)[property] as string | null | undefined) : undefined
  const own = { ownerId: held(owner) ?? null, territory: held(territory) ?? null }
  const key = held(parent?.key)
  const id = held('id')
  const found = await Promise.all([
    parent && key ? parentOf(ctx, parent, key) : undefined,
    others && id
      ? isOfOthers(ctx, others, id).then((is) => (is ? { ownerId: ctx.actor.subject } : undefined))
      : undefined,
  ])
  return [own, ...found.filter((one) => one !== undefined)]
}

const parentOf = (ctx: Context, { table }: NonNullable<OwnershipKeys['parent']>, key: string) =>
  ctx.loaders.batch(`ownership:${table}`, key, async (em, ids) => {
    const rows = await em.execute<(Ownership & { id: string })[]>(
      `select id, owner_id as "ownerId", territory from ${table} where id = any(?::uuid[])`,
      [arrayParameter(ids)],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  })

const isOfOthers = (ctx: Context, { table, condition }: NonNullable<OwnershipKeys['others']>, id: string) =>
  ctx.loaders.batch(`others:${table}`, id, async (em, ids) => {
    const { sql, params } = forSubject(ctx.actor, condition('e'))
    const rows = await em.execute<{ id: string }[]>(`select id from ${table} e where id = any(?::uuid[]) and ${sql}`, [
      arrayParameter(ids),
      ...params,
    ])
    const own = new Set(rows.map((row) => row.id))
    return ids.map((one) => own.has(one))
  })
