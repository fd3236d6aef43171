import {
  type Actor,
  columnName,
  hasTenantScope,
  type Rule,
  type SelectedFields,
  type Through,
  within,
} from '@clientele/kit'
import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
} from 'graphql'
import { derived } from '../reads/derived.js'
import type { Finish } from '../reads/finished.js'
import type { Model } from '../reads/model.js'
import { type EntityRow, type Row, recordOf } from '../reads/read.js'
import type { Parameters, Source } from '../requests/parameters.js'
import { valueAt } from '../requests/variable-references.js'
import type { Entity } from './entities.js'
import { literal, required } from './leaf.js'
import { NotMappable } from './not-mappable.js'
import { type Selections, selectorOf } from './selection.js'

/** One operation on its way to SQL, for everybody of one authorization profile. */
export interface Compilation {
  model: Model
  /** Stands in for the actors of a request. */
  actor: Actor
  /** The fields asked for of an object of this type in these places, by response key. */
  asked(type: GraphQLObjectType, nodes: readonly FieldNode[]): SelectedFields
  /** The SQL of each field, by response key. */
  fields(type: GraphQLObjectType, asked: SelectedFields, row: Row): Map<string, string>
  /** A JSON object of the fields asked for. */
  object(type: GraphQLObjectType, nodes: readonly FieldNode[], row: Row): string
  /** A name for a row that nothing else in the statement has. */
  alias(): string
  parameter(source: Source, type: string, name?: string): string
  /** An argument as a parameter; `read` makes the value of what was given, and throws NotMappable for what it cannot take. */
  argument(given: unknown, type: string, read?: (value: unknown) => unknown): string
  /** Has every request's value of an argument looked at, also where the statement need not know it. */
  check(given: unknown, read: (value: unknown) => unknown): void
  /** The time of the request. */
  now(): string
  /** Has code make values of the answer; gives its number among those of the statement. */
  finishLater(finish: Finish): number
  /** `and …` for the rows of this concept in the actor's access scope. */
  andInScope(concept: string, alias: string): string
  /** The condition itself. */
  scopeCondition(concept: string, alias: string): string
  /** Whether the actor's access scope is less than all of this concept. */
  isLimited(concept: string): boolean
  entity(type: string): Entity
  /** The column of a property in a row of this type. */
  column(type: string, property: string): string
}

/** What the author of a read's SQL may ask about the request. */
export type ReadScope = Pick<Compilation, 'now' | 'andInScope' | 'isLimited'>

// PostgreSQL's functions take a hundred arguments.
const mostMembers = 50

export const createCompilation = (
  model: Model,
  actor: Actor,
  selections: Selections,
  parameters: Parameters,
  finishes: Finish[],
): Compilation => {
  let aliases = 0

  const fieldSql = (type: GraphQLObjectType, nodes: readonly FieldNode[], row: Row): string => {
    const name = nodes[0]!.name.value
    if (name === '__typename') return literal(type.name)
    const field = type.getFields()[name]!
    if (name === 'redactedFields') return redactedFields(type, row)
    const shown = model.policies.shows(actor, type.name, name)
    if (!shown) return 'null::text'
    const read = model.read(type.name, name) ?? derived(model, type, field, row)
    const args = argumentsOf(() => getArgumentValues(field, nodes[0]!, selections.variables))
    const sql = read.sql({ type, field, nodes, args }, row, self)
    if (shown !== true) return `case when ${seen(shown, recordOf(type, row)).join(' or ')} then ${sql} end`
    return read.isCertain || String(field.type).at(-1) !== '!' ? sql : required(sql, field.type)
  }

  const redactedFields = (type: GraphQLObjectType, row: Row) => {
    const json = (roles: readonly string[]) =>
      `${literal(JSON.stringify(model.redactedFields(type, { ...actor, roles: [...roles] })))}::json`
    const clearances = model.policies.clearances(actor, type.name)
    if (!clearances) return json(actor.roles)
    const cases = seen(clearances, recordOf(type, row)).map(
      (when, at) => `when ${when} then ${json([clearances.roles[at]!])}`,
    )
    return cases.length ? `case ${cases.join(' ')} else ${json([])} end` : json([])
  }

  /** For each of the roles, the condition that it reaches an entity. */
  const seen = ({ rule, roles }: Through, record: EntityRow | undefined): string[] => {
    if (record?.type !== rule.concept) throw new NotMappable(`of some ${rule.concept} more is seen than of others`)
    return roles.map((role) => condition(rule, record.alias, role))
  }

  /** The rows in the actor's access scope with a rule, by all of their roles or one of them. */
  const condition = (rule: Rule, alias: string, role?: string) => {
    const as = (one: Actor) => (role === undefined ? one : { ...one, roles: [role] })
    const { sql } = within(as(actor), rule, alias)
    let at = 0
    const next = () => {
      const index = at++
      const name = `${rule.concept} ${role ?? ''} ${index}`
      return parameters.add((facts) => within(as(facts.actor), rule, '').params[index], 'text', name)
    }
    return sql.replaceAll('?', next)
  }

  const select = selectorOf(selections)
  const self: Compilation = {
    model,
    actor,
    asked: (type, nodes) =>
      select(
        type,
        nodes.map(({ selectionSet }) => selectionSet),
      ),
    fields: (type, asked, row) => new Map([...asked].map(([key, nodes]) => [key, fieldSql(type, nodes, row)])),
    object: (type, nodes, row) => objectOf(self.fields(type, self.asked(type, nodes), row)),
    alias: () => `r${++aliases}`,
    parameter: parameters.add,
    argument: (given, type, read = (value) => value) =>
      parameters.add(({ variables }) => read(valueAt(given, variables)), type),
    check: (given, read) => parameters.check(({ variables }) => read(valueAt(given, variables))),
    now: () => parameters.add((facts) => facts.now, 'timestamptz', 'now'),
    finishLater: (finish) => finishes.push(finish) - 1,
    andInScope: (concept, alias) => `and ${self.scopeCondition(concept, alias)}`,
    scopeCondition: (concept, alias) => {
      const rule = model.policies.readRule(concept)
      return rule ? condition(rule, alias) : 'true'
    },
    isLimited: (concept) => {
      const rule = model.policies.readRule(concept)
      return rule !== undefined && !hasTenantScope(actor, rule)
    },
    entity: (type) => {
      const entity = model.entities.get(type)
      if (!entity) throw new NotMappable(`${type} is no entity`)
      return entity
    },
    column: (type, property) => model.entities.get(type)?.columns.get(property)?.name ?? columnName(property),
  }
  return self
}

/** A JSON object with these members, in their order. */
export const objectOf = (members: ReadonlyMap<string, string>): string => {
  const build = (some: readonly (readonly [string, string])[]) =>
    `json_build_object(${some.map(([key, sql]) => `'${key}', ${sql}`).join(', ')})`
  const all = [...members]
  if (all.length <= mostMembers) return build(all)
  const parts = Array.from({ length: Math.ceil(all.length / mostMembers) }, (_, at) =>
    build(all.slice(at * mostMembers, (at + 1) * mostMembers)),
  )
  return `('{' || ${parts.map((part) => `substr(left(${part}::text, -1), 2)`).join(` || ', ' || `)} || '}')::json`
}

/** Reads arguments; what does not fit is for the ordinary resolvers to refuse. */
const argumentsOf = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof GraphQLError) throw new NotMappable(error.message)
    throw error
  }
}

/** The object type of a field that answers with one, or with a list of them. */
export const objectTypeOf = ({ type }: { type: GraphQLOutputType }) => getNamedType(type) as GraphQLObjectType
