import { type EntityManager, p } from '@mikro-orm/core'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import { v7 as uuidv7 } from 'uuid'
import { DateTimeScalar } from '../graphql/scalars.js'

/** What the database session of a transaction knows: who acts, for which tenant, and what time it is. */
export const session = { tenant: 'app.tenant', actor: 'app.actor', now: 'app.now' } as const

const sessionValue = (em: EntityManager, name: string) => em.getSessionContext()?.variables?.[name]
const now = (em: EntityManager) => new Date(String(sessionValue(em, session.now)))
const actor = (em: EntityManager) => String(sessionValue(em, session.actor))

/**
 * Columns that every entity has beside its tenant, which the database sets and guards by itself.
 * `version` counts the changes of the entity and is the `sequence` of its events.
 */
export const recordColumns = {
  id: p
    .uuid()
    .primary()
    .onCreate(() => uuidv7()),
  version: p.integer().version(),
  createdAt: p.datetime().onCreate((_, em) => now(em)),
  createdBy: p.string().onCreate((_, em) => actor(em)),
  updatedAt: p
    .datetime()
    .onCreate((_, em) => now(em))
    .onUpdate((_, em) => now(em)),
  updatedBy: p
    .string()
    .onCreate((_, em) => actor(em))
    .onUpdate((_, em) => actor(em)),
}

/** An object with `recordColumns`, as every loaded entity is. */
export interface EntityRecord {
  id: string
  version: number
  createdAt: Date
  createdBy: string
  updatedAt: Date
  updatedBy: string
}

/** Makes an entity class a GraphQL type with the key `id` and the fields of `recordColumns`. */
export const EntityType =
  (description: string, options: { implements?: Function | Function[] } = {}): ClassDecorator =>
  (target) => {
    ObjectType({ description, ...options })(target)
    Directive('@key(fields: "id")')(target)
    const field = (name: string, type: () => unknown, text: string) =>
      Field(type as never, { description: text })(target.prototype, name)
    field('id', () => ID, 'UUIDv7, given once and never reused.')
    field('version', () => Int, 'Counts the changes of this entity; hand it back as `expectedVersion`.')
    field('createdAt', () => DateTimeScalar, 'When it was created.')
    field('createdBy', () => String, 'Subject of the person or service that created it.')
    field('updatedAt', () => DateTimeScalar, 'When it was last changed.')
    field('updatedBy', () => String, 'Subject of the person or service that last changed it.')
    field(
      'redactedFields',
      () => [String],
      'Paths of the fields that are null because you may not see them, such as `person.birthDate`.',
    )
  }
