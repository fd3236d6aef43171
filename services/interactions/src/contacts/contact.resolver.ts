import { type ContactDirection, type ContactKind, contactDirection, contactKind, limits } from '@clientele/contracts'
import { type Context, DateTimeScalar, Limited, NotFound, type Page, PageArgs, pageByKey } from '@clientele/kit'
import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { recordContact } from './contact.actions.js'
import { Contact, ContactConnection } from './contact.entity.js'

@InputType({ description: 'A contact that took place; with a subject, a body or both.' })
export class RecordContactInput {
  @Field(() => ID, { description: 'The customer concerned.' })
  customerId!: string
  @Field(() => contactKind.enum, { description: 'Means of the contact.' })
  kind!: ContactKind
  @Field(() => contactDirection.enum, { description: 'Who turned to whom.' })
  direction!: ContactDirection
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it took place, not in the future; now when left out.',
  })
  occurredAt?: Date | null
  @Limited(limits.contactSubject)
  @Field(() => String, { nullable: true, description: 'What it was about, in a line of 1 to 500 characters.' })
  subject?: string | null
  @Limited(limits.contactBody)
  @Field(() => String, { nullable: true, description: 'What was said or written: 1 to 50,000 characters.' })
  body?: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Repeating the request with this key records no second contact.',
  })
  idempotencyKey?: string | null
}

@Resolver(() => Contact)
export class ContactResolver {
  @Query(() => Contact, {
    nullable: true,
    description: 'One contact; null and NOT_FOUND where there is none of this id.',
  })
  async contact(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context): Promise<Contact> {
    const contact = await ctx.loaders.byId(Contact, id)
    if (!contact) throw new NotFound('There is no such contact.')
    return contact
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
