import { limits } from '@clientele/contracts'
import { type Context, ListSize, NotFound, type Page, PageArgs, pageByKey, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { correctPurchase, recordPurchase, voidPurchase } from './purchase.actions.js'
import { Purchase, PurchaseConnection, PurchaseLine } from './purchase.entity.js'
import { CorrectPurchaseInput, PurchaseFilter, RecordPurchaseInput, VoidPurchaseInput } from './purchase.input.js'
import { linesOf } from './purchase-lines.js'
import { noPurchases, PurchaseSummary, summariesOf } from './purchase-summary.js'
import { PurchaseTotals, totalsOf } from './purchase-totals.js'

@Resolver(() => Purchase)
export class PurchaseResolver {
  @Query(() => Purchase, { nullable: true, description: 'The purchase of this id; NOT_FOUND where there is none.' })
  async purchase(
    @Arg('id', () => ID, { description: 'The purchase.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Purchase> {
    const purchase = await ctx.loaders.byId(Purchase, id)
    if (!purchase) throw new NotFound('There is no such purchase.', { reason: 'purchase.unknown' })
    return purchase
  }

  @ListSize(limits.currencies)
  @Query(() => [PurchaseTotals], {
    description:
      'All purchases that you reach, added up per currency, the currency with most of them first. Voided purchases do not count.',
  })
  purchaseTotals(
    @Arg('system', () => String, { nullable: true, description: 'Only what came from this system: `erp`.' })
    system: string | null,
    @Ctx() ctx: Context,
  ): Promise<PurchaseTotals[]> {
    return totalsOf(ctx, system)
  }

  @FieldResolver(() => Customer, { description: 'Who bought.' })
  customer(@Root() purchase: Purchase, @Ctx() ctx: Context): Promise<Customer | null> {
    return ctx.loaders.byId(Customer, purchase.customerId)
  }

  @ListSize(limits.purchaseLines)
  @FieldResolver(() => [PurchaseLine], { description: 'Its lines, in their order.' })
  lines(@Root() purchase: Purchase, @Ctx() ctx: Context): Promise<PurchaseLine[]> {
    return ctx.loaders.batch('purchase.lines', purchase.id, linesOf)
  }

  @Mutation(() => Purchase, { description: 'Records a sale or its cancellation. May: admin, manager, sales.' })
  recordPurchase(@Arg('input', () => RecordPurchaseInput) input: RecordPurchaseInput, @Ctx() ctx: Context) {
    return recordPurchase(ctx, input)
  }

  @Mutation(() => Purchase, {
    description:
      'Corrects what was recorded of a purchase: counts, sums, segments and scores follow. CONFLICT `purchase.voided` for one that is void. May: admin, manager, sales.',
  })
  correctPurchase(@Arg('input', () => CorrectPurchaseInput) input: CorrectPurchaseInput, @Ctx() ctx: Context) {
    return correctPurchase(ctx, input)
  }

  @Mutation(() => Purchase, {
    description:
      'Declares a purchase void that was entered by mistake: it is kept, and counts for nothing. This cannot be undone; an import of the same external id leaves it void. May: admin, manager.',
  })
  voidPurchase(@Arg('input', () => VoidPurchaseInput) input: VoidPurchaseInput, @Ctx() ctx: Context) {
    return voidPurchase(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerPurchasesResolver {
  @FieldResolver(() => PurchaseConnection, {
    nullable: true,
    description: 'What the customer bought and cancelled, the newest first; purchases that were voided too.',
  })
  purchases(
    @Root() customer: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PurchaseFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: PurchaseFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Purchase>> {
    const where = toWhere<Purchase>(filter)
    return pageByKey(ctx, Purchase, {
      ...page,
      by: 'customerId',
      key: customer.id,
      where,
      orderBy: [['orderedAt', 'desc']],
    })
  }

  @FieldResolver(() => PurchaseSummary, {
    nullable: true,
    description:
      'What the customer bought, in the currency with most sales; a count of 0 without any. Voided purchases do not count.',
  })
  async purchaseSummary(@Root() customer: Customer, @Ctx() ctx: Context): Promise<PurchaseSummary> {
    const [first] = await this.purchaseSummaries(customer, ctx)
    return first ?? noPurchases()
  }

  @ListSize(limits.currencies)
  @FieldResolver(() => [PurchaseSummary], {
    nullable: true,
    description: 'What the customer bought, per currency, that with most sales first. Voided purchases do not count.',
  })
  purchaseSummaries(@Root() customer: Customer, @Ctx() ctx: Context): Promise<PurchaseSummary[]> {
    return ctx.loaders.batch('customer.purchases', customer.id, summariesOf)
  }
}
