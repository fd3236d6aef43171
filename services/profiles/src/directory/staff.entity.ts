import { limits, staffEntityId, staffSource } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EmailAddressScalar, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, registerEnumType } from 'type-graphql'
import { Absence } from './absence.js'
import { WorkingInterval } from './working-hours.js'

export const StaffSource = staffSource.enum
export type StaffSource = (typeof StaffSource)[keyof typeof StaffSource]
registerEnumType(StaffSource, {
  name: 'StaffSource',
  description: 'Where what is known of a member of staff comes from.',
  valuesConfig: {
    DIRECTORY: { description: 'From the identity provider, which decides on name, address, territories and leaving.' },
    MANUAL: { description: 'Entered by hand, or known only by a token with which they acted here.' },
  },
})

const StaffSchema = defineEntity({
  name: 'Staff',
  properties: {
    ...recordColumns,
    // Made from the subject, so that whoever knows that knows the id.
    id: p
      .uuid()
      .primary()
      .onCreate((staff: object) => staffEntityId((staff as { subject: string }).subject)),
    subject: p.string(),
    source: p.enum(() => StaffSource),
    name: p.string(),
    email: p.string().nullable(),
    language: p.string().nullable(),
    timeZone: p.string().nullable(),
    active: p.boolean(),
    leftAt: p.datetime().nullable(),
    roles: p.json<string[]>().nullable(),
    territories: p.json<string[]>(),
    skills: p.json<string[]>(),
    workingHours: p.json<WorkingInterval[]>(),
    absences: p.json<Absence[]>(),
    substituteId: p.uuid().nullable(),
  },
})

@EntityType(
  'A member of staff: somebody who works here, or has left. Its id is the subject where that is a UUID, else the UUID version 5 that stands for it; wherever an id of staff is asked for, the subject will do.',
)
export class Staff extends StaffSchema.class {
  @Field(() => String, {
    description: "The identity provider's `sub`: what `ownerId`, `createdBy` and assignees hold; unique.",
  })
  declare subject: string
  @Field(() => StaffSource, { description: 'Where what is known of them comes from.' })
  declare source: StaffSource
  @Field(() => String, { description: 'What colleagues call them.' })
  declare name: string
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description:
      'E-mail address at work; null where none is known. Personal data, for admin, manager and privacy_officer.',
  })
  declare email: string | null
  @Field(() => String, {
    nullable: true,
    description: 'The language that they read, a BCP 47 tag such as `zh-Hans`; null where it is not known.',
  })
  declare language: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Their time zone by the IANA database, such as `Asia/Shanghai`; null where it is not known.',
  })
  declare timeZone: string | null
  @Field(() => Boolean, { description: 'Whether they work here; false once they have left.' })
  declare active: boolean
  @Field(() => DateTimeScalar, { nullable: true, description: 'When they left; null while they work here.' })
  declare leftAt: Date | null
  @ListSize(limits.staffRoles)
  @Field(() => [String], {
    nullable: true,
    description: 'The roles that they have here, such as `manager`; null where the identity provider has not told.',
  })
  declare roles: string[] | null
  @ListSize(limits.staffTerritories)
  @Field(() => [String], {
    description: 'Paths of the territories that they work in, such as `emea/de`; `*` is the whole tree.',
  })
  declare territories: string[]
  @ListSize(limits.staffSkills)
  @Field(() => [String], { description: 'Keys of what they are good at, such as `complaints` or `français`.' })
  declare skills: string[]
  @ListSize(limits.workingHours)
  @Field(() => [WorkingInterval], {
    description: "When they work, week by week, by the clock of their time zone; empty where the tenant's hours hold.",
  })
  declare workingHours: WorkingInterval[]
  @ListSize(limits.absences)
  @Field(() => [Absence], { description: 'When they are away, past absences included, by first day.' })
  declare absences: Absence[]
  @Field(() => ID, { nullable: true, description: 'Id of who stands in for them; null where nobody is named.' })
  declare substituteId: string | null
}
StaffSchema.setClass(Staff)

export const StaffConnection = connectionOf(Staff, 'Staff')
