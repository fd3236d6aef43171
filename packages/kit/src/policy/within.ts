import { raw } from '@mikro-orm/postgresql'
import { type Actor, ownSubject } from '../auth/actor.js'
import { columnName } from '../postgres/statements/column-name.js'
import { type AccessScope, accessScopeOf, type OwnershipKeys, type Rule } from './policy.js'

/** A condition in SQL with `?` for its parameters. */
export interface SqlCondition {
  sql: string
  params: readonly string[]
}

/** Which rows of an entity's table, called `alias`, lie within an actor's access scope. The same rule as `isWithin`, for the database. */
export const within = (actor: Actor, rule: Rule, alias: string): SqlCondition => {
  const scope = accessScopeOf(actor, rule)
  if (scope === 'TENANT') return { sql: 'true', params: [] }
  const { ownership } = rule.table
  if (!scope || !ownership) return { sql: 'false', params: [] }
  return anyOf([...ownConditions(actor, scope, ownership, alias), ...parentConditions(actor, scope, ownership, alias)])
}

/** The same as a condition for the ORM. */
export const withinWhere = (actor: Actor, rule: Rule): object => {
  const { params } = within(actor, rule, '')
  return { [raw((alias) => within(actor, rule, alias).sql, params)]: [] }
}

const ownConditions = (
  actor: Actor,
  scope: AccessScope,
  { owner, territory, others }: OwnershipKeys,
  alias: string,
): SqlCondition[] => [
  ...(owner ? [{ sql: `${alias}.${columnName(owner)} = ?`, params: [ownSubject(actor)] }] : []),
  ...(territory && scope === 'TERRITORY' ? inTerritories(actor, `${alias}.${columnName(territory)}`) : []),
  ...(others ? [forSubject(actor, others.condition(alias))] : []),
]

/** A condition in which each `?` is the subject whose own is asked for. */
export const forSubject = (actor: Actor, sql: string): SqlCondition => ({
  sql,
  params: [...sql.matchAll(/\?/g)].map(() => ownSubject(actor)),
})

const parentConditions = (
  actor: Actor,
  scope: AccessScope,
  { parent }: OwnershipKeys,
  alias: string,
): SqlCondition[] => {
  if (!parent) return []
  const { sql, params } = anyOf(ownConditions(actor, scope, { owner: 'ownerId', territory: 'territory' }, 'parent'))
  const of = `parent.id = ${alias}.${columnName(parent.key)}`
  return [{ sql: `exists (select from ${parent.table} parent where ${of} and ${sql})`, params }]
}

const inTerritories = ({ territories }: Actor, path: string): SqlCondition[] =>
  territories.map((own) => ({ sql: `(${path} = ? or starts_with(${path}, ?))`, params: [own, `${own}/`] }))

const anyOf = (conditions: readonly SqlCondition[]): SqlCondition => ({
  sql: conditions.length ? `(${conditions.map(({ sql }) => sql).join(' or ')})` : 'false',
  params: conditions.flatMap(({ params }) => params),
})
