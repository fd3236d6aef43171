import { limits } from '@clientele/contracts'
import { IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { EntryInput, EntryOrderInput, ofCustomer } from '../members/member.input.js'
import { AddressKind } from './address-kind.js'

@InputType()
export class AddressFields {
  @Limited(limits.addressLines, limits.addressLine)
  @Field(() => [String], {
    nullable: true,
    description: 'Street, house, building, floor, line by line as they are to be printed.',
  })
  lines?: string[] | null
  @Limited(limits.addressPart)
  @Field(() => String, { nullable: true, description: 'City.' })
  city?: string | null
  @Limited(limits.addressPart)
  @Field(() => String, { nullable: true, description: 'State, province or region.' })
  region?: string | null
  @Limited(limits.postalCode)
  @Field(() => String, { nullable: true, description: 'Postal code.' })
  postalCode?: string | null
  @Limited(limits.addressPart)
  @Field(() => String, {
    nullable: true,
    description:
      'ISO 3166-1 alpha-2 code, or the name of the country in one of the larger languages; imports keep other words as they are written.',
  })
  country?: string | null
}

@InputType()
class NewAddressFields extends AddressFields {
  @Field(() => AddressKind, { defaultValue: AddressKind.MAIN, description: 'What it is used for.' })
  kind!: AddressKind
}

@InputType({ description: 'A postal address; at least one part besides the kind is needed.' })
export class AddressInput extends NewAddressFields {
  @Field(() => ID, {
    nullable: true,
    description:
      'The address that this one is, by its id in the list that it replaces; without it one that says the same, or one of the same kind.',
  })
  id?: string | null
}

@InputType({
  description: 'One more address, at the end of the list; at least one part besides the kind is needed.',
})
export class AddAddressInput extends ofCustomer(NewAddressFields) {
  @IdempotencyKey('Repeating the request with this key within 24 hours adds no second one.')
  idempotencyKey?: string | null
}

@InputType()
class AddressChanges extends AddressFields {
  @Field(() => ID, { description: 'The address, by its id.' })
  id!: string
  @Field(() => AddressKind, { nullable: true, description: 'What it is used for; stays where it is null.' })
  kind?: AddressKind | null
}

@InputType({ description: 'A change of one address: what is left out stays, null clears.' })
export class ChangeAddressInput extends ofCustomer(AddressChanges) {}

@InputType({ description: 'Which address to take away.' })
export class RemoveAddressInput extends EntryInput {}

@InputType({ description: 'The addresses in a new order.' })
export class ReorderAddressesInput extends EntryOrderInput {}

@InputType()
class AddressList {
  @Limited(limits.addresses)
  @Field(() => [AddressInput], {
    description: 'All addresses; those that are not among them are taken away.',
  })
  addresses!: AddressInput[]
}

@InputType({ description: 'A whole list of addresses in the place of the one that there is.' })
export class ReplaceAddressesInput extends ofCustomer(AddressList) {}
