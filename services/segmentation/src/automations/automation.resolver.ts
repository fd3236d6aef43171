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
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
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
import { mostAtOnce, RequestedAutomationAction, requestedActionsOf } from './requested-action.js'
import { mostVersions, versionsOf } from './versions.js'

const writers = 'For admin and manager.'
/** The rule of `requireScopeOfAuthor`. */
const withinScope =
  'For admin, and for manager its author and whoever has all customers in their access scope that its author has; else FORBIDDEN `automation.author_beyond`.'

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

  @Query(() => [RequestedAutomationAction], {
    nullable: 'items',
    description:
      'What actions of automations are to do, in the order of the ids; null for an id that no action has. For profiles_account and interactions_account.',
  })
  requestedAutomationActions(
    @Arg('ids', () => [ID], {
      description: `Actions, as the events that ask for them name them; at most ${mostAtOnce}.`,
    })
    ids: string[],
    @Ctx() ctx: Context,
  ): Promise<(RequestedAutomationAction | null)[]> {
    return requestedActionsOf(ctx, ids)
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
    description: `Changes an automation; it acts on behalf of whoever wrote its definition. ${withinScope}`,
  })
  updateAutomation(@Arg('input', () => UpdateAutomationInput) input: UpdateAutomationInput, @Ctx() ctx: Context) {
    return updateAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Has an automation run from now on; what happened before, also while it was stopped, sets nothing off. ${withinScope}`,
  })
  startAutomation(@Arg('input', () => ChangeAutomationInput) input: ChangeAutomationInput, @Ctx() ctx: Context) {
    return startAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Stops an automation at once: actions that it has asked for and that are not done yet are refused. ${withinScope}`,
  })
  stopAutomation(@Arg('input', () => ChangeAutomationInput) input: ChangeAutomationInput, @Ctx() ctx: Context) {
    return stopAutomation(ctx, input)
  }

  @Mutation(() => Automation, {
    description: `Removes an automation for good, with its versions and runs; answers with what it was. ${withinScope}`,
  })
  removeAutomation(@Arg('input', () => ChangeAutomationInput) input: ChangeAutomationInput, @Ctx() ctx: Context) {
    return removeAutomation(ctx, input)
  }
}
