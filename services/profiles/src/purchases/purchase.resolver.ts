import { limits } from '@clientele/contracts'
import { type Context, ListSize, type Page, PageArgs, pageByKey, requireById, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { ConvertedSum, converterOf } from '../rates/conversion.js'
import { correctPurchase, recordPurchase, voidPurchase } from './purchase.actions.js'
import { Purchase, PurchaseConnection, PurchaseLine } from './purchase.entity.js'
import { CorrectPurchaseInput, PurchaseFilter, RecordPurchaseInput, VoidPurchaseInput } from './purchase.input.js'
import { purchasePolicy } from './purchase.policy.js'
import { linesOf } from './purchase-lines.js'
import { noPurchases, PurchaseSummary, summaryOf, sumsOf } from './purchase-summary.js'
import { convertedTotalOf, PurchaseTotals, totalsOf } from './purchase-totals.js'

@Resolver(() => Purchase)
export class PurchaseResolver {
  @Query(() => Purchase, { nullable: true, description: 'The purchase of this id; NOT_FOUND where there is none.' })
  async purchase(
    @Arg('id', () => ID, { description: 'The purchase.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Purchase> {
    return requireById(ctx, Purchase, id, purchasePolicy.read)
  }

  @ListSize(limits.currencies)
  @Query(() => [PurchaseTotals], {
    description:
      'All purchases of the customers in your access scope, added up per currency, the currency with most of them first. Voided purchases do not count.',
  })
  purchaseTotals(
    @Arg('system', () => String, { nullable: true, description: 'Only what came from this system, such as `erp`.' })
    system: string | null,
    @Ctx() ctx: Context,
  ): Promise<PurchaseTotals[]> {
    return totalsOf(ctx, system)
  }

  @Query(() => ConvertedSum, {
    description:
      "All purchases of the customers in your access scope as one sum in the tenant's currency. Voided purchases do not count.",
  })
  purchaseTotal(
    @Arg('system', () => String, { nullable: true, description: 'Only what came from this system, such as `erp`.' })
    system: string | null,
    @Ctx() ctx: Context,
  ): Promise<ConvertedSum> {
    return convertedTotalOf(ctx, system)
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

  @Mutation(() => Purchase, { description: 'Records a sale or its cancellation. For admin, manager and sales.' })
  recordPurchase(@Arg('input', () => RecordPurchaseInput) input: RecordPurchaseInput, @Ctx() ctx: Context) {
    return recordPurchase(ctx, input)
  }

  @Mutation(() => Purchase, {
    description:
      'Corrects what was recorded of a purchase: counts, sums, segments and scores follow. CONFLICT `purchase.voided` for one that is void. For admin, manager and sales.',
  })
  correctPurchase(@Arg('input', () => CorrectPurchaseInput) input: CorrectPurchaseInput, @Ctx() ctx: Context) {
    return correctPurchase(ctx, input)
  }

  @Mutation(() => Purchase, {
    description:
      'Declares a purchase void that was entered by mistake: it is kept, and counts for nothing. This cannot be undone; an import of the same external id leaves it void. For admin and manager.',
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
  async purchaseSummaries(@Root() customer: Customer, @Ctx() ctx: Context): Promise<PurchaseSummary[]> {
    return (await ctx.loaders.batch('customer.purchases', customer.id, sumsOf)).map(summaryOf)
  }

  @FieldResolver(() => ConvertedSum, {
    nullable: true,
    description: "All that the customer bought, in the tenant's currency. Voided purchases do not count.",
  })
  async purchaseTotal(@Root() customer: Customer, @Ctx() ctx: Context): Promise<ConvertedSum> {
    const [sums, convert] = await Promise.all([
      ctx.loaders.batch('customer.purchases', customer.id, sumsOf),
      ctx.loaders.batch('conversion', ctx.actor.tenant, async (_, tenants) => {
        const converter = await converterOf(ctx)
        return tenants.map(() => converter)
      }),
    ])
    return convert(sums.map(({ total, currency }) => ({ amount: total, currency })))
  }
}
