import { createHash } from 'node:crypto'
import type { Actor } from '@clientele/kit'
import { type FieldNode, type GraphQLObjectType, getArgumentValues } from 'graphql'
import { idOf } from '../reads/by-id.js'
import type { Finish } from '../reads/finished.js'
import type { Model } from '../reads/model.js'
import { createParameters, type Facts } from '../requests/parameters.js'
import { valueAt } from '../requests/variable-references.js'
import { type Compilation, createCompilation } from './compilation.js'
import { NotMappable } from './not-mappable.js'
import type { Operation, OperationShape } from './operation.js'

/** An operation as SQL. It holds nothing of any request. */
export interface Statement {
  /** Under which sessions keep it prepared: the same text has the same name. */
  name: string
  /** Gives the place of an entity among the wanted ones, if there are many, and a JSON text per response key. */
  text: string
  values(facts: Facts): unknown[]
  /** The response keys of its columns. */
  keys: readonly string[]
  /** The root field that the columns belong to; `''` where they are root fields themselves. */
  root: string
  /** Whether the root field is a list. */
  isList: boolean
  /** Whether the first column of a row is its place in that list. */
  isMany: boolean
  /** What makes the values of its answers that code has to make. */
  finishes: readonly Finish[]
  /** The keys of the entities in a request; undefined where none are asked for by key. */
  keysIn(operation: Operation): readonly string[] | undefined
}

/** Compiles an operation for everybody of one authorization profile. Throws NotMappable where a part of it has no SQL. */
export const compile = (model: Model, actor: Actor, shape: OperationShape): Statement => {
  const parameters = createParameters()
  const finishes: Finish[] = []
  const selections = { schema: model.schema, fragments: shape.fragments, variables: shape.variables }
  const c = createCompilation(model, actor, selections, parameters, finishes)
  const [[root, nodes] = [], ...others] = shape.roots
  if (!root || !nodes) throw new NotMappable('nothing is asked for')
  const finish = (made: Made, root: string, keysIn: Statement['keysIn'], isList = false): Statement => {
    const name = createHash('sha256').update(made.text).digest('base64url').slice(0, 22)
    return { name, ...made, root, isList, keysIn, values: parameters.values, finishes }
  }

  const { references } = shape
  if (references) {
    return finish(entities(c, references.type, nodes, references.isMany), root, ({ wanted }) => wanted, true)
  }
  const name = nodes[0]!.name.value
  const type = model.read('Query', name)?.finds
  if (!type || others.length || !model.reference(type)) return finish(queries(c, shape), '', () => undefined)
  model.policies.opens(actor, name)
  const { id } = getArgumentValues(model.schema.getQueryType()!.getFields()[name]!, nodes[0]!, shape.variables)
  return finish(entities(c, type, nodes, false), root, ({ values }) => [idOf(valueAt(id, values))])
}

interface Made {
  text: string
  keys: readonly string[]
  isMany: boolean
}

/** Entities by their ids, a column for each field. */
const entities = (c: Compilation, name: string, nodes: readonly FieldNode[], isMany: boolean): Made => {
  const reference = c.model.reference(name)
  const type = c.model.schema.getType(name) as GraphQLObjectType
  const isOnTrust = reference?.isStub && !c.isLimited(name)
  if (!isOnTrust && !reference?.table) throw new NotMappable(`${name} is not found by its id`)
  const keys = c.parameter(({ keys }) => (isMany ? keys : keys[0]), isMany ? 'uuid[]' : 'uuid')
  const fields = c.fields(type, c.asked(type, nodes), { from: reference?.isStub ? 'select' : 'entity', sql: 'e' })
  const columns = [...fields.values()].map((sql) => `to_json(${sql})::text`)
  const wanted = isMany ? `unnest(${keys}) with ordinality as k(id, place)` : `(select ${keys} as id) as k`
  const selected = [...(isMany ? ['k.place'] : []), ...columns].join(', ')
  const from = isOnTrust
    ? wanted.replace('as k', 'as e')
    : `${wanted} join ${reference!.table} as e on e.id = k.id ${c.andInScope(name, 'e')}`
  const text = `select ${isOnTrust ? selected.replace('k.place', 'e.place') : selected} from ${from}`
  return { text, keys: [...fields.keys()], isMany }
}

/** Queries, a column for each. */
const queries = (c: Compilation, { roots }: OperationShape): Made => {
  const query = c.model.schema.getQueryType()!
  for (const [nodes] of roots.values()) {
    c.model.policies.opens(c.actor, nodes!.name.value)
    if (!c.model.read('Query', nodes!.name.value)) throw new NotMappable(`${nodes!.name.value} has no read`)
  }
  const fields = c.fields(query, roots, { from: 'select', sql: '' })
  const text = `select ${[...fields.values()].map((sql) => `to_json(${sql})::text`).join(', ')}`
  return { text, keys: [...fields.keys()], isMany: false }
}
