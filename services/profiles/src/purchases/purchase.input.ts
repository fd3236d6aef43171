import { limits, purchaseStatus } from '@clientele/contracts'
import {
  CurrencyCodeScalar,
  combining,
  DateTimeFilter,
  DateTimeScalar,
  DecimalScalar,
  ExpectedVersion,
  enumFilter,
  IdempotencyKey,
  Limited,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { OriginInput } from '../customers/customer-details.js'
import { PurchaseKind } from './purchase.entity.js'

@InputType({ description: 'A line of a purchase.' })
export class PurchaseLineInput {
  @Limited(limits.sku)
  @Field(() => String, { nullable: true, description: 'Stock keeping unit: the code of what was bought.' })
  sku?: string | null
  @Limited(limits.lineDescription)
  @Field(() => String, { nullable: true, description: 'What was bought.' })
  description?: string | null
  @Field(() => DecimalScalar, {
    description: 'How many, not 0. Of a cancellation all positive or all negative: they count as given back.',
  })
  quantity!: string
  @Field(() => DecimalScalar, { description: 'Price of one before the discount, 0 or more.' })
  unitPrice!: string
  @Limited(limits.discount)
  @Field(() => DecimalScalar, { defaultValue: '0', description: 'Part of the price that is let off: 0.25 is 25 %.' })
  discount!: string
}

@InputType()
export class PurchaseFields {
  @Field(() => PurchaseKind, {
    defaultValue: PurchaseKind.SALE,
    description: 'Whether it is a sale or the cancellation of one.',
  })
  kind!: PurchaseKind
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { description: 'When the customer ordered or cancelled; not in the future.' })
  orderedAt!: Date
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the sales channel, such as `web.shop`.',
  })
  channel?: string | null
  @Limited(limits.paymentMethod)
  @Field(() => String, { nullable: true, description: 'How it was paid.' })
  paymentMethod?: string | null
  @Field(() => CurrencyCodeScalar, { description: 'Currency of all its amounts.' })
  currency!: string
  @Limited(limits.purchaseLines)
  @Field(() => [PurchaseLineInput], { description: 'Its lines.' })
  lines!: PurchaseLineInput[]
}

@InputType({ description: 'A purchase to record.' })
export class RecordPurchaseInput extends PurchaseFields {
  @Field(() => ID, { description: 'Who bought.' })
  customerId!: string
  @Field(() => OriginInput, { nullable: true, description: 'The system that the purchase comes from.' })
  origin?: OriginInput | null
  @IdempotencyKey('Repeating the request with this key within 24 hours records no second purchase.')
  idempotencyKey?: string | null
}

@InputType()
export class ChangePurchaseFields {
  @Field(() => ID, { description: 'The purchase.' })
  id!: string
  @Limited(limits.purchaseChangeReason)
  @Field(() => String, { description: 'Why; shown with the purchase.' })
  reason!: string
  @ExpectedVersion('The `version` that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
  @IdempotencyKey('Repeating the request with this key within 24 hours changes nothing again.')
  idempotencyKey?: string | null
}

@InputType({
  description: 'A correction of a purchase. What is left out stays; null clears `channel` and `paymentMethod`.',
})
export class CorrectPurchaseInput extends ChangePurchaseFields {
  @Field(() => PurchaseKind, {
    nullable: true,
    description: 'Whether it is a sale or the cancellation of one. With another kind, give the lines too.',
  })
  kind?: PurchaseKind | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer ordered or cancelled; not in the future.',
  })
  orderedAt?: Date | null
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the sales channel, such as `web.shop`.',
  })
  channel?: string | null
  @Limited(limits.paymentMethod)
  @Field(() => String, { nullable: true, description: 'How it was paid.' })
  paymentMethod?: string | null
  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Currency of all its amounts.' })
  currency?: string | null
  @Limited(limits.purchaseLines)
  @Field(() => [PurchaseLineInput], {
    nullable: true,
    description: 'All its lines, in place of those before.',
  })
  lines?: PurchaseLineInput[] | null
}

@InputType({ description: 'A purchase that was entered by mistake.' })
export class VoidPurchaseInput extends ChangePurchaseFields {}

const PurchaseKindFilter = enumFilter(PurchaseKind, 'PurchaseKindFilter')
const PurchaseStatusFilter = enumFilter(purchaseStatus.enum, 'PurchaseStatusFilter')

@InputType({ description: 'Which purchases; all conditions that are given must hold.' })
export class PurchaseFilter {
  @Field(() => [PurchaseFilter], combining.and)
  and?: PurchaseFilter[] | null
  @Field(() => [PurchaseFilter], combining.or)
  or?: PurchaseFilter[] | null
  @Field(() => PurchaseFilter, combining.not)
  not?: PurchaseFilter | null
  @Field(() => PurchaseStatusFilter, { nullable: true, description: 'Whether it counts.' })
  status?: object | null
  @Field(() => PurchaseKindFilter, { nullable: true, description: 'Whether it is a sale or the cancellation of one.' })
  kind?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'Code of the sales channel.' })
  channel?: StringFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When the customer ordered or cancelled.' })
  orderedAt?: DateTimeFilter | null
}

/** What the check of a purchase takes, whichever input it comes from. */
export type PurchaseFieldValues = Pick<PurchaseFields, keyof PurchaseFields>
