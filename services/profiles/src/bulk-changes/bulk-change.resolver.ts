import { limits } from '@clientele/contracts'
import { type Context, ListSize, type Page, PageArgs, paginate, requireById } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { cancelBulkChange, startBulkChange, undoBulkChange } from './bulk-change.actions.js'
import { BulkChange, BulkChangeConnection } from './bulk-change.entity.js'
import {
  CancelBulkChangeInput,
  PreviewBulkChangeInput,
  StartBulkChangeInput,
  UndoBulkChangeInput,
} from './bulk-change.input.js'
import { bulkChangePolicy } from './bulk-change.policy.js'
import { BulkChangeError, BulkChangeErrorConnection, errorsOf } from './bulk-errors.js'
import { BulkChangePreview, BulkExample, previewBulkChange } from './bulk-preview.js'
import { progressOf, rateOf, remainingOf } from './bulk-progress.js'
import { type BulkField, BulkFieldValue } from './bulk-step.js'

@Resolver(() => BulkChange)
export class BulkChangeResolver {
  @Query(() => BulkChangePreview, {
    description:
      'What a bulk change would do: how many customers it would change, the first of them before and after, and who would be refused and why. Nothing is written. For admin, manager and sales.',
  })
  previewBulkChange(@Arg('input', () => PreviewBulkChangeInput) input: PreviewBulkChangeInput, @Ctx() ctx: Context) {
    return previewBulkChange(ctx, input)
  }

  @Query(() => BulkChange, {
    nullable: true,
    description: 'The bulk change of this id; NOT_FOUND where there is none.',
  })
  bulkChange(@Arg('id', () => ID, { description: 'The bulk change.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, BulkChange, id, bulkChangePolicy.read)
  }

  @Query(() => BulkChangeConnection, { description: 'Bulk changes, the latest first.' })
  bulkChanges(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context): Promise<Page<BulkChange>> {
    return paginate(ctx.em, BulkChange, { ...page, orderBy: [['createdAt', 'desc']] })
  }

  @Mutation(() => BulkChange, {
    description:
      'Begins to change many customers, in the background and by the rules of the mutations for one; who they are is settled now. For admin, for manager within their territories, and for sales their own customers, of whom BULK_CHANGE_OWN_CUSTOMERS at most.',
  })
  startBulkChange(@Arg('input', () => StartBulkChangeInput) input: StartBulkChangeInput, @Ctx() ctx: Context) {
    return startBulkChange(ctx, input)
  }

  @Mutation(() => BulkChange, {
    description:
      'Stops a bulk change that runs; what is changed already stays so. For admin, and for manager and sales their own.',
  })
  cancelBulkChange(@Arg('input', () => CancelBulkChangeInput) input: CancelBulkChangeInput, @Ctx() ctx: Context) {
    return cancelBulkChange(ctx, input)
  }

  @Mutation(() => BulkChange, {
    description:
      'Begins to change back what a bulk change has changed, until `undoUntil`; asked for again, those who could not be changed back. Customers who were changed since stay as they are, and stand in `errors`. A tag that the change has made stays in `tags`, without these customers; `retireTag` takes it out of use. For admin, and for manager and sales their own.',
  })
  undoBulkChange(@Arg('input', () => UndoBulkChangeInput) input: UndoBulkChangeInput, @Ctx() ctx: Context) {
    return undoBulkChange(ctx, input)
  }

  @ListSize(limits.bulkFields)
  @FieldResolver(() => [BulkFieldValue], { description: 'What customers are to have; empty for other kinds.' })
  fields(@Root() { fields }: BulkChange): BulkFieldValue[] {
    return Object.entries(fields).map(([field, value]) => ({ field: field as BulkField, value }))
  }

  @FieldResolver(() => Float, { description: 'Which share of its customers it has been through, from 0 to 1.' })
  progress(@Root() bulk: BulkChange): number {
    return progressOf(bulk)
  }

  @FieldResolver(() => Float, { description: 'How many customers a second it goes through, or went.' })
  rate(@Root() bulk: BulkChange, @Ctx() { now }: Context): number {
    return rateOf(bulk, now())
  }

  @FieldResolver(() => Int, { description: 'How many customers are still to be changed, or changed back.' })
  remaining(@Root() bulk: BulkChange): number {
    return remainingOf(bulk)
  }

  @FieldResolver(() => BulkChangeErrorConnection, {
    description: 'Customers who could not be changed, or not changed back, and why.',
  })
  errors(@Root() bulk: BulkChange, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return errorsOf(ctx, bulk, page)
  }
}

const theCustomer = {
  nullable: true,
  description: 'The customer; null where nobody has this id, or they are not in your access scope.',
} as const

@Resolver(() => BulkChangeError)
export class BulkChangeErrorResolver {
  @FieldResolver(() => Customer, theCustomer)
  customer(@Root() { customerId }: BulkChangeError, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Customer, customerId)
  }
}

@Resolver(() => BulkExample)
export class BulkExampleResolver {
  @FieldResolver(() => Customer, theCustomer)
  customer(@Root() { customerId }: BulkExample, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Customer, customerId)
  }
}
