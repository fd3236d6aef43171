import { type Context, IdempotencyKey } from '@clientele/kit'
import { Arg, Ctx, FieldResolver, InputType, Int, Mutation, Resolver, Root } from 'type-graphql'
import { hasAllCustomers } from '../customer/customer.actions.js'
import { startRfm, writeScores } from './rfm.actions.js'
import { RfmRun } from './rfm-run.entity.js'

@InputType({ description: 'What a computation of the RFM scores needs.' })
export class RecomputeRfmInput {
  @IdempotencyKey('Repeating the request with this key within 24 hours answers with the first computation.')
  idempotencyKey?: string | null
}

@Resolver(() => RfmRun)
export class RfmResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many customers had purchased by then; null unless all customers are in your access scope.',
  })
  customers(@Root() { customers }: RfmRun, @Ctx() ctx: Context): number | null {
    return hasAllCustomers(ctx.actor) ? customers : null
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'For how many of them no score could be computed: the log of the service names them and the cause. Null unless all customers are in your access scope.',
  })
  skipped(@Root() { skipped }: RfmRun, @Ctx() ctx: Context): number | null {
    return hasAllCustomers(ctx.actor) ? skipped : null
  }

  @Mutation(() => RfmRun, {
    description:
      'Computes the quintiles now and begins to write the scores; what does not fit follows shortly. For admin, manager, analyst and segmentation_account.',
  })
  async recomputeRfm(
    @Arg('input', () => RecomputeRfmInput) input: RecomputeRfmInput,
    @Ctx() ctx: Context,
  ): Promise<RfmRun> {
    const run = await startRfm(ctx, input.idempotencyKey)
    await writeScores(ctx)
    return ctx.em.findOneOrFail(RfmRun, { id: run.id })
  }
}
