import type { Actor, Service } from '@clientele/kit'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import { type Entity, entitiesOf } from '../compile/entities.js'
import { ownResolvers } from './own-resolvers.js'
import { type Policies, policiesOf } from './policies.js'
import type { Read, Reads } from './read.js'

/** How the fields of a service's graph are read: what its ORM, its policies and its reads say. */
export interface Model {
  schema: GraphQLSchema
  policies: Policies
  entities: ReadonlyMap<string, Entity>
  read(type: string, field: string): Read | undefined
  /** Whether code stands behind a field, so that a column of its name proves nothing. */
  hasResolver(type: string, field: string): boolean
  /** Types that `_entities` finds by their ids: `table` is where, undefined for a stub whose ids are taken on trust. */
  reference(type: string): { table?: string; isStub: boolean } | undefined
  redactedFields(type: GraphQLObjectType, actor: Actor): readonly string[]
}

export interface ModelOptions {
  service: Service
  /** The service's executable schema, under its policies. */
  schema: GraphQLSchema
  orm: MikroORM
  reads: readonly Reads[]
}

export const createModel = ({ service, schema, orm, reads }: ModelOptions): Model => {
  const declared = new Map<string, Read>()
  for (const { type, fields } of reads) {
    const known = (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()
    for (const [name, read] of Object.entries(fields)) {
      if (!known?.[name]) throw new Error(`a read is about ${type}.${name}, which is no field`)
      if (declared.has(`${type}.${name}`)) throw new Error(`two reads are about ${type}.${name}`)
      declared.set(`${type}.${name}`, read)
    }
  }
  const entities = entitiesOf(orm, service)
  const policies = policiesOf(service)
  const resolved = ownResolvers(service)
  const stubs = new Set(service.stubs?.map(({ type }) => type.name))
  const references = new Set(service.references?.map(({ name }) => name))
  return {
    schema,
    entities,
    policies,
    read: (type, field) => declared.get(`${type}.${field}`),
    hasResolver: (type, field) => resolved.has(`${type}.${field}`),
    reference: (type) => {
      const isStub = stubs.has(type)
      if (!isStub && !references.has(type)) return undefined
      const table = isStub ? reads.find((each) => each.type === type && each.keptIn)?.keptIn : entities.get(type)?.table
      return { isStub, ...(table && { table }) }
    },
    redactedFields: (type, actor) => {
      return type.getFields().redactedFields!.resolve!({}, {}, { actor }, undefined as never) as string[]
    },
  }
}
