import { limits, smallestGroup } from '@clientele/contracts'
import { ListSize } from '@clientele/kit'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

/** By what customers are counted, with the fact that tells it. */
export const CustomerDimension = {
  COUNTRY: 'country',
  REGION: 'region',
  CITY: 'city',
  INDUSTRY: 'industry',
  SIZE_BAND: 'sizeBand',
  AGE_BAND: 'ageBand',
  GENDER: 'gender',
} as const
export type CustomerDimension = (typeof CustomerDimension)[keyof typeof CustomerDimension]
registerEnumType(CustomerDimension, {
  name: 'CustomerDimension',
  description: 'By what customers are counted.',
  valuesConfig: {
    COUNTRY: { description: 'Country of the main address.' },
    REGION: { description: 'State, province or region of the main address, as written.' },
    CITY: { description: 'City of the main address, as written.' },
    INDUSTRY: { description: 'Industry of an organisation.' },
    SIZE_BAND: { description: 'How many people an organisation employs.' },
    AGE_BAND: { description: 'Age of a person on the first day of this month.' },
    GENDER: { description: 'Gender as the person states it.' },
  },
})

@ObjectType({ description: 'Customers who have something in common.' })
export class CustomerGroup {
  @ListSize(limits.breakdownDimensions)
  @Field(() => [String], {
    nullable: 'items',
    description:
      'What they have in common: a code or name for each dimension, in the order of `by`; null where it is not known.',
  })
  values!: (string | null)[]
  @Field(() => Int, { description: 'How many they are.' })
  count!: number
}

@ObjectType({
  description: `How many customers there are in your access scope. Groups of fewer than ${smallestGroup} are withheld, and with them those by which they could be told from a sum.`,
})
export class CustomerBreakdown {
  @Field(() => Int, {
    nullable: true,
    description: `How many there are in all groups, withheld ones included; null where fewer than ${smallestGroup}.`,
  })
  total!: number | null
  @Field(() => Int, {
    nullable: true,
    description: `How many of them are in groups that are withheld; null where \`total\` is.`,
  })
  withheld!: number | null
  @Field(() => Int, { description: 'How many customers a group has at least, to be shown.' })
  leastGroup!: number
  @ListSize(limits.breakdownGroups)
  @Field(() => [CustomerGroup], { description: 'The groups, the largest first.' })
  groups!: CustomerGroup[]
}
