import { connectionOf, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
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
  @Field(() => String, { description: 'What it says.' })
  declare title: string
}
NoteSchema.setClass(Note)

export const NoteConnection = connectionOf(Note, 'Note')
