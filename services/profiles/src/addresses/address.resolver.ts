import { type Context, ListSize } from '@clientele/kit'
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { addresses } from './address.actions.js'
import {
  AddAddressInput,
  ChangeAddressInput,
  RemoveAddressInput,
  ReorderAddressesInput,
  ReplaceAddressesInput,
} from './address.input.js'
import { Address } from './address.js'
import { type AddressParts, formatAddress, formattedLines } from './format-address.js'

@Resolver(() => Customer)
export class AddressResolver {
  @Mutation(() => Customer, {
    description: 'Adds an address of a customer; the others stay. For admin, manager, sales and service.',
  })
  addAddress(@Arg('input', () => AddAddressInput) input: AddAddressInput, @Ctx() ctx: Context) {
    return addresses.add(ctx, input)
  }

  @Mutation(() => Customer, {
    description: 'Changes an address of a customer; the others stay. For admin, manager, sales and service.',
  })
  changeAddress(@Arg('input', () => ChangeAddressInput) input: ChangeAddressInput, @Ctx() ctx: Context) {
    return addresses.change(ctx, input)
  }

  @Mutation(() => Customer, {
    description: 'Removes an address of a customer; the others stay. For admin, manager, sales and service.',
  })
  removeAddress(@Arg('input', () => RemoveAddressInput) input: RemoveAddressInput, @Ctx() ctx: Context) {
    return addresses.remove(ctx, input)
  }

  @Mutation(() => Customer, {
    description: 'Changes the order of the addresses of a customer. For admin, manager, sales and service.',
  })
  reorderAddresses(@Arg('input', () => ReorderAddressesInput) input: ReorderAddressesInput, @Ctx() ctx: Context) {
    return addresses.reorder(ctx, input)
  }

  @Mutation(() => Customer, {
    description:
      'Replaces all addresses of a customer: those that are not given are taken away. For admin, manager, sales and service.',
  })
  replaceAddresses(@Arg('input', () => ReplaceAddressesInput) input: ReplaceAddressesInput, @Ctx() ctx: Context) {
    return addresses.replace(ctx, input)
  }
}

@Resolver(() => Address)
export class FormattedAddressResolver {
  @ListSize(formattedLines)
  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'The whole address as its country writes it, line by line, with the country by name: from the house to the country; in China, Hong Kong, Macao, Taiwan, Japan and Korea, in their own characters, from the country down. Postal codes have the blank or hyphen that is usual there. Null where it is hidden from you.',
  })
  formatted(@Root() address: AddressParts): string[] {
    return formatAddress(address)
  }
}
