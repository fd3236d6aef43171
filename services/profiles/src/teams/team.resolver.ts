import { limits, normalizeLine } from '@clientele/contracts'
import {
  type Context,
  checkAtOnce,
  ListSize,
  type Page,
  PageArgs,
  paginate,
  requireById,
  toWhere,
} from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Staff } from '../directory/staff.entity.js'
import { archiveTeam, changeTeam, createTeam } from './team.actions.js'
import { Team, TeamConnection } from './team.entity.js'
import { ArchiveTeamInput, ChangeTeamInput, CreateTeamInput, TeamFilter } from './team.input.js'
import { teamPolicy } from './team.policy.js'
import { memberIdsOf } from './team-members.js'

const mostKeys = 1_000

@Resolver(() => Team)
export class TeamResolver {
  @Query(() => TeamConnection, { description: 'The teams, by key.' })
  teams(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TeamFilter, { nullable: true, description: 'Which ones; all without, archived ones as well.' })
    filter: TeamFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Team>> {
    return paginate(ctx.em, Team, { ...page, where: toWhere<Team>(filter), orderBy: [['key', 'asc']] })
  }

  @Query(() => Team, { nullable: true, description: 'The team of this id; NOT_FOUND where there is none.' })
  async team(@Arg('id', () => ID, { description: 'The team.' }) id: string, @Ctx() ctx: Context): Promise<Team> {
    return requireById(ctx, Team, id, teamPolicy.read)
  }

  @Query(() => [Team], {
    nullable: 'items',
    description: 'The teams of these keys, in the order of the keys; null for a key that no team has.',
  })
  teamsByKey(
    @Arg('keys', () => [String], { description: `At most ${mostKeys} keys.` }) keys: string[],
    @Ctx() ctx: Context,
  ): Promise<(Team | null)[]> {
    checkAtOnce('keys', keys, mostKeys)
    return Promise.all(keys.map((key) => ctx.loaders.batch('team.byKey', normalizeLine(key), teamsOfKeys)))
  }

  @FieldResolver(() => Staff, { nullable: true, description: 'Who leads the team; null where nobody does.' })
  lead(@Root() { leadId }: Team, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return leadId ? ctx.loaders.byId(Staff, leadId) : null
  }

  @ListSize(limits.teamMembers)
  @FieldResolver(() => [Staff], { description: 'Who is in the team, those who have left as well.' })
  async members(@Root() { id }: Team, @Ctx() ctx: Context): Promise<Staff[]> {
    const ids = await ctx.loaders.batch('team.members', id, memberIdsOf)
    const members = await Promise.all(ids.map((one) => ctx.loaders.byId(Staff, one)))
    return members.filter((one) => one !== null)
  }

  @Mutation(() => Team, { description: 'Sets up a team. For admin.' })
  createTeam(@Arg('input', () => CreateTeamInput) input: CreateTeamInput, @Ctx() ctx: Context) {
    return createTeam(ctx, input)
  }

  @Mutation(() => Team, { description: 'Changes members, lead or details of a team. For admin.' })
  changeTeam(@Arg('input', () => ChangeTeamInput) input: ChangeTeamInput, @Ctx() ctx: Context) {
    return changeTeam(ctx, input)
  }

  @Mutation(() => Team, { description: 'Takes a team out of use; nothing is deleted. For admin.' })
  archiveTeam(@Arg('input', () => ArchiveTeamInput) input: ArchiveTeamInput, @Ctx() ctx: Context) {
    return archiveTeam(ctx, input)
  }
}

const teamsOfKeys = async (em: Context['em'], keys: readonly string[]): Promise<(Team | null)[]> => {
  const found = new Map((await em.find(Team, { key: { $in: [...keys] } })).map((team) => [team.key, team]))
  return keys.map((key) => found.get(key) ?? null)
}
