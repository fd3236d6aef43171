import type { ChangeSet, EntityManager, EventSubscriber, FlushEventArgs } from '@mikro-orm/postgresql'
import type { PendingEvent } from '../events/outbox.js'
import { recordColumns } from '../postgres/record.js'
import { conceptOf, type Occurrence } from './audit-trail.js'
import type { DataSubjectOf } from './data-subject.js'

type Verb = 'created' | 'updated' | 'deleted'

interface Change {
  type: string
  verb: Verb
  fields: Set<string>
}

const flushed = new WeakMap<object, Map<object, Change>>()

/** Remembers for each transaction which entities the ORM wrote, and which of their fields. */
export const changeSubscriber: EventSubscriber = {
  onFlush: ({ em, uow }: FlushEventArgs) => {
    const changes = flushed.get(em) ?? new Map<object, Change>()
    flushed.set(em, changes)
    for (const set of uow.getChangeSets()) {
      const known = changes.get(set.entity)
      changes.set(set.entity, {
        type: set.meta.className,
        // What was made and then changed was made; what was changed and then removed was removed.
        verb: known && verbOf(set) === 'updated' ? known.verb : verbOf(set),
        fields: new Set([...(known?.fields ?? []), ...fieldsOf(set)]),
      })
    }
  },
}

const verbOf = ({ type }: ChangeSet<object>): Verb =>
  type === 'create' ? 'created' : type.startsWith('update') ? 'updated' : 'deleted'

const fieldsOf = ({ payload, meta, type }: ChangeSet<object>): string[] => {
  if (type.startsWith('delete')) return []
  const properties = meta.properties as Record<string, { embedded?: [string, string] } | undefined>
  const names = Object.keys(payload).filter((name) => !(name in recordColumns))
  return names.map((name) => properties[name]?.embedded?.join('.') ?? name)
}

/**
 * What a transaction did: each of its events, with the fields that the event or the ORM tells, and each entity that the ORM wrote without an
 * event.
 */
export const doneIn = (
  em: EntityManager,
  pending: readonly PendingEvent[],
  dataSubjectOf: DataSubjectOf,
): Occurrence[] => {
  const changes = new Map(flushed.get(em))
  const told = pending.map(({ type, entity, data, onBehalfOf }): Occurrence => {
    const change = changes.get(entity)
    changes.delete(entity)
    const entityType = change?.type ?? typeOf(type.concept)
    return {
      outcome: 'DONE',
      action: `${type.concept}.${type.verb}`,
      type: entityType,
      id: entity.id,
      version: entity.version,
      dataSubjectId: dataSubjectOf(entityType, { ...data, id: entity.id }),
      fields: Array.isArray(data.changedFields) ? (data.changedFields as string[]) : [...(change?.fields ?? [])],
      onBehalfOf,
    }
  })
  const untold = [...changes].map(([entity, { type, verb, fields }]): Occurrence => {
    const { id, version } = entity as { id?: string; version?: number }
    const dataSubjectId = dataSubjectOf(type, entity)
    return {
      outcome: 'DONE',
      action: `${conceptOf(type)}.${verb}`,
      type,
      id,
      version,
      dataSubjectId,
      fields: [...fields],
    }
  })
  return [...told, ...untold]
}

/** The type of a concept whose entity the ORM did not write: `segment_membership` is SegmentMembership. */
const typeOf = (concept: string) => concept.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
