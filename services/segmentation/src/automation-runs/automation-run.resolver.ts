import { limits } from '@clientele/contracts'
import { arrayParameter, type Context, ListSize, type Page, PageArgs, pageByKey } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { Automation } from '../automations/automation.entity.js'
import { Customer } from '../customer/customer.ref.js'
import { AutomationActionResult, AutomationRun, AutomationRunConnection } from './automation-run.entity.js'
import { dryRunAutomation } from './dry-run.actions.js'
import { AutomationDryRun, AutomationDryRunInput } from './dry-run.js'
import { whyOf } from './why.js'

@Resolver(() => Automation)
export class AutomationRunsResolver {
  @Query(() => AutomationDryRun, {
    description: 'Tries a definition on what happened lately, without doing anything. For admin and manager.',
  })
  dryRunAutomation(
    @Arg('input', () => AutomationDryRunInput, { description: 'What to try, and how far back.' })
    input: AutomationDryRunInput,
    @Ctx() ctx: Context,
  ): Promise<AutomationDryRun> {
    return dryRunAutomation(ctx, input)
  }

  @FieldResolver(() => AutomationRunConnection, {
    nullable: true,
    description: 'When it was set off for customers in your access scope, the latest first. For all staff.',
  })
  runs(
    @Root() { id }: Automation,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<AutomationRun>> {
    return pageByKey(ctx, AutomationRun, { ...page, by: 'automationId', key: id, orderBy: [['createdAt', 'desc']] })
  }
}

@Resolver(() => AutomationRun)
export class AutomationRunResolver {
  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer to whom it happened.',
  })
  customer(@Root() { customerId }: AutomationRun): Customer {
    return { id: customerId }
  }

  @FieldResolver(() => String, {
    description: 'What happened, and the conditions that held, in words.',
  })
  why(@Root() run: AutomationRun, @Ctx() ctx: Context): Promise<string> {
    return whyOf(ctx, run)
  }

  @ListSize(limits.automationActions)
  @FieldResolver(() => [AutomationActionResult], {
    nullable: true,
    description: 'Its actions, in their order, and what came of each; empty where it did nothing.',
  })
  actions(@Root() { id }: AutomationRun, @Ctx() ctx: Context): Promise<AutomationActionResult[]> {
    return ctx.loaders.batch('automation.actions', id, async (em, ids) => {
      const rows = await em.execute<(AutomationActionResult & { runId: string })[]>(
        `select run_id as "runId", position, kind, outcome, reason, made_type as "madeType", made_id as "madeId"
         from automation_action where run_id = any(?::uuid[]) order by position`,
        [arrayParameter(ids)],
      )
      const byRun = Map.groupBy(rows, ({ runId }) => runId)
      return ids.map((run) => byRun.get(run) ?? [])
    })
  }
}
