import { limits } from '@clientele/contracts'
import { DateScalar, Limited, ListSize } from '@clientele/kit'
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { ContactPoint, ContactPointInput } from '../contact-points/contact-point.js'

export enum Gender {
  FEMALE = 'FEMALE',
  MALE = 'MALE',
  OTHER = 'OTHER',
}
registerEnumType(Gender, { name: 'Gender', description: 'Gender as the person states it; null where it is not known.' })

/** What is kept sealed of it is answered by `SensitivePersonResolver`. */
@ObjectType({ description: 'What is known about a customer who is a person. Personal data.' })
export class PersonDetails {
  @Field(() => String, { nullable: true, description: 'Family name.' })
  familyName!: string | null
  @Field(() => String, { nullable: true, description: 'Given names.' })
  givenName!: string | null
  @Field(() => Gender, { nullable: true, description: 'Gender as the person states it.' })
  gender!: Gender | null
  @Field(() => String, { nullable: true, description: 'Occupation, as written.' })
  occupation!: string | null
}

@InputType({ description: 'What is known about a person. In updates a field left out stays, null clears it.' })
export class PersonInput {
  @Limited(limits.personName)
  @Field(() => String, { nullable: true, description: 'Family name, at most 100 characters.' })
  familyName?: string | null
  @Limited(limits.personName)
  @Field(() => String, { nullable: true, description: 'Given names, at most 100 characters.' })
  givenName?: string | null
  @Field(() => Gender, { nullable: true, description: 'Gender as the person states it.' })
  gender?: Gender | null
  @Field(() => DateScalar, { nullable: true, description: 'Day of birth, from 1850-01-01 to today.' })
  birthDate?: string | null
  @Limited(limits.identityNumber)
  @Field(() => String, {
    nullable: true,
    description: 'Number of an identity card or passport, at most 64 characters.',
  })
  identityNumber?: string | null
  @Limited(limits.band)
  @Field(() => String, { nullable: true, description: 'Band of income, such as `50-75k`, at most 32 characters.' })
  incomeBand?: string | null
  @Limited(limits.occupation)
  @Field(() => String, { nullable: true, description: 'Occupation, at most 100 characters.' })
  occupation?: string | null
}

/** What is kept sealed of it is answered by `SensitiveOrganizationResolver`. */
@ObjectType({ description: 'What is known about a customer that is an organisation.' })
export class OrganizationDetails {
  @Field(() => String, { nullable: true, description: 'Name in the commercial register.' })
  legalName!: string | null
  @Field(() => String, { nullable: true, description: 'Industry, as written.' })
  industry!: string | null
  @Field(() => String, { nullable: true, description: 'Band of the number of employees, such as `50-99`.' })
  sizeBand!: string | null
}

@InputType({ description: 'What is known about an organisation. In updates a field left out stays, null clears it.' })
export class OrganizationInput {
  @Limited(limits.legalName)
  @Field(() => String, { nullable: true, description: 'Name in the commercial register, at most 200 characters.' })
  legalName?: string | null
  @Limited(limits.registrationNumber)
  @Field(() => String, { nullable: true, description: 'Number in the commercial register, at most 64 characters.' })
  registrationNumber?: string | null
  @Limited(limits.industry)
  @Field(() => String, { nullable: true, description: 'Industry, at most 100 characters.' })
  industry?: string | null
  @Limited(limits.band)
  @Field(() => String, { nullable: true, description: 'Band of the number of employees, at most 32 characters.' })
  sizeBand?: string | null
}

@ObjectType({ description: 'Somebody to talk to at an organisation. Personal data.' })
export class ContactPerson {
  @Field(() => ID, { description: 'Stays the same while the name does, and while changes name it.' })
  id!: string
  @Field(() => String, {
    nullable: true,
    description: 'Name as the person is addressed; null where it is hidden from you.',
  })
  name!: string
  @Field(() => String, {
    nullable: true,
    description: 'Title of the role in the organisation: `Sales Representative`.',
  })
  role!: string | null
  @ListSize(limits.personContactPoints)
  @Field(() => [ContactPoint], { description: 'Where this person is reached, the preferred one first.' })
  contactPoints!: ContactPoint[]
}

@InputType({ description: 'Somebody to talk to at an organisation.' })
export class ContactPersonInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'The contact person that this one is, by their id in the list that it replaces; without it one of the same name, each at most once.',
  })
  id?: string | null
  @Limited(limits.contactPersonName)
  @Field(() => String, { description: 'Name as the person is addressed, at most 200 characters.' })
  name!: string
  @Limited(limits.contactPersonRole)
  @Field(() => String, {
    nullable: true,
    description: 'Title of the role in the organisation, at most 100 characters.',
  })
  role?: string | null
  @Limited(limits.personContactPoints)
  @Field(() => [ContactPointInput], { nullable: true, description: 'Where this person is reached, at most 10.' })
  contactPoints?: ContactPointInput[] | null
}

@ObjectType({ description: 'Where a record came from: the same pair never comes in twice.' })
export class Origin {
  @Field(() => String, { description: 'Key of the system: `erp`.' })
  system!: string
  @Field(() => String, { description: 'What the record is called there.' })
  externalId!: string
}

@InputType({ description: 'Where a record comes from.' })
export class OriginInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'Key of the system, at most 64 characters without blanks: `erp`.' })
  system!: string
  @Limited(limits.externalId)
  @Field(() => String, { description: 'What the record is called there, at most 200 characters.' })
  externalId!: string
}
