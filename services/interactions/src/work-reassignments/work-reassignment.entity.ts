import {
  type Acting,
  limits,
  type WorkKind,
  type WorkReassignmentStatus,
  workKind,
  workReassignmentStatus,
} from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

registerEnumType(workKind.enum, {
  name: 'WorkKind',
  description: 'What of the work of a member of staff is given to others.',
  valuesConfig: {
    TASKS: { description: 'Their open tasks.' },
    VISITS: { description: 'Visits that they still have to make.' },
    COMPLAINTS: { description: 'Open complaints that they handle.' },
  },
})
registerEnumType(workReassignmentStatus.enum, {
  name: 'WorkReassignmentStatus',
  description: 'Where the reassignment of work stands.',
  valuesConfig: {
    RUNNING: { description: 'It goes on in the background.' },
    DONE: { description: 'All of it was handed over.' },
    STOPPED: { description: 'Whoever began it has left: what was handed over until then stays so.' },
  },
})

const WorkReassignmentSchema = defineEntity({
  name: 'WorkReassignment',
  properties: {
    ...recordColumns,
    status: p.enum(() => workReassignmentStatus.enum),
    fromId: p.string(),
    assigneeId: p.string().nullable(),
    teamKey: p.string().nullable(),
    kinds: p.json<WorkKind[]>(),
    acting: p.json<Acting>(),
    tasks: p.integer(),
    visits: p.integer(),
    complaints: p.integer(),
    endedAt: p.datetime().nullable(),
  },
})

@EntityType('That what a member of staff had to do was given to others. For admin, and for managers their own.')
export class WorkReassignment extends WorkReassignmentSchema.class {
  @Field(() => workReassignmentStatus.enum, { description: 'Where it stands.' })
  declare status: WorkReassignmentStatus
  @Field(() => String, { description: "The identity provider's subject of whoever had the work." })
  declare fromId: string
  @Field(() => String, {
    nullable: true,
    description: "The identity provider's subject of whoever gets it; null where a team does.",
  })
  declare assigneeId: string | null
  @Field(() => String, { nullable: true, description: 'Key of the team that gets it; null where a person does.' })
  declare teamKey: string | null
  @ListSize(limits.workKinds)
  @Field(() => [workKind.enum], { description: 'What of their work it is about.' })
  declare kinds: WorkKind[]
  @Field(() => Int, { description: 'How many tasks were handed over so far.' })
  declare tasks: number
  @Field(() => Int, { description: 'How many visits were handed over so far.' })
  declare visits: number
  @Field(() => Int, { description: 'How many complaints were handed over so far.' })
  declare complaints: number
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null while it goes on.' })
  declare endedAt: Date | null
  declare acting: Acting
}
WorkReassignmentSchema.setClass(WorkReassignment)

export const WorkReassignmentConnection = connectionOf(WorkReassignment, 'WorkReassignment')

@ObjectType({ description: 'How much of the work of a member of staff you may give to others.' })
export class ReassignableWork {
  @Field(() => Int, { description: 'How many open tasks they have.' })
  tasks!: number
  @Field(() => Int, { description: 'How many visits they still have to make.' })
  visits!: number
  @Field(() => Int, { description: 'How many open complaints they handle.' })
  complaints!: number
}
