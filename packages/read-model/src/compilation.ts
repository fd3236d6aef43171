import { type Actor, within } from '@clientele/kit'
import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
} from 'graphql'
import { derived } from './derived.js'
import type { Entity } from './entities.js'
import { literal } from './leaf.js'
import type { Model } from './model.js'
import { NotMappable, required } from './not-mappable.js'
import type { Parameters, Source } from './parameters.js'
import { valueAt } from './places.js'
import type { Row } from './read.js'
import { collect, type Selections } from './selection.js'

/** One operation on its way to SQL, for everybody of one standing. */
export interface Compilation {
  model: Model
  /** Stands in for the actors of a request. */
  actor: Actor
  /** The fields asked for of an object of this type in these places, by response key. */
  asked(type: GraphQLObjectType, nodes: readonly FieldNode[]): Map<string, FieldNode[]>
  /** The SQL of each field, by response key. */
  fields(type: GraphQLObjectType, asked: ReadonlyMap<string, readonly FieldNode[]>, row: Row): Map<string, string>
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
  /** `and …` for the rows of this concept that the actor reaches; empty where he reaches all of them. */
  reach(concept: string, alias: string): string
  isLimited(concept: string): boolean
  entity(type: string): Entity
}

// PostgreSQL's functions take a hundred arguments.
const mostFields = 50

export const createCompilation = (
  model: Model,
  actor: Actor,
  selections: Selections,
  parameters: Parameters,
): Compilation => {
  let aliases = 0

  const fieldSql = (type: GraphQLObjectType, nodes: readonly FieldNode[], row: Row): string => {
    const name = nodes[0]!.name.value
    if (name === '__typename') return literal(type.name)
    const field = type.getFields()[name]!
    if (name === 'redactedFields') return `${literal(JSON.stringify(model.redactedFields(type, actor)))}::json`
    if (!model.policies.shows(actor, type.name, name)) return 'null::text'
    const read = model.read(type.name, name) ?? derived(model, type, field, row)
    const args = argumentsOf(() => getArgumentValues(field, nodes[0]!, selections.variables))
    const sql = read.sql({ type, field, nodes, args }, row, self)
    return read.isCertain || String(field.type).at(-1) !== '!' ? sql : required(sql)
  }

  const reach = (concept: string, alias: string) => {
    const rule = model.policies.readRule(concept)
    const condition = rule && within(actor, rule, alias)
    return condition && { rule, sql: condition.sql }
  }

  const self: Compilation = {
    model,
    actor,
    asked: (type, nodes) =>
      collect(
        selections,
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
    reach: (concept, alias) => {
      const limit = reach(concept, alias)
      if (!limit) return ''
      let at = 0
      const next = () => {
        const index = at++
        return parameters.add(
          (facts) => within(facts.actor, limit.rule, '')!.params[index],
          'text',
          `${concept} ${index}`,
        )
      }
      return `and ${limit.sql.replaceAll('?', next)}`
    },
    isLimited: (concept) => reach(concept, '') !== undefined,
    entity: (type) => {
      const entity = model.entities.get(type)
      if (!entity) throw new NotMappable(`${type} is no entity`)
      return entity
    },
  }
  return self
}

/** A JSON object with these members, in their order. */
export const objectOf = (members: ReadonlyMap<string, string>): string => {
  if (members.size > mostFields) throw new NotMappable(`more than ${mostFields} fields of one object`)
  return `json_build_object(${[...members].map(([key, sql]) => `${literal(key)}, ${sql}`).join(', ')})`
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
