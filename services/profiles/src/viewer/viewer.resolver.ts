import { limits, staffEntityId } from '@clientele/contracts'
import { type Context, ListSize } from '@clientele/kit'
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { learnStaff } from '../directory/learn-staff.js'
import { Staff } from '../directory/staff.entity.js'
import { Team } from '../teams/team.entity.js'
import { teamsOf } from '../teams/team-members.js'
import { most, Permission, TypeVisibility, Viewer } from './viewer.js'
import { permissionsOf, visibilityOf } from './viewer-permissions.js'

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who you are here, and what you may do.' })
  viewer(@Ctx() { actor }: Context): Viewer {
    const { subject, roles, tenant, territories } = actor
    return { subject, tenant, roles: [...roles], territories: territories.map((path) => path || '*') }
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description: 'The member of staff; null for a program, and for whom the directory does not know.',
  })
  async staff(@Root() { subject }: Viewer, @Ctx() ctx: Context): Promise<Staff | null> {
    if (ctx.actor.kind !== 'person') return null
    return (await learnStaff(ctx, [subject])).get(staffEntityId(subject)) ?? null
  }

  @ListSize(limits.staffTeams)
  @FieldResolver(() => [Team], { description: 'The teams that they are in, by key.' })
  async teams(@Root() { subject }: Viewer, @Ctx() ctx: Context): Promise<readonly Team[]> {
    return ctx.actor.kind === 'person' ? ctx.loaders.batch('staff.teams', staffEntityId(subject), teamsOf) : []
  }

  @ListSize(most.permissions)
  @FieldResolver(() => [Permission], {
    description: 'All that they may do, by operation. What is not listed is FORBIDDEN.',
  })
  permissions(@Ctx() { actor }: Context): Promise<readonly Permission[]> {
    return permissionsOf(actor)
  }

  @ListSize(most.types)
  @FieldResolver(() => [TypeVisibility], { description: 'What they do not see, by type.' })
  fields(@Ctx() { actor }: Context): Promise<readonly TypeVisibility[]> {
    return visibilityOf(actor)
  }
}
