import {
  type Acting,
  type BulkChangeKind,
  type BulkChangeStatus,
  bulkChangeKind,
  bulkChangeStatus,
  limits,
} from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int, registerEnumType } from 'type-graphql'
import type { BulkFields } from './bulk-step.js'

registerEnumType(bulkChangeKind.enum, {
  name: 'BulkChangeKind',
  description: 'What is done to many customers at once.',
  valuesConfig: {
    SET_FIELDS: { description: 'They get the given owner, territory and other fields.' },
    ADD_TAGS: { description: 'They get the given tags.' },
    REMOVE_TAGS: { description: 'The given tags are taken from them.' },
    ARCHIVE: { description: 'They are taken out of use. For admin and manager.' },
    RESTORE: { description: 'They are taken back into use. For admin and manager.' },
  },
})
registerEnumType(bulkChangeStatus.enum, {
  name: 'BulkChangeStatus',
  description: 'Where a bulk change stands.',
  valuesConfig: {
    RUNNING: { description: 'Its customers are being changed.' },
    DONE: { description: 'It has been through all of them.' },
    CANCELLED: { description: 'It was stopped; what was changed until then stays changed.' },
    UNDOING: { description: 'What it has changed is being changed back.' },
    UNDONE: { description: 'What it had changed was changed back, but for what could not.' },
  },
})

const BulkChangeSchema = defineEntity({
  name: 'BulkChange',
  properties: {
    ...recordColumns,
    kind: p.enum(() => bulkChangeKind.enum),
    fields: p.json<BulkFields>(),
    tags: p.json<string[]>(),
    status: p.enum(() => bulkChangeStatus.enum),
    acting: p.json<Acting>(),
    total: p.integer(),
    changed: p.integer(),
    unchanged: p.integer(),
    refused: p.integer(),
    undone: p.integer(),
    notUndone: p.integer(),
    begunAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    undoUntil: p.datetime().nullable(),
  },
})

@EntityType('A change of many customers at once. For admin, and for managers and sales their own.')
export class BulkChange extends BulkChangeSchema.class {
  @Field(() => bulkChangeKind.enum, { description: 'What is done to the customers.' })
  declare kind: BulkChangeKind
  declare fields: BulkFields
  @ListSize(limits.bulkTags)
  @Field(() => [String], { description: 'Tags that are given or taken, as they were named; empty for other kinds.' })
  declare tags: string[]
  @Field(() => bulkChangeStatus.enum, { description: 'Where it stands.' })
  declare status: BulkChangeStatus
  @Field(() => Int, { description: 'How many customers it is about; they were found when it began.' })
  declare total: number
  @Field(() => Int, { description: 'How many were changed, those that were changed back since included.' })
  declare changed: number
  @Field(() => Int, { description: 'How many were already as they were to be.' })
  declare unchanged: number
  @Field(() => Int, { description: 'How many could not be changed; `errors` says why.' })
  declare refused: number
  @Field(() => Int, { description: 'How many were changed back.' })
  declare undone: number
  @Field(() => Int, { description: 'How many could not be changed back; `errors` says why.' })
  declare notUndone: number
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it, or its undoing, ended; null while it goes on.',
  })
  declare endedAt: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it can be undone; null while it runs for the first time.',
  })
  declare undoUntil: Date | null
  declare acting: Acting
  declare begunAt: Date
}
BulkChangeSchema.setClass(BulkChange)

export const BulkChangeConnection = connectionOf(BulkChange, 'BulkChange')
