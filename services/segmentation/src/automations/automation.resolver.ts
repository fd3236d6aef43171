import {
  type Context,
  ListSize,
  OrderDirection,
  type Page,
  PageArgs,
  paginate,
  requireById,
  toWhere,
} from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import {
  createAutomation,
  removeAutomation,
  startAutomation,
  stopAutomation,
  updateAutomation,
} from './automation.actions.js'
import { Automation, AutomationConnection, AutomationVersion } from './automation.entity.js'
import { ChangeAutomationInput, CreateAutomationInput, UpdateAutomationInput } from './automation.input.js'
import { automationPolicy } from './automation.policy.js'
import { AutomationFilter, AutomationOrder } from './automation-list.input.js'
import { RequestedAutomationAction, requestedActionOf } from './requested-action.js'
import { mostVersions, versionsOf } from './versions.js'

const writers = 'For admin and manager.'

@Resolver(() => Automation)
export class AutomationResolver {
  @Query(() => Automation, {
    nullable: true,
    description: 'One automation; NOT_FOUND where there is none. For all staff.',
  })
  automation(@Arg('id', () => ID, { description: 'Id of the automation.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, Automation, id, automationPolicy.read)
  }

  @Query(() => AutomationConnection, { description: 'The automations of the tenant. For all staff.' })
  automations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AutomationFilter, { nullable: true, description: 'Which automations; all without it.' })
    filter: AutomationFilter | null,
    @Arg('orderBy', () => AutomationOrder, { nullable: true, description: 'By name without it.' })
    orderBy: AutomationOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Automation>> {
    const direction = orderBy?.direction ?? OrderDirection.ASC
    return paginate(ctx.em, Automation, {
      ...page,
      where: toWhere<Automation>(filter),
      orderBy: [[orderBy?.field ?? 'name', direction]],
    })
  }

  @Query(() => RequestedAutomationAction, {
    nullable: true,
    description:
      'What an action of an automation is to do; null where there is no such. For profiles_account and interactions_account.',
  })
  requestedAutomationAction(
    @Arg('automationId', () => ID, { description: 'The automation.' }) automationId: string,
    @Arg('automationVersion', () => Int, { description: 'Number of the definition.' }) automationVersion: number,
    @Arg('position', () => Int, { description: 'Place of the action in it, from 0.' }) position: number,
    @Arg('id', () => ID, {
      nullable: true,
      description:
        'The action, as the event that asks for it names it; without it nothing is known of when it was asked for.',
    })
    id: string | null,
    @Ctx() ctx: Context,
  ): Promise<RequestedAutomationAction | null> {
    return requestedActionOf(ctx, { automationId, automationVersion, position, id })
  }

  @ListSize({ most: mostVersions })
  @FieldResolver(() => [AutomationVersion], {
    nullable: true,
    description: `What it has been told to do, the latest first; the last ${mostVersions}. For all staff.`,
  })
  versions(@Root() { id }: Automation, @Ctx() ctx: Context): Promise<AutomationVersion[]> {
    return versionsOf(ctx, id)
  }

  @Mutation(() => Automation, { description: `Writes an automation; it does nothing until it is started. ${writers}` })
  createAutomation(@Arg('input', () => CreateAutomationInput) input: CreateAutomationInput, @Ctx() ctx: Context) {
    return createAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Changes an automation; it acts on behalf of whoever wrote its definition. ${writers}`,
  })
  updateAutomation(@Arg('input', () => UpdateAutomationInput) input: UpdateAutomationInput, @Ctx() ctx: Context) {
    return updateAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Has an automation run from now on; what happened before, also while it was stopped, sets nothing off. ${writers}`,
  })
  startAutomation(@Arg('input', () => ChangeAutomationInput) input: ChangeAutomationInput, @Ctx() ctx: Context) {
    return startAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Stops an automation at once: actions that it has asked for and that are not done yet are refused. ${writers}`,
  })
  stopAutomation(@Arg('input', () => ChangeAutomationInput) input: ChangeAutomationInput, @Ctx() ctx: Context) {
    return stopAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Removes an automation for good, with its versions and runs; answers with what it was. ${writers}`,
  })
  removeAutomation(@Arg('input', () => ChangeAutomationInput) input: ChangeAutomationInput, @Ctx() ctx: Context) {
    return removeAutomation(ctx, input)
  }
}
