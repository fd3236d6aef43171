import type { Behalf } from '../auth/actor.js'
import type { Actor } from '../auth/verify-token.js'
import type { DataSubjectOf } from './data-subject.js'

/** What a request did that the audit log must know, beside its writes. */
export interface AuditTrail {
  /** A SENSITIVE field of an entity was shown. */
  shown(entity: { type: string; id: string }, field: string, at?: ResponsePath): void
  /** A root field, an action or an entity was refused. */
  denied(refused: { action: string; type?: string; id?: string; reason: string; onBehalfOf?: Behalf }): void
}

/** One thing that happened, before it is an entry: names and ids, never values. */
export interface Occurrence {
  outcome: 'DONE' | 'DENIED' | 'SHOWN'
  /** `customer.updated`, `customer.shown`, or the root field that was refused. */
  action: string
  type?: string | undefined
  id?: string | undefined
  version?: number | undefined
  dataSubjectId?: string | undefined
  fields: readonly string[]
  reason?: string | undefined
  /** For whom a service did it, or tried to. */
  onBehalfOf?: Behalf | undefined
}

/** Where in the answer a value stands: response keys and places in lists. */
export type ResponsePath = readonly (string | number)[]

/** What one request leaves behind, by who acted. */
export interface RequestTrail {
  /** Where SENSITIVE values stand in the answer. */
  shownAt: readonly ResponsePath[]
  of(actor: Actor): AuditTrail
  occurrences(): ReadonlyMap<Actor, readonly Occurrence[]>
  /** These are in the audit log now, and are not told again. */
  written(actor: Actor, occurrences: readonly Occurrence[]): void
}

/** Gathers what a request shows and is refused; each entity, and each refusal, once. */
export const createTrail = (dataSubjectOf: DataSubjectOf): RequestTrail => {
  const byActor = new Map<Actor, Map<string, Occurrence & { fields: string[] }>>()

  const shownAt: ResponsePath[] = []
  const gather = (actor: Actor, occurrence: Occurrence) => {
    const { outcome, action, type, id, reason, fields, onBehalfOf } = occurrence
    const gathered = byActor.get(actor) ?? new Map()
    byActor.set(actor, gathered)
    const key = JSON.stringify([outcome, action, type, id, reason, onBehalfOf])
    const known = gathered.get(key)
    if (!known) gathered.set(key, { ...occurrence, fields: [...fields] })
    else for (const field of fields) if (!known.fields.includes(field)) known.fields.push(field)
  }

  return {
    of: (actor) => ({
      shown: ({ type, id }, field, at) => {
        if (at) shownAt.push(at)
        gather(actor, {
          outcome: 'SHOWN',
          action: `${conceptOf(type)}.shown`,
          type,
          id,
          dataSubjectId: dataSubjectOf(type, { id }),
          fields: [field],
        })
      },
      denied: ({ action, type, id, reason, onBehalfOf }) =>
        gather(actor, { outcome: 'DENIED', action, type, id, reason, onBehalfOf, fields: [] }),
    }),
    shownAt,
    occurrences: () => new Map([...byActor].map(([actor, gathered]) => [actor, [...gathered.values()]])),
    written: (actor, occurrences) => {
      const gathered = byActor.get(actor)
      for (const [key, each] of gathered ?? []) if (occurrences.includes(each)) gathered?.delete(key)
    },
  }
}

/** The concept of a type, as events name it: `SurveyVersion` is survey_version. */
export const conceptOf = (type: string) => type.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
