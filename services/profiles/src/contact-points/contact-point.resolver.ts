import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { contactPoints } from './contact-point.actions.js'
import {
  AddContactPointInput,
  ChangeContactPointInput,
  RemoveContactPointInput,
  ReorderContactPointsInput,
  ReplaceContactPointsInput,
} from './contact-point.input.js'

@Resolver(() => Customer)
export class ContactPointResolver {
  @Mutation(() => Customer, {
    description:
      'Adds a contact point of a customer or a contact person; the others stay. For admin, manager, sales and service.',
  })
  addContactPoint(@Arg('input', () => AddContactPointInput) input: AddContactPointInput, @Ctx() ctx: Context) {
    return contactPoints.add(ctx, input)
  }

  @Mutation(() => Customer, {
    description:
      'Changes a contact point of a customer or a contact person; the others stay. For admin, manager, sales and service.',
  })
  changeContactPoint(@Arg('input', () => ChangeContactPointInput) input: ChangeContactPointInput, @Ctx() ctx: Context) {
    return contactPoints.change(ctx, input)
  }

  @Mutation(() => Customer, {
    description:
      'Removes a contact point of a customer or of a contact person; the others stay. For admin, manager, sales and service.',
  })
  removeContactPoint(@Arg('input', () => RemoveContactPointInput) input: RemoveContactPointInput, @Ctx() ctx: Context) {
    return contactPoints.remove(ctx, input)
  }

  @Mutation(() => Customer, {
    description:
      'Changes the order of the contact points of a customer or of a contact person. For admin, manager, sales and service.',
  })
  reorderContactPoints(
    @Arg('input', () => ReorderContactPointsInput) input: ReorderContactPointsInput,
    @Ctx() ctx: Context,
  ) {
    return contactPoints.reorder(ctx, input)
  }

  @Mutation(() => Customer, {
    description:
      'Replaces all contact points of a customer or a contact person: those that are not given are taken away. For admin, manager, sales and service.',
  })
  replaceContactPoints(
    @Arg('input', () => ReplaceContactPointsInput) input: ReplaceContactPointsInput,
    @Ctx() ctx: Context,
  ) {
    return contactPoints.replace(ctx, input)
  }
}
