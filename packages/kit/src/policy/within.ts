import { raw } from '@mikro-orm/postgresql'
import type { Actor } from '../auth/auth.js'
import { type AccessScope, accessScopeOf, type OwnershipKeys, type Rule } from './policy.js'

/** A condition in SQL with `?` for its parameters. */
export interface SqlCondition {
  sql: string
  params: readonly string[]
}

/**
 * Which rows of an entity's table, called `alias`, an actor reaches with an action; undefined where they reach all of
 * the tenant's. The same rule as `isWithin`, for the database.
 */
export const within = (actor: Actor, rule: Rule, alias: string): SqlCondition | undefined => {
  const scope = accessScopeOf(actor, rule)
  if (scope === 'TENANT') return undefined
  const { ownership } = rule.table
  if (!scope || !ownership) return { sql: 'false', params: [] }
  return anyOf([...ownConditions(actor, scope, ownership, alias), ...parentConditions(actor, scope, ownership, alias)])
}

/** The same as a condition for the ORM. */
export const withinWhere = (actor: Actor, rule: Rule): object => {
  const condition = within(actor, rule, '')
  if (!condition) return {}
  return { [raw((alias) => within(actor, rule, alias)!.sql, condition.params)]: [] }
}

const ownConditions = (
  actor: Actor,
  scope: AccessScope,
  { owner, territory }: OwnershipKeys,
  alias: string,
): SqlCondition[] => [
  ...(owner ? [{ sql: `${alias}.${column(owner)} = ?`, params: [actor.subject] }] : []),
  ...(territory && scope === 'TERRITORY' ? inTerritories(actor, `${alias}.${column(territory)}`) : []),
]

const parentConditions = (
  actor: Actor,
  scope: AccessScope,
  { parent }: OwnershipKeys,
  alias: string,
): SqlCondition[] => {
  if (!parent) return []
  const { sql, params } = anyOf(ownConditions(actor, scope, { owner: 'ownerId', territory: 'territory' }, 'parent'))
  const of = `parent.id = ${alias}.${column(parent.key)}`
  return [{ sql: `exists (select from ${parent.table} parent where ${of} and ${sql})`, params }]
}

const inTerritories = ({ territories }: Actor, path: string): SqlCondition[] =>
  territories.map((own) => ({ sql: `(${path} = ? or starts_with(${path}, ?))`, params: [own, `${own}/`] }))

const anyOf = (conditions: readonly SqlCondition[]): SqlCondition => ({
  sql: conditions.length ? `(${conditions.map(({ sql }) => sql).join(' or ')})` : 'false',
  params: conditions.flatMap(({ params }) => params),
})

/** The column of a property, as the ORM names it. */
const column = (property: string) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
