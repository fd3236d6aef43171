import { limits, staffEntityId } from '@clientele/contracts'
import { type Context, checkAtOnce, ListSize, type Page, PageArgs } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Team } from '../teams/team.entity.js'
import { teamsOf } from '../teams/team-members.js'
import { RecordAbsenceInput, RemoveAbsenceInput } from './absence.js'
import { learnStaff } from './learn-staff.js'
import {
  changeStaff,
  changeStaffArrangements,
  markStaffLeft,
  markStaffReturned,
  recordAbsence,
  recordStaff,
  removeAbsence,
  setSubstitute,
} from './staff.actions.js'
import { Staff, StaffConnection } from './staff.entity.js'
import {
  ChangeStaffArrangementsInput,
  ChangeStaffInput,
  MarkStaffLeftInput,
  MarkStaffReturnedInput,
  RecordStaffInput,
  SetSubstituteInput,
} from './staff.input.js'
import { listStaff, StaffFilter, StaffOrder } from './staff-list.js'
import { unknownStaff } from './staff-look-up.js'

const mostIds = 1_000
const forOwn =
  'For admin, for manager of the people of their territories, and of oneself for sales, service, analyst and privacy_officer.'

@Resolver(() => Staff)
export class StaffResolver {
  @Query(() => StaffConnection, { description: 'The staff, by name unless another order is given.' })
  staff(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => StaffFilter, { nullable: true, description: 'Which ones; all without.' })
    filter: StaffFilter | null,
    @Arg('orderBy', () => StaffOrder, { nullable: true, description: 'In which order.' }) orderBy: StaffOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Staff>> {
    return listStaff(ctx, page, filter, orderBy)
  }

  @Query(() => Staff, { nullable: true, description: 'One member of staff; NOT_FOUND where there is none.' })
  async staffMember(
    @Arg('id', () => ID, { description: 'Their id, or their subject.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Staff> {
    const staff = (await learnStaff(ctx, [id])).get(staffEntityId(id))
    if (!staff) throw unknownStaff()
    return staff
  }

  @Query(() => [Staff], {
    nullable: 'items',
    description: 'The members of staff of these ids, in the order of the ids; null for an id that nobody has.',
  })
  async staffById(
    @Arg('ids', () => [ID], { description: `At most ${mostIds} ids or subjects.` }) ids: string[],
    @Ctx() ctx: Context,
  ): Promise<(Staff | null)[]> {
    checkAtOnce('ids', ids, mostIds)
    const known = await learnStaff(ctx, ids)
    return ids.map((id) => known.get(staffEntityId(id)) ?? null)
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description: 'Who stands in for them while they are away; null where nobody is named.',
  })
  substitute(@Root() { substituteId }: Staff, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return substituteId ? ctx.loaders.byId(Staff, substituteId) : null
  }

  @ListSize(limits.staffTeams)
  @FieldResolver(() => [Team], { description: 'The teams that they are in, by key; archived ones as well.' })
  teams(@Root() { id }: Staff, @Ctx() ctx: Context): Promise<readonly Team[]> {
    return ctx.loaders.batch('staff.teams', id, teamsOf)
  }

  @ListSize(limits.staffTeams)
  @FieldResolver(() => [String], { description: 'The keys of those teams, in order.' })
  async teamKeys(@Root() { id }: Staff, @Ctx() ctx: Context): Promise<string[]> {
    return (await ctx.loaders.batch('staff.teams', id, teamsOf)).map(({ key }) => key)
  }

  @Mutation(() => Staff, { description: 'Enters a member of staff by hand. For admin.' })
  recordStaff(@Arg('input', () => RecordStaffInput) input: RecordStaffInput, @Ctx() ctx: Context) {
    return recordStaff(ctx, input)
  }

  @Mutation(() => Staff, { description: 'Changes what is known of a member of staff. For admin.' })
  changeStaff(@Arg('input', () => ChangeStaffInput) input: ChangeStaffInput, @Ctx() ctx: Context) {
    return changeStaff(ctx, input)
  }

  @Mutation(() => Staff, { description: `Changes language, time zone and working hours of somebody. ${forOwn}` })
  changeStaffArrangements(
    @Arg('input', () => ChangeStaffArrangementsInput) input: ChangeStaffArrangementsInput,
    @Ctx() ctx: Context,
  ) {
    return changeStaffArrangements(ctx, input)
  }

  @Mutation(() => Staff, { description: `Notes when somebody is away. ${forOwn}` })
  recordAbsence(@Arg('input', () => RecordAbsenceInput) input: RecordAbsenceInput, @Ctx() ctx: Context) {
    return recordAbsence(ctx, input)
  }

  @Mutation(() => Staff, { description: `Takes an absence back. ${forOwn}` })
  removeAbsence(@Arg('input', () => RemoveAbsenceInput) input: RemoveAbsenceInput, @Ctx() ctx: Context) {
    return removeAbsence(ctx, input)
  }

  @Mutation(() => Staff, { description: `Names who stands in for somebody while they are away. ${forOwn}` })
  setSubstitute(@Arg('input', () => SetSubstituteInput) input: SetSubstituteInput, @Ctx() ctx: Context) {
    return setSubstitute(ctx, input)
  }

  @Mutation(() => Staff, {
    description: 'Notes that somebody has left; what they did and look after keeps their name. For admin.',
  })
  markStaffLeft(@Arg('input', () => MarkStaffLeftInput) input: MarkStaffLeftInput, @Ctx() ctx: Context) {
    return markStaffLeft(ctx, input)
  }

  @Mutation(() => Staff, { description: 'Notes that somebody who had left works here again. For admin.' })
  markStaffReturned(@Arg('input', () => MarkStaffReturnedInput) input: MarkStaffReturnedInput, @Ctx() ctx: Context) {
    return markStaffReturned(ctx, input)
  }
}
