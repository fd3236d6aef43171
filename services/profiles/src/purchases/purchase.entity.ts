import { limits, type PurchaseStatus, purchaseKind, purchaseStatus } from '@clientele/contracts'
import {
  connectionOf,
  DateTimeScalar,
  DecimalScalar,
  EntityType,
  Limited,
  Money,
  recordColumns,
  TextSize,
} from '@clientele/kit'
import { defineEntity, type OptionalProps, p } from '@mikro-orm/core'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Origin } from '../customers/customer-details.js'

export const PurchaseKind = purchaseKind.enum
export type PurchaseKind = keyof typeof PurchaseKind
registerEnumType(PurchaseKind, {
  name: 'PurchaseKind',
  description: 'Whether it is a sale or the cancellation of one.',
})

@ObjectType({ description: 'A line of a purchase. Amounts are in the purchase’s currency.' })
export class PurchaseLine {
  @Field(() => String, {
    nullable: true,
    description: 'Stock keeping unit: the code of what was bought; null where it is not known.',
  })
  sku!: string | null
  @Field(() => String, { nullable: true, description: 'What was bought, as written; null where it is not known.' })
  description!: string | null
  @Field(() => DecimalScalar, { description: 'How many; negative where goods came back.' })
  quantity!: string
  @Field(() => DecimalScalar, { description: 'Price of one, before the discount.' })
  unitPrice!: string
  @Limited(limits.discount)
  @Field(() => DecimalScalar, { description: 'Part of the price that was let off: 0.25 is 25 %.' })
  discount!: string
  @Field(() => DecimalScalar, {
    description: 'Amount of the line: quantity × unitPrice × (1 − discount), with 4 decimals.',
  })
  total!: string
}

registerEnumType(purchaseStatus.enum, {
  name: 'PurchaseStatus',
  description: 'Whether a purchase counts.',
  valuesConfig: {
    RECORDED: { description: 'It counts.' },
    VOIDED: { description: 'It was entered by mistake: it is kept, and counts for nothing.' },
  },
})

const PurchaseSchema = defineEntity({
  name: 'Purchase',
  properties: {
    ...recordColumns,
    customerId: p.uuid(),
    kind: p.enum(() => PurchaseKind),
    orderedAt: p.datetime(),
    channel: p.string().nullable(),
    paymentMethod: p.string().nullable(),
    currency: p.string(),
    amount: p.decimal('string').name('total'),
    lineCount: p.integer(),
    linesDigest: p.string(),
    originSystem: p.string().nullable(),
    originExternalId: p.string().nullable(),
    sourceDigest: p.string().nullable(),
    status: p.enum(() => purchaseStatus.enum),
    voidedAt: p.datetime().nullable(),
    changeReason: p.text().nullable(),
  },
})

@EntityType('A purchase of a customer (交易信息), or the cancellation of one.')
export class Purchase extends PurchaseSchema.class {
  declare [OptionalProps]?: 'total'
  @Field(() => PurchaseKind, { description: 'Whether it is a sale or the cancellation of one.' })
  declare kind: PurchaseKind
  @Field(() => purchaseStatus.enum, { description: 'Whether it counts.' })
  declare status: PurchaseStatus
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was voided; null unless it was.' })
  declare voidedAt: Date | null
  @TextSize(limits.purchaseChangeReason)
  @Field(() => String, {
    nullable: true,
    description: 'Why it was last corrected by hand, or voided; null where it never was.',
  })
  declare changeReason: string | null
  @Field(() => DateTimeScalar, { description: 'When the customer ordered or cancelled.' })
  declare orderedAt: Date
  @Field(() => String, {
    nullable: true,
    description: 'Code of the sales channel, such as `web.shop`; null where it is not known.',
  })
  declare channel: string | null
  @Field(() => String, { nullable: true, description: 'How it was paid, as written; null where it is not known.' })
  declare paymentMethod: string | null
  @Field(() => Int, { description: 'How many lines it has.' })
  declare lineCount: number

  @Field(() => Money, {
    description: 'Sum of its lines with 4 decimals, not rounded to the minor unit; negative for a cancellation.',
  })
  get total(): Money {
    return { amount: this.amount, currency: this.currency }
  }

  @Field(() => Origin, {
    nullable: true,
    description: 'The system that the purchase came from; null when entered here.',
  })
  get origin(): Origin | null {
    const { originSystem: system, originExternalId: externalId } = this
    return system && externalId ? { system, externalId } : null
  }
}
PurchaseSchema.setClass(Purchase)

export const PurchaseConnection = connectionOf(Purchase, 'Purchase')
