import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { contactPeople } from './contact-person.actions.js'
import {
  AddContactPersonInput,
  ChangeContactPersonInput,
  RemoveContactPersonInput,
  ReorderContactPeopleInput,
  ReplaceContactPeopleInput,
} from './contact-person.input.js'

@Resolver(() => Customer)
export class ContactPersonResolver {
  @Mutation(() => Customer, {
    description: 'Adds a contact person of an organisation; the others stay. For admin, manager, sales and service.',
  })
  addContactPerson(@Arg('input', () => AddContactPersonInput) input: AddContactPersonInput, @Ctx() ctx: Context) {
    return contactPeople.add(ctx, input)
  }

  @Mutation(() => Customer, {
    description: 'Changes a contact person of an organisation; the others stay. For admin, manager, sales and service.',
  })
  changeContactPerson(
    @Arg('input', () => ChangeContactPersonInput) input: ChangeContactPersonInput,
    @Ctx() ctx: Context,
  ) {
    return contactPeople.change(ctx, input)
  }

  @Mutation(() => Customer, {
    description: 'Removes a contact person of an organisation; the others stay. For admin, manager, sales and service.',
  })
  removeContactPerson(
    @Arg('input', () => RemoveContactPersonInput) input: RemoveContactPersonInput,
    @Ctx() ctx: Context,
  ) {
    return contactPeople.remove(ctx, input)
  }

  @Mutation(() => Customer, {
    description: 'Changes the order of the contact people of an organisation. For admin, manager, sales and service.',
  })
  reorderContactPeople(
    @Arg('input', () => ReorderContactPeopleInput) input: ReorderContactPeopleInput,
    @Ctx() ctx: Context,
  ) {
    return contactPeople.reorder(ctx, input)
  }

  @Mutation(() => Customer, {
    description:
      'Replaces all contact people of an organisation: those that are not given are taken away. For admin, manager, sales and service.',
  })
  replaceContactPeople(
    @Arg('input', () => ReplaceContactPeopleInput) input: ReplaceContactPeopleInput,
    @Ctx() ctx: Context,
  ) {
    return contactPeople.replace(ctx, input)
  }
}
