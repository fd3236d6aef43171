import type { Context, Page } from '@clientele/kit'
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { Staff } from '../staff/staff.ref.js'
import { staffNamed } from '../staff/staff-named.js'
import { AgendaArgs, AgendaConnection, AgendaEntry } from './agenda.entity.js'
import { agendaOf, itemOf } from './agenda.js'
import { AgendaItem } from './agenda-item.js'

@Resolver(() => AgendaEntry)
export class AgendaResolver {
  @Query(() => AgendaConnection, {
    description:
      'What you have to do, the earliest first, so that what is late leads: open tasks of yours and of your teams, visits that you make, complaints that you handle, those of your teams that nobody in particular does, and those of customers whom you look after; also tasks, visits and complaints of those whom you stand in for at this moment.',
  })
  myAgenda(@Args(() => AgendaArgs) args: AgendaArgs, @Ctx() ctx: Context): Promise<Page<AgendaEntry>> {
    return agendaOf(ctx, args)
  }

  @FieldResolver(() => AgendaItem, {
    nullable: true,
    description: 'The task, visit or complaint itself; null where you do not see it.',
  })
  item(@Root() entry: AgendaEntry, @Ctx() ctx: Context): Promise<AgendaItem | null> {
    return itemOf(ctx, entry)
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description: 'Whoever you stand in for at this moment; null where it is your own.',
  })
  standsInFor(@Root() { standsInForId }: AgendaEntry, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, standsInForId)
  }
}
