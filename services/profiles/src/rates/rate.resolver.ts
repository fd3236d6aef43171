import { type Context, type Page, PageArgs, paginate } from '@clientele/kit'
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { CurrentExchangeRates, ExchangeRate, ExchangeRateConnection } from './exchange-rate.entity.js'
import { ExchangeRateFilter, RecordExchangeRatesInput, RecordedExchangeRates } from './rate.input.js'
import { currentRates, recordExchangeRates } from './rates.actions.js'

@Resolver(() => ExchangeRate)
export class ExchangeRateResolver {
  @Query(() => ExchangeRateConnection, { description: 'Exchange rates, those of the latest day first. For all staff.' })
  exchangeRates(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ExchangeRateFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: ExchangeRateFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<ExchangeRate>> {
    const { base, quote, from, until } = filter ?? {}
    const conditions = [
      ...(base == null ? [] : [{ base }]),
      ...(quote == null ? [] : [{ quote }]),
      ...(from == null ? [] : [{ day: { $gte: from } }]),
      ...(until == null ? [] : [{ day: { $lte: until } }]),
    ]
    return paginate(ctx.em, ExchangeRate, {
      ...page,
      where: { $and: conditions },
      orderBy: [
        ['day', 'desc'],
        ['base', 'asc'],
        ['quote', 'asc'],
      ],
    })
  }

  @Query(() => CurrentExchangeRates, {
    nullable: true,
    description: 'The latest rate of each pair of currencies; null where none was recorded yet. For all staff.',
  })
  currentExchangeRates(@Ctx() ctx: Context): Promise<CurrentExchangeRates | null> {
    return currentRates(ctx)
  }

  @Mutation(() => RecordedExchangeRates, {
    description: 'Records exchange rates by day; the same ones again change nothing. For admin.',
  })
  recordExchangeRates(
    @Arg('input', () => RecordExchangeRatesInput) input: RecordExchangeRatesInput,
    @Ctx() ctx: Context,
  ): Promise<RecordedExchangeRates> {
    return recordExchangeRates(ctx, input)
  }
}
