import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, InputType } from 'type-graphql'
import { CustomerKind } from '../customers/customer.entity.js'
import { WholeCustomerFields } from '../customers/customer.input.js'
import { PurchaseFields } from '../purchases/purchase.input.js'

@InputType()
class ImportBatch {
  @Limited(limits.key)
  @Field(() => String, {
    description: 'Key of the system that the rows come from, such as `erp`.',
  })
  system!: string
  @Field(() => Boolean, { defaultValue: false, description: 'Only tell what would happen; nothing is kept.' })
  dryRun!: boolean
}

@InputType()
class ImportedCustomerFields extends WholeCustomerFields {
  @Limited(limits.externalId)
  @Field(() => String, {
    description: 'What the customer is called in the system; a known one is updated.',
  })
  externalId!: string
  @Limited(limits.tags, limits.tagName)
  @Field(() => [String], {
    nullable: true,
    description: 'Names of tags to give; none is taken away. All tags of the customer keep to the same limit.',
  })
  tags?: string[] | null
}

@InputType({
  description: 'A customer as another system knows it: what is left out stays, null clears, lists replace.',
})
export class CustomerImportRow extends ImportedCustomerFields {
  @Field(() => CustomerKind, { description: 'Person or organisation; that of a known customer must not differ.' })
  kind!: CustomerKind
}

@InputType({ description: 'Customers as another system knows them.' })
export class ImportCustomersInput extends ImportBatch {
  @Limited(limits.importRows)
  @Field(() => [CustomerImportRow], { description: 'The rows.' })
  rows!: CustomerImportRow[]
}

@InputType({
  description: 'Who bought. Everything beside the external id serves only to create a customer who is missing.',
})
export class PurchaseCustomerInput extends ImportedCustomerFields {
  @Field(() => CustomerKind, { nullable: true, description: 'Person or organisation; needed to create.' })
  kind?: CustomerKind | null
}

@InputType({ description: 'A purchase as another system knows it; that of a known external id is updated as a whole.' })
export class PurchaseImportRow extends PurchaseFields {
  @Limited(limits.externalId)
  @Field(() => String, { description: 'What the purchase is called in the system.' })
  externalId!: string
  @Field(() => PurchaseCustomerInput, { description: 'Who bought, by the external id in the same system.' })
  customer!: PurchaseCustomerInput
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Create the customer where there is none of this external id.',
  })
  createMissingCustomer!: boolean
}

@InputType({ description: 'Purchases as another system knows them.' })
export class ImportPurchasesInput extends ImportBatch {
  @Limited(limits.importRows)
  @Field(() => [PurchaseImportRow], { description: 'The rows.' })
  rows!: PurchaseImportRow[]
}
