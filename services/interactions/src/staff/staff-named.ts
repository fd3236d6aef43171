import type { Context } from '@clientele/kit'
import { staff, teams } from './staff.actions.js'
import type { Staff, Team } from './staff.ref.js'

/** Who is named by this subject, as their key; null where nobody is (of what was created just now: undefined), or it names nobody. One statement for all of a request. */
export const staffNamed = (ctx: Context, subject: string | null | undefined): Promise<Staff | null> | null =>
  subject == null
    ? null
    : ctx.loaders.batch('staff.bySubject', subject, async (em, subjects) => {
        const known = new Map((await staff.known({ em }, subjects, 'sub')).map(({ sub, id }) => [sub, { id }]))
        return subjects.map((one) => known.get(one) ?? null)
      })

/** The same of a team by its key. */
export const teamNamed = (ctx: Context, key: string | null | undefined): Promise<Team | null> | null =>
  key == null
    ? null
    : ctx.loaders.batch('team.byKey', key, async (em, keys) => {
        const known = new Map((await teams.known({ em }, keys, 'key')).map(({ key, id }) => [key, { id }]))
        return keys.map((one) => known.get(one) ?? null)
      })
