import { limits } from '@clientele/contracts'
import { type Context, ListSize } from '@clientele/kit'
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { settingsOf } from '../settings/tenant-settings.actions.js'
import { archiveCalendar, saveCalendar, setHolidays } from './calendar.actions.js'
import { BusinessCalendar } from './calendar.entity.js'
import { ArchiveCalendarInput, SaveCalendarInput, SetHolidaysInput } from './calendar.input.js'

@Resolver(() => BusinessCalendar)
export class CalendarResolver {
  @ListSize(limits.tenantCalendars)
  @Query(() => [BusinessCalendar], {
    description: `Calendars of working time, by key; at most ${limits.tenantCalendars.most}. For all staff.`,
  })
  async calendars(
    @Arg('includeArchived', () => Boolean, { defaultValue: false, description: 'Those that are out of use, too.' })
    includeArchived: boolean,
    @Ctx() ctx: Context,
  ): Promise<BusinessCalendar[]> {
    // A tenant has at least the calendar that its settings begin with.
    await settingsOf(ctx)
    const where = includeArchived ? {} : { status: 'ACTIVE' as const }
    return ctx.em.find(BusinessCalendar, where, { orderBy: { key: 'asc' }, limit: limits.tenantCalendars.most })
  }

  @Mutation(() => BusinessCalendar, {
    description: 'Makes a calendar, or changes the one of this key and takes it back into use. For admin.',
  })
  saveCalendar(@Arg('input', () => SaveCalendarInput) input: SaveCalendarInput, @Ctx() ctx: Context) {
    return saveCalendar(ctx, input)
  }

  @Mutation(() => BusinessCalendar, { description: 'Sets the holidays of a calendar for a whole year. For admin.' })
  setHolidays(@Arg('input', () => SetHolidaysInput) input: SetHolidaysInput, @Ctx() ctx: Context) {
    return setHolidays(ctx, input)
  }

  @Mutation(() => BusinessCalendar, { description: 'Takes a calendar out of use; the default one stays. For admin.' })
  archiveCalendar(@Arg('input', () => ArchiveCalendarInput) input: ArchiveCalendarInput, @Ctx() ctx: Context) {
    return archiveCalendar(ctx, input)
  }
}
