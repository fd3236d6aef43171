import { limits } from '@clientele/contracts'
import { EntityType, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'

export enum ExternalEntityType {
  CUSTOMER = 'CUSTOMER',
}
registerEnumType(ExternalEntityType, {
  name: 'ExternalEntityType',
  description: 'What kind of record an external reference stands for.',
  valuesConfig: { CUSTOMER: { description: 'A customer, debtor, account or however the outside system calls it.' } },
})

const ExternalRefSchema = defineEntity({
  name: 'ExternalRef',
  properties: {
    ...recordColumns,
    system: p.string(),
    entityType: p.enum(() => ExternalEntityType),
    externalId: p.string(),
    customerId: p.uuid(),
    url: p.string().nullable(),
  },
})

@EntityType('The link between a customer and a record of an outside system. Seen by all roles and by partners.')
export class ExternalRef extends ExternalRefSchema.class {
  @Field(() => String, { description: 'Key of the outside system: `erp`, `shop.de`.' })
  declare system: string
  @Field(() => ExternalEntityType, { description: 'Kind of record over there.' })
  declare entityType: ExternalEntityType
  @Field(() => String, { description: 'What the outside system calls the record, as written there.' })
  declare externalId: string
  @TextSize(limits.url)
  @Field(() => String, {
    nullable: true,
    description: 'Where people can look at the record over there: an http or https URL; null where none was given.',
  })
  declare url: string | null
  declare customerId: string
}
ExternalRefSchema.setClass(ExternalRef)
