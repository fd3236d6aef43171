import { gender, type Industry, limits, type SizeBand } from '@clientele/contracts'
import { DateScalar, Limited } from '@clientele/kit'
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { IndustryName, SizeBandName } from '../coarse-facts/organization-codes.js'

export const Gender = gender.enum
export type Gender = keyof typeof Gender
registerEnumType(Gender, { name: 'Gender', description: 'Gender as the person states it; null where it is not known.' })

/** What is kept sealed of it is answered by `SensitivePersonResolver`. */
@ObjectType({ description: 'What is known about a customer who is a person. Personal data.' })
export class PersonDetails {
  @Field(() => String, { nullable: true, description: 'Family name. Null where it is not known, or hidden from you.' })
  familyName!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Given names. Null where they are not known, or hidden from you.',
  })
  givenName!: string | null
  @Field(() => Gender, {
    nullable: true,
    description: 'Gender as the person states it; null where it is not known.',
  })
  gender!: Gender | null
  @Field(() => String, {
    nullable: true,
    description: 'Occupation, as written. Null where it is not known, or hidden from you.',
  })
  occupation!: string | null
}

@InputType({ description: 'What is known about a person. In updates a field left out stays, null clears it.' })
export class PersonInput {
  @Limited(limits.personName)
  @Field(() => String, { nullable: true, description: 'Family name.' })
  familyName?: string | null
  @Limited(limits.personName)
  @Field(() => String, { nullable: true, description: 'Given names.' })
  givenName?: string | null
  @Field(() => Gender, { nullable: true, description: 'Gender as the person states it.' })
  gender?: Gender | null
  @Limited(limits.birthDate)
  @Field(() => DateScalar, {
    nullable: true,
    description: 'Day of birth, not in the future. Sales may enter it, though they do not see it.',
  })
  birthDate?: string | null
  @Limited(limits.identityNumber)
  @Field(() => String, {
    nullable: true,
    description: 'Number of an identity card or passport.',
  })
  identityNumber?: string | null
  @Limited(limits.band)
  @Field(() => String, { nullable: true, description: 'Band of income, such as `50-75k`.' })
  incomeBand?: string | null
  @Limited(limits.occupation)
  @Field(() => String, { nullable: true, description: 'Occupation.' })
  occupation?: string | null
}

/** What is kept sealed of it is answered by `SensitiveOrganizationResolver`. */
@ObjectType({ description: 'What is known about a customer that is an organisation.' })
export class OrganizationDetails {
  @Field(() => String, {
    nullable: true,
    description: 'Name in the commercial register. Null where it is not known, or hidden from you.',
  })
  legalName!: string | null
  @Field(() => IndustryName, { nullable: true, description: 'What it does; null where it is not known.' })
  industry!: Industry | null
  @Field(() => SizeBandName, { nullable: true, description: 'How many people it employs; null where it is not known.' })
  sizeBand!: SizeBand | null
}

@InputType({ description: 'What is known about an organisation. In updates a field left out stays, null clears it.' })
export class OrganizationInput {
  @Limited(limits.legalName)
  @Field(() => String, { nullable: true, description: 'Name in the commercial register.' })
  legalName?: string | null
  @Limited(limits.registrationNumber)
  @Field(() => String, {
    nullable: true,
    description: 'Number in the commercial register. Sales may enter it, though they do not see it.',
  })
  registrationNumber?: string | null
  @Field(() => IndustryName, { nullable: true, description: 'What it does.' })
  industry?: Industry | null
  @Field(() => SizeBandName, { nullable: true, description: 'How many people it employs.' })
  sizeBand?: SizeBand | null
}

@ObjectType({ description: 'Where a record came from: the same pair never comes in twice.' })
export class Origin {
  @Field(() => String, { description: 'Key of the system, such as `erp`.' })
  system!: string
  @Field(() => String, { description: 'What the record is called there.' })
  externalId!: string
}

@InputType({ description: 'Where a record comes from.' })
export class OriginInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'Key of the system, such as `erp`.' })
  system!: string
  @Limited(limits.externalId)
  @Field(() => String, { description: 'What the record is called there.' })
  externalId!: string
}
