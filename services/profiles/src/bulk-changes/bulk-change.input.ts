import { type BulkChangeKind, bulkChangeKind, limits } from '@clientele/contracts'
import { IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { CustomerFilter } from '../customers/customer-list.js'
import { BulkFieldsInput } from './bulk-step.js'

@InputType({ description: 'Which customers, and what is to be done to each of them.' })
export class PreviewBulkChangeInput {
  @Limited(limits.bulkIds)
  @Field(() => [ID], { nullable: true, description: 'The customers; for more of them there is `filter`.' })
  ids?: string[] | null
  @Field(() => CustomerFilter, {
    nullable: true,
    description:
      'The customers whom a filter of `customers` finds when the change is begun; INVALID `bulk_change.filter_empty` where it says nothing, and `bulk_change.too_many` where it finds more than BULK_CHANGE_CUSTOMERS.',
  })
  filter?: CustomerFilter | null
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'All customers in your access scope: said on purpose, in place of `ids` and `filter`.',
  })
  everyCustomer!: boolean
  @Field(() => bulkChangeKind.enum, { description: 'What is to be done.' })
  kind!: BulkChangeKind
  @Field(() => BulkFieldsInput, { nullable: true, description: 'For SET_FIELDS: what customers are to have.' })
  fields?: BulkFieldsInput | null
  @Limited(limits.bulkTags, limits.tagName)
  @Field(() => [String], {
    nullable: true,
    description: 'For ADD_TAGS and REMOVE_TAGS: names of tags. New ones are created, and none of them is retired.',
  })
  tags?: string[] | null
}

@InputType({ description: 'A bulk change to be begun.' })
export class StartBulkChangeInput extends PreviewBulkChangeInput {
  @IdempotencyKey('Repeating the request with this key within 24 hours begins no second bulk change.')
  idempotencyKey?: string | null
}

@InputType({ description: 'A bulk change to be stopped.' })
export class CancelBulkChangeInput {
  @Field(() => ID, { description: 'The bulk change.' })
  id!: string
}

@InputType({ description: 'A bulk change to be taken back.' })
export class UndoBulkChangeInput {
  @Field(() => ID, { description: 'The bulk change.' })
  id!: string
}
