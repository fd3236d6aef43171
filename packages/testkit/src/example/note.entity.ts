import { connectionOf, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, type Opt, p } from '@mikro-orm/core'
import { Field, ID, Int, registerEnumType } from 'type-graphql'

export enum NoteKind {
  PLAIN = 'PLAIN',
  URGENT = 'URGENT',
}
registerEnumType(NoteKind, { name: 'NoteKind', description: 'How a note is meant.' })

const NoteSchema = defineEntity({
  name: 'Note',
  properties: {
    ...recordColumns,
    subjectId: p.uuid(),
    rank: p.integer(),
    kind: p.enum(() => NoteKind),
    title: p.string(),
    remark: p.string().nullable().$type<string | null>(),
    amount: p.decimal().default('0'),
    dueOn: p.date().default('2026-01-01'),
  },
})

@EntityType('A note on a subject.')
export class Note extends NoteSchema.class {
  @Field(() => ID, { description: 'What the note is about.' })
  declare subjectId: string
  @Field(() => Int, { description: 'Its place among the notes of its subject.' })
  declare rank: number
  @Field(() => NoteKind, { description: 'How it is meant.' })
  declare kind: NoteKind
  @Field(() => String, { nullable: true, description: 'What it says.' })
  declare title: string
  @Field(() => String, { nullable: true, description: 'What only few may read.' })
  declare remark: string | null
  declare amount: string & Opt
  declare dueOn: string & Opt
}
NoteSchema.setClass(Note)

export const NoteConnection = connectionOf(Note, 'Note')
