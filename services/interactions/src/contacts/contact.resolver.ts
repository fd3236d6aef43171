import { type Context, type Page, PageArgs, pageByKey, requireById } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { correctContact, recordContact, voidContact } from './contact.actions.js'
import { Contact, ContactConnection } from './contact.entity.js'
import { CorrectContactInput, RecordContactInput, VoidContactInput } from './contact.input.js'
import { contactPolicy } from './contact.policy.js'

@Resolver(() => Contact)
export class ContactResolver {
  @Query(() => Contact, {
    nullable: true,
    description: 'One contact; null and NOT_FOUND where there is none of this id.',
  })
  async contact(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context): Promise<Contact> {
    return requireById(ctx, Contact, id, contactPolicy.read)
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer concerned.' })
  customer(@Root() contact: Contact): Customer {
    return { id: contact.customerId }
  }

  @Mutation(() => Contact, {
    description: 'Records a call, a mail, a chat or a note. For admin, manager, sales and service.',
  })
  recordContact(
    @Arg('input', () => RecordContactInput, { description: 'What took place.' }) input: RecordContactInput,
    @Ctx() ctx: Context,
  ) {
    return recordContact(ctx, input)
  }

  @Mutation(() => Contact, {
    description:
      'Sets right what was recorded of a contact; that and why it was done is told in `corrections`. For admin, manager, sales and service.',
  })
  correctContact(
    @Arg('input', () => CorrectContactInput, { description: 'The contact and what is right.' })
    input: CorrectContactInput,
    @Ctx() ctx: Context,
  ) {
    return correctContact(ctx, input)
  }

  @Mutation(() => Contact, {
    description:
      'Declares a contact void that was entered by mistake: it is kept, and stands in no timeline. For admin and manager.',
  })
  voidContact(
    @Arg('input', () => VoidContactInput, { description: 'The contact and why.' }) input: VoidContactInput,
    @Ctx() ctx: Context,
  ) {
    return voidContact(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerContactsResolver {
  @FieldResolver(() => ContactConnection, {
    nullable: true,
    description: 'Calls, mails, chats and notes, the latest first.',
  })
  contacts(
    @Root() { id }: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<Contact>> {
    return pageByKey(ctx, Contact, { ...page, by: 'customerId', key: id, orderBy: [['occurredAt', 'desc']] })
  }
}
