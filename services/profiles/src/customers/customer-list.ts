import {
  type Context,
  combining,
  DateTimeFilter,
  enumFilter,
  type Order,
  OrderDirection,
  type PageArgs,
  paginate,
  StringFilter,
  toWhere,
} from '@clientele/kit'
import type { FilterQuery } from '@mikro-orm/core'
import { Field, InputType, registerEnumType } from 'type-graphql'
import { CoarseFilter } from '../coarse-facts/coarse-filter.js'
import { OwnerStatusFilter, withOwnerStatus } from '../directory/owner-status.js'
import { withPurchases } from '../purchases/has-purchases.js'
import { taggedWithAny } from '../tags/tagged.js'
import { Customer, CustomerKind, CustomerStatus } from './customer.entity.js'
import { SensitiveFilter, withSealed } from './sensitive-filter.js'

const CustomerKindFilter = enumFilter(CustomerKind, 'CustomerKindFilter')
const CustomerStatusFilter = enumFilter(CustomerStatus, 'CustomerStatusFilter')

@InputType({ description: 'Conditions on the tags that a customer has; all that are given must hold.' })
export class CustomerTagFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Has the tag with this key, or the one that it was merged into.',
  })
  eq?: string | null
  @Field(() => [String], {
    nullable: true,
    description: 'Has a tag with one of these keys, or one that it was merged into.',
  })
  in?: string[] | null
}

@InputType({ description: 'Which customers; all conditions that are given must hold.' })
export class CustomerFilter extends CoarseFilter {
  @Field(() => [CustomerFilter], combining.and)
  and?: CustomerFilter[] | null
  @Field(() => [CustomerFilter], combining.or)
  or?: CustomerFilter[] | null
  @Field(() => CustomerFilter, combining.not)
  not?: CustomerFilter | null
  @Field(() => CustomerKindFilter, { nullable: true, description: 'Person or organisation.' })
  kind?: object | null
  @Field(() => CustomerStatusFilter, { nullable: true, description: 'In use or archived.' })
  status?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'Customer number.' })
  number?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Display name.' })
  displayName?: StringFilter | null
  @Field(() => StringFilter, {
    nullable: true,
    description: 'Subject of the member of staff who looks after the customer.',
  })
  ownerId?: StringFilter | null
  @Field(() => OwnerStatusFilter, {
    nullable: true,
    description: 'Whether somebody who works here looks after the customer; for whoever sees the staff.',
  })
  ownerStatus?: object | null
  @Field(() => StringFilter, {
    nullable: true,
    description: 'Path of the territory; `startsWith: "emea/"` for what is below one.',
  })
  territory?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Key of what brought the customer here.' })
  source?: StringFilter | null
  @Field(() => SensitiveFilter, {
    nullable: true,
    description: 'Number in the commercial register, or unified social credit code, of an organisation.',
  })
  registrationNumber?: SensitiveFilter | null
  @Field(() => SensitiveFilter, { nullable: true, description: 'Number of an identity card or passport of a person.' })
  identityNumber?: SensitiveFilter | null
  @Field(() => CustomerTagFilter, { nullable: true, description: 'Tags, by their keys.' })
  tag?: CustomerTagFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When the record was created.' })
  createdAt?: DateTimeFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When the record was last changed.' })
  updatedAt?: DateTimeFilter | null
  @Field(() => Boolean, { nullable: true, description: 'Whether any purchase is recorded.' })
  hasPurchases?: boolean | null
}

export enum CustomerOrderField {
  NUMBER = 'number',
  DISPLAY_NAME = 'displayName',
  CREATED_AT = 'createdAt',
  UPDATED_AT = 'updatedAt',
}
registerEnumType(CustomerOrderField, {
  name: 'CustomerOrderField',
  description: 'By what customers are put in order.',
  valuesConfig: {
    NUMBER: { description: 'Customer number, character by character.' },
    DISPLAY_NAME: { description: 'Name, as a dictionary of the language that NAME_LOCALE of the deployment names.' },
    CREATED_AT: { description: 'When the record was created.' },
    UPDATED_AT: { description: 'When the record was last changed.' },
  },
})

@InputType({ description: 'The order of a list of customers.' })
export class CustomerOrder {
  @Field(() => CustomerOrderField, { description: 'By what.' })
  field!: CustomerOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}

const tagged = ({ eq, in: any }: CustomerTagFilter): FilterQuery<Customer> => ({
  $and: [...(eq == null ? [] : [[eq]]), ...(any == null ? [] : [any])].map((keys) => taggedWithAny(keys)),
})

/** The condition that a filter is, and the sealed values that it speaks of: whoever is found has been shown by them. */
export const customersWhere = (
  ctx: Pick<Context, 'actor' | 'keys'>,
  filter: CustomerFilter | null | undefined,
): ReturnType<typeof withSealed> =>
  withSealed(ctx, (meaning) =>
    toWhere<Customer>(filter, {
      tag: tagged,
      ownerStatus: (filter: object) => withOwnerStatus(ctx, filter),
      hasPurchases: (has: boolean) => withPurchases(ctx, has),
      registrationNumber: meaning('organization.registrationNumber'),
      identityNumber: meaning('person.identityNumber'),
    }),
  )

/** Tells the audit log who was found by sealed values. */
export const noteFoundBySealed = (
  { trail }: Pick<Context, 'trail'>,
  found: readonly { id: string }[],
  fields: readonly string[],
) => {
  for (const field of fields) for (const { id } of [{ id: '' }, ...found]) trail.shown({ type: 'Customer', id }, field)
}

/** A page of customers, by number where no order is given. Whoever is found by a sealed value has been shown by it. */
export const listCustomers = async (
  ctx: Context,
  page: PageArgs,
  filter: CustomerFilter | null | undefined,
  order: CustomerOrder | null | undefined,
) => {
  const direction = order?.direction ?? OrderDirection.ASC
  const orderBy: Order = [[order?.field ?? CustomerOrderField.NUMBER, direction]]
  const { where, fields } = await customersWhere(ctx, filter)
  const found = await paginate(ctx.em, Customer, { ...page, where, orderBy })
  noteFoundBySealed(ctx, found.nodes, fields)
  return found
}
